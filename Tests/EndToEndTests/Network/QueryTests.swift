import Foundation
import Testing

@Suite("nctsbridge query")
struct QueryTests {
    private static let environment = ["CODE": "Q7X9", "NCTSBRIDGE_TOKEN": "tok-e-n"]
    private static let scenario = """
        platform: {callsPerSecond: 0}
        guarantees:
          - {grn: 24GB0000020000113, holder: GB111111111111, accessCode: Q7X9, balance: 12345678.90}
          - {grn: 24GB0000020000227, holder: GB111111111111, accessCode: Q7X9, balance: 5, v1: {after: 16}}
          - {grn: 24GB0000020000330, accessCode: Q7X9, balance: 5, v2: {condition: unavailable}}
          - {grn: 24GB0000020000444, accessCode: Q7X9, balance: 5, v2: {status: 200, body: "<html>"}}
        v1: {wait: 0.2}
        time: {scale: 10}

        """

    private func query(
        _ url: String, _ api: String, _ grn: String, _ more: [String] = [], environment: [String: String] = environment
    ) throws -> Bridge.Result {
        let arguments = ["query", "--api", api, "--url", url, "--grn", grn, "--access-code-env", "CODE"] + more
        let result = try Bridge.run(arguments, environment: environment)
        for secret in ["Q7X9", "tok-e-n"] {
            #expect(!result.outputText.contains(secret) && !result.errorText.contains(secret), "\(result)")
        }
        return result
    }

