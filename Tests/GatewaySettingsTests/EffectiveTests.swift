import Gateway
import Testing

@Suite struct `The effective values` {
    @Test func `are told for every setting, in the table's order, with their source`() throws {
        let settings = try load(["limits.body": "2048"], environment: ["NCTSBRIDGE_GATEWAY_LOG_LEVEL": "debug"])
        #expect(settings.effective.map(\.key) == GatewaySettings.fields.map(\.key))
        #expect(settings.effective("limits.body") == "2048 (flag --limits-body)")
        #expect(settings.effective("log-level") == "debug (variable NCTSBRIDGE_GATEWAY_LOG_LEVEL)")
        #expect(settings.effective("token.env") == "the client's (default)")
    }

    @Test func `are printed in columns`() throws {
        let long = "/" + String(repeating: "x", count: 60)
        let lines = try load(["store": long, "timeout": "0.50"]).effectiveText.split(separator: "\n")
        #expect(lines.count == GatewaySettings.fields.count)
        #expect(lines.first == "listen                  127.0.0.1:9080         (default)")
        #expect(lines.contains("timeout                 0.5                    (flag --timeout)"))
        #expect(lines.contains("upstream                http://127.0.0.1:9000  (flag --upstream)"))
        #expect(lines.contains("store                   \(long)  (flag --store)"))
    }

    @Test func `are one line each, whatever they hold`() throws {
        let text = try load(["store": "a\nlisten  0.0.0.0:1\u{1B}[2J"]).effectiveText
        #expect(text.split(separator: "\n").count == GatewaySettings.fields.count)
        #expect(!text.contains("\u{1B}"))
    }
}

@Suite struct `All problems` {
    @Test func `are told at once, each with its place`() throws {
        try withFile("gateway.yaml", "limits:\n  bdy: 5\n  headers: few\nstore:\n") { path throws in
            let error = try #require(throws: SettingsProblems.self) {
                try GatewaySettings.load(
                    flags: ["listen": "x", "tls.key": "/none/key"],
                    environment: ["NCTSBRIDGE_GATEWAY_KEEP_FOR": "5", "NCTSBRIDGE_GATEWAY_KEEPFOR": "5"], file: path)
            }
            #expect(
                "\(error)" == """
                    the gateway's settings have 9 problems:
                      limits.bdy (\(path), line 2): is no setting; did you mean limits.body?
                      listen (flag --listen): x is no address and port like 127.0.0.1:9080 or [::1]:9080
                      tls.key (flag --tls-key): there is no file /none/key
                      tls.certificate: tls.key (flag --tls-key) needs it
                      keep-for (variable NCTSBRIDGE_GATEWAY_KEEP_FOR): 5 is not from 60 to 86400
                      store (\(path), line 4): has no value: give it one, or leave it out
                      limits.headers (\(path), line 3): few is no whole number in plain digits
                      upstream: is not told: where is v2.0? For a mirror give primary and shadow
                      variable NCTSBRIDGE_GATEWAY_KEEPFOR: is no setting; did you mean NCTSBRIDGE_GATEWAY_KEEP_FOR?
                    """)
        }
    }

    @Test func `are one line where there is one`() throws {
        let error = try #require(throws: SettingsProblems.self) { try GatewaySettings.load() }
        #expect("\(error)" == "upstream: is not told: where is v2.0? For a mirror give primary and shadow")
        #expect(error.problems.map(\.key) == ["upstream"])
    }

    @Test func `are one line each, whatever was given`() {
        #expect(
            problems(["upstream": "http://x\u{1B}[2J\n"]).allSatisfy { !$0.contains("\n") && !$0.contains("\u{1B}") })
    }
}
