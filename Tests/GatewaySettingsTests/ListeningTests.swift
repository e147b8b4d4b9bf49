import Testing

@testable import Gateway

@Suite struct `Listening` {
    private let pair = ["tls.certificate": #filePath, "tls.key": #filePath]

    private func problems(_ flags: [String: String]) -> [String] {
        GatewaySettingsTests.problems(upstream.merging(flags) { $1 })
    }

    @Test func `beyond this machine takes TLS, or consent`() {
        let far = ["listen": "0.0.0.0:443"]
        #expect(
            problems(far) == [
                "listen (flag --listen): 0.0.0.0 is not this machine alone, and without TLS tokens can be read on the "
                    + "way: give tls.certificate and tls.key, or insecure-listen"
            ])
        #expect(problems(far.merging(pair) { $1 }).isEmpty)
        #expect(problems(far.merging(["insecure-listen": "true"]) { $1 }).isEmpty)
        #expect(problems(["listen": "localhost:443"]).isEmpty)
    }

    @Test func `for operators never has TLS`() {
        let far = ["admin.listen": "[::]:9081"]
        let problem =
            "admin.listen (flag --admin-listen): :: is not this machine alone, and this address never has TLS: "
            + "give insecure-listen, or off"
        #expect(problems(far) == [problem])
        #expect(problems(far.merging(pair) { $1 }) == [problem])
        #expect(problems(far.merging(["insecure-listen": "true"]) { $1 }).isEmpty)
    }

    @Test func `takes two addresses`() {
        #expect(
            problems(["listen": "127.0.0.1:9081"])
                == ["admin.listen: 127.0.0.1:9081 is where clients are served: operators need another port"])
        #expect(problems(["listen": "127.0.0.1:0", "admin.listen": "127.0.0.1:0"]).isEmpty)
        #expect(problems(["listen": "127.0.0.1:9081", "admin.listen": "off"]).isEmpty)
    }

    @Test func `with TLS takes both files`() throws {
        #expect(try load(pair).tls == GatewaySettings.TLSFiles(certificate: #filePath, key: #filePath))
        #expect(
            problems(["tls.certificate": #filePath])
                == ["tls.key: tls.certificate (flag --tls-certificate) needs it"])
        #expect(
            problems(["tls.key": #filePath]) == ["tls.certificate: tls.key (flag --tls-key) needs it"])
    }

    @Test func `with TLS whose files are not there is one problem for each, not three`() {
        #expect(problems(["listen": "0.0.0.0:1", "tls.certificate": "/none/a", "tls.key": "/none/b"]).count == 2)
    }
}