    @Test("shows a balance, a refusal, and what is no answer, each with its exit code")
    func answers() throws {
        let (simulator, url) = try RunningBridge.simulator(Self.scenario)
        let balance = try query(url, "v2", "24GB0000020000113", ["--verbose"])
        #expect(balance.exitCode == 0)
        #expect(balance.outputText.contains("balance    12345678.9 GBP\n"))
        #expect(balance.errorText.contains("outcome=200"))
        let refusal = try query(url, "v2", "24GB0000020000999")
        #expect(refusal.exitCode == 1)
        #expect(refusal.outputText.contains("refused    not-found\n"))
        let throttled = try query(url, "v1", "24GB0000020000113", ["--tin", "GB111111111111"])
        #expect(throttled.exitCode == 2)
        #expect(throttled.outputText.contains("throttled  not by calls of this program\n"))
        #expect(try query(url, "v2", "24GB0000020000330").exitCode == 75)
        let foreign = try query(url, "v2", "24GB0000020000444")
        #expect(foreign.exitCode == 2)
        #expect(foreign.outputText.contains("nothing that its contract knows"))
        _ = try simulator.end()
        #expect(
            try query(
                "http://127.0.0.1:1", "v2", "24GB0000020000113",
                environment: [
                    "CODE": "Q7X9", "NCTSBRIDGE_TOKEN": "bad token",
                ]
            ).exitCode == 2)
    }

    @Test("hides what a server sends back of the token and the access code, and what a terminal would obey")
    func echo() throws {
        let (simulator, url) = try RunningBridge.simulator(
            """
            lock: {seconds: 0}
            guarantees:
              - grn: 24GB0000020000555
                accessCode: Q7X9
                balance: 5
                v2: {status: 401, body: '{"code":"INVALID_CREDENTIALS","message":"Bearer tok-e-n with Q7X9 \\u001b[31m is no good"}'}
            """)
        for more in [[], ["--json"], ["--verbose"]] {
            let echo = try query(url, "v2", "24GB0000020000555", more)
            #expect(echo.exitCode == 2)
            #expect(echo.outputText.contains("****") && !echo.outputText.contains("\u{1B}"))
        }
        _ = try simulator.end()
    }

    @Test("waits for v1.0's pending answers, and writes JSON")
    func pending() throws {
        let (simulator, url) = try RunningBridge.simulator(Self.scenario)
        let result = try query(url, "v1", "24GB0000020000227", ["--tin", "GB111111111111", "--json"])
        #expect(result.exitCode == 0)
        let json = try JSONTree(result.output)
        #expect(json["result"]?.text == "answer")
        #expect(json["balance"]?.text == "5")
        #expect(json["exchanges"]?.items.map { $0["status"]?.count } == [202, 200])
        let impatient = try query(
            url, "v1", "24GB0000020000227", ["--tin", "GB111111111111", "--json", "--patience", "0"],
            environment: ["CODE": "Q7X9", "NCTSBRIDGE_TOKEN": "tok-e-n-2"])
        #expect(impatient.exitCode == 2)
        #expect(try JSONTree(impatient.output)["result"]?.text == "gave-up")
        _ = try simulator.end()
    }

    @Test("asks for the access code at the terminal, and does not show it")
    func prompt() throws {
        let (simulator, url) = try RunningBridge.simulator(Self.scenario)
        let arguments = ["query", "--api", "v2", "--url", url, "--grn", "24GB0000020000113"]
        let asking = try RunningBridge.atTerminal(arguments, environment: Self.environment)
        _ = try asking.wait(for: "Access code: ")
        try asking.type("Q7X9\n")
        _ = try asking.wait(for: "balance +12345678.9 GBP")
        #expect(try asking.exitCode() == 0)
        #expect(!asking.outputText.contains("Q7X9"))
        let without = try RunningBridge(arguments, environment: Self.environment, launcher: ["/usr/bin/setsid", "-w"])
        #expect(try without.exitCode() == 64)
        #expect(without.errorText.contains("--access-code-file"))
        _ = try simulator.end()
    }

    @Test("takes the access code from a file that others can't read")
    func accessCodeFile() throws {
        let (simulator, url) = try RunningBridge.simulator(Self.scenario)
        let scratch = try Scratch()
        let path = try scratch.write("code", "Q7X9\r\n")
        let arguments = [
            "query", "--api", "v2", "--url", url, "--grn", "24GB0000020000113", "--access-code-file", path,
        ]
        let exposed = try Bridge.run(arguments, environment: Self.environment)
        #expect(exposed.exitCode == 64)
        #expect(exposed.errorText.contains("chmod 600"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(try Bridge.run(arguments, environment: Self.environment).exitCode == 0)
        _ = try simulator.end()
    }

    @Test(
        "is used wrongly",
        arguments: [
            ["--api", "v1", "--url", "https://localhost", "--grn", "A"],
            ["--api", "v3", "--url", "https://localhost", "--grn", "A"],
            ["--api", "v2", "--url", "http://example.com", "--grn", "A"],
            ["--api", "v2", "--url", "https://localhost/path", "--grn", "A"],
            ["--api", "v2", "--url", "https://localhost", "--grn", "A", "--timeout", "0"],
            ["--api", "v2", "--url", "https://localhost", "--grn", "A", "--access-code-env", "NO_SUCH_VARIABLE"],
            [
                "--api", "v2", "--url", "https://localhost", "--grn", "A", "--ca-file", "/nowhere", "--access-code-env",
                "CODE",
            ],
        ])
    func wrongUsage(_ arguments: [String]) throws {
        let result = try Bridge.run(["query"] + arguments, environment: Self.environment)
        #expect(result.exitCode == 64, "\(result)")
        #expect(result.output.isEmpty)
    }

    @Test("says which variable lacks a token, and that a service is not to be had")
    func unavailable() throws {
        let arguments = [
            "query", "--api", "v2", "--url", "http://127.0.0.1:1", "--grn", "A", "--access-code-env", "CODE",
        ]
        let tokenless = try Bridge.run(arguments + ["--token-env", "NO_SUCH_TOKEN"], environment: Self.environment)
        #expect(tokenless.exitCode == 2)
        #expect(tokenless.errorText.contains("NO_SUCH_TOKEN is not set"))
        let asking = try RunningBridge(arguments + ["--verbose"], environment: Self.environment)
        _ = try asking.wait(for: "calling again")
        #expect(try asking.end(SIGINT) == 2)
        #expect(asking.outputText.contains("The call was cancelled."))
    }
}
