import GuaranteeClients
import Testing

@testable import HTTPTransport

@Suite struct `The environment says what goes by a proxy` {
    private func proxy(for address: String, _ environment: [String: String]) throws -> ProxyAddress? {
        try ProxyRules(environment).proxy(for: BaseURL(address))
    }

    private let api = "https://api.service.hmrc.gov.uk"

    @Test(arguments: [
        ("http://proxy.example:3128", "proxy.example", 3128), ("proxy.example:3128", "proxy.example", 3128),
        ("http://proxy.example/", "proxy.example", 80), ("HTTP://10.0.0.1:8080", "10.0.0.1", 8080),
        ("http://[2001:db8::1]:3128", "2001:db8::1", 3128),
    ])
    func `an address is read`(text: String, host: String, port: Int) throws {
        for name in ["https_proxy", "HTTPS_PROXY"] {
            let proxy = try #require(try proxy(for: api, [name: text]))
            #expect(proxy.host == host)
            #expect(proxy.port == port)
            #expect(proxy.authorization == nil)
        }
    }

    @Test func `a user and a password are never shown`() throws {
        let proxy = try #require(try proxy(for: api, ["HTTPS_PROXY": "http://me:s3cr%40t@proxy.example:3128"]))
        var dumped = ""
        dump(proxy, to: &dumped)
        dump(TransportOptions(environment: ["HTTPS_PROXY": "http://me:s3cr%40t@p"]), to: &dumped)
        for text in ["\(proxy)", String(reflecting: proxy), dumped] {
            #expect(!text.contains("s3cr"))
            #expect(!text.contains("bWU6"))
        }
    }

    @Test(arguments: [
        "https://me:s3cret@proxy.example", "socks5://me:s3cret@p:1080", "http://me:s3cret@", "http://me:s3cret@p/path",
        "http://me:s3cret@p:port", "http://me:s3cret@p?x", "me:s3cret@p p", "http://me:s3cret@p:3128#x",
    ])
    func `any other address is refused, and not repeated`(text: String) throws {
        let error = try #require(throws: TransportSetupError.self) {
            try HTTPTransport(TransportOptions(environment: ["HTTPS_PROXY": text]))
        }
        #expect(error.code == .proxy)
        #expect(error.message.contains("HTTPS_PROXY"))
        #expect(!error.message.contains("s3"))
    }

    @Test func `an empty address is none, and the lower-case variable comes first`() throws {
        #expect(try proxy(for: api, [:]) == nil)
        #expect(try proxy(for: api, ["HTTPS_PROXY": ""]) == nil)
        #expect(try proxy(for: api, ["HTTPS_PROXY": "http://up:1", "https_proxy": "http://low:1"])?.host == "low")
        #expect(try proxy(for: api, ["HTTPS_PROXY": "http://up:1", "https_proxy": ""]) == nil)
        #expect(try proxy(for: api, ["HTTP_PROXY": "http://up:1", "ALL_PROXY": "http://up:1"]) == nil)
    }

    @Test(arguments: [
        "https://localhost", "https://127.0.0.1:8443", "https://127.9.9.9", "https://[::1]:8443", "http://localhost",
    ])
    func `this machine is never asked by a proxy`(address: String) throws {
        #expect(try proxy(for: address, ["HTTPS_PROXY": "http://p:1", "http_proxy": "http://p:1"]) == nil)
    }

    @Test(arguments: [
        "*", "hmrc.gov.uk", ".hmrc.gov.uk", "api.service.hmrc.gov.uk", "API.Service.HMRC.gov.uk",
        "a.example,hmrc.gov.uk",
        "a.example , .gov.uk ,b.example", "a.example hmrc.gov.uk", "api.service.hmrc.gov.uk:443", "*:443",
    ])
    func `an exception is asked directly`(exceptions: String) throws {
        for name in ["no_proxy", "NO_PROXY"] {
            #expect(try proxy(for: api, ["HTTPS_PROXY": "http://p:1", name: exceptions]) == nil)
        }
    }

    @Test(arguments: [
        "", ",", "rc.gov.uk", "test-api.service.hmrc.gov.uk", "x.api.service.hmrc.gov.uk",
        "api.service.hmrc.gov.uk:8443", "*.example", "10.0.0.0/8", "api.service.hmrc.gov.u", ":443",
    ])
    func `nothing else is`(exceptions: String) throws {
        #expect(try proxy(for: api, ["HTTPS_PROXY": "http://p:1", "NO_PROXY": exceptions]) != nil)
    }

    @Test(arguments: ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:8443"])
    func `an exception may be an IPv6 address`(exceptions: String) throws {
        let environment = ["HTTPS_PROXY": "http://p:1", "NO_PROXY": exceptions]
        #expect(try proxy(for: "https://[2001:db8::1]:8443", environment) == nil)
        #expect(try proxy(for: "https://[2001:db8::2]:8443", environment) != nil)
    }
}
