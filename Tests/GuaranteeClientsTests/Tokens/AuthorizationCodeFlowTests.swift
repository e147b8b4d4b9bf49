import Foundation
import Testing

@testable import GuaranteeClients

@Suite struct `Logging in with a browser` {
    /// Counts up: `0000000000000001`, `0000000000000002` …
    struct Counter: RandomNumberGenerator {
        var count: UInt64 = 0
        mutating func next() -> UInt64 {
            count += 1
            return count
        }
    }

    static let state = "00000000000000010000000000000002"
    let flow: AuthorizationCodeFlow

    init() throws {
        var counter = Counter()
        flow = AuthorizationCodeFlow(
            base: try BaseURL("http://127.0.0.1:8080"), clientID: "a b&c", redirectURI: "http://localhost:9000/cb?x=1",
            using: &counter)
    }

    @Test func `starts at an address`() {
        #expect(
            flow.address == "http://127.0.0.1:8080/oauth/authorize?response_type=code&client_id=a%20b%26c"
                + "&scope=common-transit-convention-guarantee-balance"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A9000%2Fcb%3Fx%3D1&state=\(Self.state)")
        #expect(flow.redirectURI == "http://localhost:9000/cb?x=1")
    }

    @Test(arguments: [
        ("https://api.service.hmrc.gov.uk", "https://www.tax.service.gov.uk/oauth/authorize?"),
        ("https://test-api.service.hmrc.gov.uk", "https://test-www.tax.service.gov.uk/oauth/authorize?"),
        ("https://ncts.example.org:8443", "https://ncts.example.org:8443/oauth/authorize?"),
    ])
    func `starts on the host that has the page`(base: String, address: String) throws {
        var generator = SystemRandomNumberGenerator()
        let flow = AuthorizationCodeFlow(
            base: try BaseURL(base), clientID: "c", redirectURI: "http://localhost/", using: &generator)
        #expect(flow.address.hasPrefix(address))
    }

    @Test func `has a state of its own each time`() throws {
        var generator = SystemRandomNumberGenerator()
        let addresses = try (0..<100).map { _ in
            AuthorizationCodeFlow(
                base: try TokenValues.base, clientID: "c", redirectURI: "r", using: &generator
            ).address
        }
        #expect(Set(addresses).count == 100)
        #expect(Set(addresses.map(\.count)).count == 1)
    }

    @Test(arguments: [
        "/cb?code=a%2Bb%20c&state=\(state)", "/cb?state=\(state)&code=a%2bb+c&more=1",
        "/?code=a%2Bb%20c&state=\(state)#x",
    ])
    func `ends with the redirect's code`(path: String) throws {
        #expect(try flow.code(inRedirect: path).text == "a+b c")
        #expect(try flow.code(inPasted: " http://localhost:9000\(path)\n").text == "a+b c")
    }

    @Test(arguments: [
        ("abc-123=", "abc-123="), ("\tabc\r\n", "abc"), ("code=abc&state=\(state)", "abc"),
        ("state=\(state)&code=abc", "abc"),
    ])
    func `ends with the code that was pasted`(text: String, code: String) throws {
        #expect(try flow.code(inPasted: text).text == code)
    }

    @Test(arguments: [
        ("/cb?code=hidden", TokenError.Code.missing), ("/cb?code=hidden&state=", .missing),
        ("/cb?code=hidden&state=00000000000000010000000000000003", .missing),
        ("/cb?code=hidden&code=hidden&state=\(state)", .missing),
        ("/cb?code=hidden&state=\(state)&state=x", .missing), ("/cb?error=access_denied&state=x", .missing),
        ("/cb?error=access_denied", .missing),
        ("/cb?code=&state=\(state)", .missing), ("/cb?state=\(state)", .missing), ("/favicon.ico", .missing),
        ("/", .missing), ("", .missing), ("/cb?code=%zz&state=\(state)", .missing),
        ("/cb?code=%ff&state=\(state)", .missing),
    ])
    func `refuses other redirects`(path: String, code: TokenError.Code) throws {
        let error = try #require(throws: TokenError.self) { try flow.code(inRedirect: path) }
        #expect(error.code == code)
        #expect(!error.message.contains("hidden"))
        #expect(!error.message.contains("access_denied"))
    }

    @Test func `says that consent was denied`() throws {
        let path = "/cb?error=access_denied&error_description=user+denied%0A+it&state=\(Self.state)"
        let error = try #require(throws: TokenError.self) { try flow.code(inRedirect: path) }
        #expect(error.code == .refused)
        #expect(error.message.contains("access_denied, user denied it"))
    }

    @Test(arguments: ["", " \n", "http://localhost:9000/cb", "two words", "hid\u{1}den"])
    func `finds no code in what was pasted`(text: String) throws {
        let error = try #require(throws: TokenError.self) { try flow.code(inPasted: text) }
        #expect(error.code == .missing)
    }
}
