import Foundation
import TestSupport
import Testing

@Suite("nctsbridge compare, both APIs asked", .serialized)
struct CompareLiveTests {
    private static let faults = """
        faults:
          - {api: v1, method: GET, calls: [2, 5, 9], condition: server-error}
          - {api: v1, method: GET, calls: [3, 11], drop: true}
          - {api: v2, calls: [20], delay: 5}
        """

    @Test("finds exactly what was planted, each in its class, and breaks no lock")
    func planted() throws {
        let planted = PlantedRun(300)
        let fixture = try CompareFixture(planted, scale: 200, more: Self.faults)
        let result = try fixture.run()
        #expect(result.exitCode == 1, "\(result)")
        let report = try fixture.report()
        #expect(report.classCounts == planted.classes)
        let pairs = report.pairsByLabel
        #expect(pairs.count == planted.pairs.count)
        for pair in planted.pairs {
            let found = pairs[pair.label]
            #expect(found?["class"]?.text == pair.pairClass, "\(pair.label): \(String(describing: found))")
            #expect(found?["rule"]?.text == pair.rule, "\(pair.label)")
            #expect(found?["grn"]?.text == pair.grn)
        }
        #expect(report["verdict"]?.text == "not-ready")
        #expect(try fixture.brokenLocks() == 0)
        // Both sides of a difference stand beside each other.
        let moved = try #require(planted.pairs.first { $0.label.hasPrefix("moved") })
        let balances = ["v1", "v2", "v1Again"].map { pairs[moved.label]?[$0]?["amount"]?.text }
        #expect(balances == ["70", "60", "60"])
        #expect(pairs[moved.label]?["v2"]?["status"]?.count == 200)
    }

    @Test("keeps no secret, and no tax identifier unless told to", arguments: [false, true])
    func secrets(keepsIdentifiers: Bool) throws {
        let planted = PlantedRun(
            40, kinds: [.balance, .pending, .wrongCode, .unknownEORI, .otherAmount, .v2Babbles])
        // A server that sends back what it was sent.
        let echo = """
              - {grn: 24GB000000000Z9q7, accessCode: Z9q7, balance: 5, v2: {status: 400, body: '{"code":"BAD_REQUEST",\
            "message":"Access code Z9q7 must be four alphanumeric characters. tok-secret-0451 GB111111111111"}'}}
            """
        let fixture = try CompareFixture(planted, scale: 200, more: echo)
        try fixture.scratch.append("24GB000000000Z9q7,GB111111111111,Z9q7,echo\n", to: "queries.csv")
        let result = try fixture.run(keepsIdentifiers ? ["--keep-identifiers"] : [])
        #expect(result.exitCode == 1, "\(result)")
        for format in ["text", "json", "junit", "markdown", "html"] {
            try Bridge.run([
                "report", fixture.store, "--format", format, "--output", fixture.scratch.path("r.\(format)"),
            ])
        }
        try fixture.scratch.write("printed", result.output + result.errors)
        let log = try fixture.simulator.end()
        #expect(log == 0)
        #expect(try fixture.files(holding: "tok-secret-0451").isEmpty)
        #expect(try fixture.files(holding: "X0x0").isEmpty)
        // The GRN that looks like the code is no secret; everything else that does is.
        for name in try fixture.files(holding: PlantedRun.accessCode) {
            let text = String(decoding: try fixture.scratch.data(name), as: UTF8.self)
            #expect(!text.replacing("24GB000000000Z9q7", with: "").contains(PlantedRun.accessCode), "\(name)")
        }
        #expect(try fixture.files(holding: PlantedRun.holder).isEmpty != keepsIdentifiers)
        for name in ["run.evidence", "run.evidence.key"] where fixture.scratch.exists(name) {
            let mode = try FileManager.default.attributesOfItem(atPath: fixture.scratch.path(name))[.posixPermissions]
            #expect(mode as? Int == 0o600, "\(name)")
        }
    }

    @Test("is ready, not ready, or short of evidence, with the exit codes of each")
    func verdicts() throws {
        let planted = PlantedRun(12, kinds: [.balance])
        let fixture = try CompareFixture(planted, scale: 500)
        let result = try fixture.run(["--population", "12"])
        #expect(result.exitCode == 0, "\(result)")
        #expect(try Bridge.run(["report", fixture.store]).exitCode == 0)
        let again = try CompareFixture(planted, scale: 500)
        #expect(try again.run().exitCode == 2)
        #expect(try again.run(["--resume", "--max-rate", "25%"]).exitCode == 0)
        #expect(try again.run(["--resume", "--max-rate", "25%", "--min-per-stratum", "4"]).exitCode == 2)
        #expect(try again.run().exitCode == 64)
    }

    @Test("asks again about what was inconclusive, when told to")
    func retrying() throws {
        let planted = PlantedRun(6, kinds: [.balance])
        let faults = "faults: [{api: v2, from: 0, until: 100, at: platform, condition: unavailable}]"
        let fixture = try CompareFixture(planted, scale: 50, more: faults)
        _ = try fixture.run(["--population", "6"])
        let inconclusive = try fixture.report().classCounts["inconclusive"] ?? 0
        #expect(inconclusive > 0)
        usleep(3_000_000)
        let result = try fixture.run(["--population", "6", "--resume", "--retry-inconclusive"])
        #expect(result.exitCode == 0, "\(result)")
        #expect(try fixture.report().classCounts == ["same": 6])
        #expect(try fixture.brokenLocks() == 0)
    }

    @Test("judges what was said, however much a secret looks like a part of it")
    func lookAlikes() throws {
        let fixture = try CompareFixture(PlantedRun(1, kinds: [.balance]), scale: 200)
        try fixture.scratch.write(
            "queries.csv",
            """
            guaranteeReference,taxIdentifier,accessCode,label
            22GB0000010000313,GB954131533000,AC01,AC01 of GB954131533000
            23GB0000010000854,GBP,AC01,GBP
            23GB0000010000863,G,AC01,short

            """)
        try fixture.scratch.write("scenario.yaml", "time: {scale: 200}\nplatform: {callsPerSecond: 0}\n")
        let simulator = try RunningBridge(
            ["simulate", "--listen", "127.0.0.1:0", "--scenario", fixture.scratch.path("scenario.yaml")])
        let url = try simulator.wait(for: #"http://127\.0\.0\.1:[0-9]+"#)
        let arguments = fixture.arguments(["--population", "3"]).map { $0 == fixture.url ? url : $0 }
        let result = try Bridge.run(arguments, environment: CompareFixture.tokens)
        #expect(result.exitCode == 0, "\(result)")
        let report = try fixture.report()
        #expect(report.classCounts == ["same": 3])
        #expect(report["pairs"]?[0]?["label"]?.text?.contains("AC01") == false)
        #expect(try fixture.files(holding: "GB954131533000").isEmpty)
    }

    @Test("puts a question anew that ended in an error, and does not go on with the old one")
    func retryingPending() throws {
        let rejected = "  - {grn: 24GB0000020000113, accessCode: Z9q7, balance: 5, v1: {after: 40, rejected: true}}"
        let fixture = try CompareFixture(PlantedRun(1, kinds: [.balance]), scale: 200, more: rejected)
        try fixture.scratch.append("24GB0000020000113,GB111111111111,Z9q7,rejected\n", to: "queries.csv")
        func posts() throws -> Int {
            let log = try JSONTree(Shell.run(["curl", "-s", fixture.url + "/simulator/log"]).output)
            return (log["calls"]?.items ?? []).count {
                $0["method"]?.text == "POST" && $0["api"]?.text == "v1" && $0["grn"]?.text == "24GB0000020000113"
            }
        }
        _ = try fixture.run()
        #expect(try fixture.report().pairsByLabel["rejected"]?["class"]?.text == "inconclusive")
        #expect(try posts() == 1)
        _ = try fixture.run(["--resume", "--retry-inconclusive"])
        #expect(try posts() == 2)
        #expect(try fixture.brokenLocks() == 0)
    }

    @Test("marks a 429 that its own pace has caused, and one that others have")
    func throttled() throws {
        let fixture = try CompareFixture(PlantedRun(4, kinds: [.balance, .v2Throttles]), scale: 50)
        _ = try fixture.run(["--lock-seconds", "1"])
        let pairs = try fixture.report().pairsByLabel
        #expect(pairs.values.allSatisfy { $0["class"]?.text == "inconclusive" })
        #expect(pairs["balance 0"]?["why"]?.text == "v2.0: throttled (429), by calls of this run")
        let careful = try CompareFixture(PlantedRun(4, kinds: [.balance, .v2Throttles]), scale: 50)
        _ = try careful.run()
        let others = try careful.report().pairsByLabel
        #expect(others["balance 0"]?["class"]?.text == "same")
        #expect(others["v2Throttles 1"]?["why"]?.text?.contains("by calls of others") == true)
    }

    @Test("refuses answers of v1.0 that a gateway of this toolkit gave")
    func ownGateway() throws {
        let marked = """
              - {grn: 24GB0000020000113, accessCode: Z9q7, balance: 5, v1: {status: 200, headers: {X-NCTSBridge: "1"}, \
            body: '{"response":{"balance":5,"currency":"GBP"}}'}}
            """
        let fixture = try CompareFixture(PlantedRun(1, kinds: [.unknownGRN]), scale: 200, more: marked)
        try fixture.scratch.append("24GB0000020000113,GB111111111111,Z9q7,marked\n", to: "queries.csv")
        let result = try fixture.run()
        #expect(result.exitCode == 2 && result.errorText.contains("compares nothing"), "\(result)")
        #expect(try fixture.report().pairsByLabel["marked"]?["class"] == .literal("null"))
    }

    @Test("tells two users of one guarantee apart by their tokens")
    func users() throws {
        let planted = PlantedRun(4, kinds: [.balance])
        let fixture = try CompareFixture(planted, scale: 200)
        let rows = planted.pairs.flatMap { pair in
            ["ann", "bob", "Ann"].map { "\(pair.grn),\(pair.tin),\(pair.accessCode),\($0) \(pair.label),\($0)" }
        }
        try fixture.scratch.write(
            "queries.csv",
            (["guaranteeReference,taxIdentifier,accessCode,label,user"] + rows).joined(separator: "\n"))
        let environment = [
            "NCTSBRIDGE_V1_TOKEN_ANN": "ann-token", "NCTSBRIDGE_V2_TOKEN_ANN": "ann-token",
            "NCTSBRIDGE_V1_TOKEN_BOB": "bob-token", "NCTSBRIDGE_V2_TOKEN_BOB": "bob-token",
        ]
        let result = try Bridge.run(fixture.arguments(["--population", "4"]), environment: environment)
        #expect(result.exitCode == 0, "\(result)")
        // However they are spelled, those with one token have one lock.
        #expect(try fixture.report().classCounts == ["same": 12])
        #expect(try fixture.brokenLocks() == 0)
        // One of the four is missing: nobody is asked in another's name.
        let partial = try Bridge.run(
            fixture.arguments(["--resume"]), environment: environment.filter { $0.key != "NCTSBRIDGE_V2_TOKEN_BOB" })
        #expect(partial.errorText.contains("NCTSBRIDGE_V2_TOKEN_BOB"), "\(partial)")
    }
}
