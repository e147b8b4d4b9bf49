import Foundation
import TestSupport
import Testing

@Suite("nctsbridge compare, report and purge, used wrongly and rightly")
struct CompareUsageTests {
    private func run(_ arguments: [String], environment: [String: String] = CompareFixture.tokens) throws
        -> Bridge.Result
    {
        try Bridge.run(arguments, environment: environment)
    }

    @Test(
        "wrong usage is told before anything is asked",
        arguments: [
            (["compare"], "Give either --v1 or --v1-recorded"),
            (["compare", "--v1-recorded", "samples/v1-xml"], "Give either --v2 or --v2-recorded"),
            (
                ["compare", "--v1", "https://a", "--v1-recorded", "b", "--v2", "https://c"],
                "Give either --v1 or --v1-recorded"
            ),
            (["compare", "--v1", "https://a", "--v2", "https://b"], "Which guarantees?"),
            (["compare", "--v1", "http://a", "--v2", "https://b", "--queries", "q"], "is not https"),
            (["compare", "--v1-recorded", "a", "--v2-recorded", "b", "--resume"], "--resume goes on with a run"),
            (["compare", "--v1-recorded", "a", "--v2", "https://b", "--time-scale", "9"], "HMRC's clock"),
            (["compare", "--v1-recorded", "a", "--v2-recorded", "b", "--max-rate", "200"], "--max-rate"),
            (["compare", "--v1-recorded", "a", "--v2-recorded", "b", "--lock-seconds", "-1"], "--lock-seconds"),
            (["report"], "Missing expected argument"), (["purge", "x"], "--older-than"),
        ])
    func wrong(arguments: [String], words: String) throws {
        let result = try run(arguments)
        #expect(result.exitCode == 64 && result.errorText.contains(words), "\(result)")
    }

    @Test("what is not there, and what is no store, says so")
    func missing() throws {
        let scratch = try Scratch()
        let list = ["--v1-recorded", "nowhere", "--v2-recorded", "samples/v2-json"]
        #expect(try run(["compare"] + list).exitCode == 66)
        #expect(try run(["report", scratch.path("nowhere")]).exitCode == 66)
        #expect(try run(["purge", scratch.path("nowhere"), "--older-than", "1"]).exitCode == 66)
        #expect(try run(["report", "README.md"]).exitCode == 66)
        #expect(try run(["report", "README.md"]).errorText.contains("is no store of evidence"))
        let compare = ["compare", "--v1-recorded", "samples/v1-xml", "--v2-recorded", "samples/v2-json", "--store"]
        #expect(try run(compare + ["README.md"]).exitCode == 66)
        #expect(try run(compare + ["/proc/nowhere/store"]).exitCode == 73)
        #expect(!FileManager.default.fileExists(atPath: "README.md.key"))
    }

    @Test("a list with mistakes names each with its place, shows no code, and asks nothing")
    func badList() throws {
        let scratch = try Scratch()
        let (simulator, url) = try RunningBridge.simulator()
        try scratch.write(
            "queries.csv",
            """
            guaranteeReference,taxIdentifier,accessCode,accessCodeEnv,guaranteeType
            23GB0000010000854,GB954131533000,Q7X9,,1
            ,GB954131533000,Q7X9,,1
            23GB0000010000863,GB954131533000,Q7X9,ALSO_SET,1
            23GB0000010000863,GB954131533000,,NOT_SET_ANYWHERE,1
            23GB0000010000863,GB954131533000,Q7X9,,7
            23GB0000010000863,GB954131533000,Q7X9

            """)
        let result = try run(
            [
                "compare", "--queries", scratch.path("queries.csv"), "--v1", url, "--v2", url, "--store",
                scratch.path("s"),
            ])
        #expect(result.exitCode == 64, "\(result)")
        for line in 3...7 { #expect(result.errorText.contains("queries.csv:\(line)"), "\(line): \(result.errorText)") }
        #expect(!result.errorText.contains("Q7X9"))
        #expect(result.errorText.contains("nothing was asked"))
        let log = try JSONTree(Shell.run(["curl", "-s", url + "/simulator/log"]).output)
        #expect(log["counts"]?["calls"]?.count == 0)
        _ = try simulator.end()
    }

    @Test("a start that fails leaves no run behind, so that it can be tried again")
    func failedStart() throws {
        let planted = PlantedRun(2, kinds: [.balance])
        let fixture = try CompareFixture(planted, scale: 500)
        #expect(try Bridge.run(fixture.arguments(), environment: ["NCTSBRIDGE_V2_TOKEN": "t"]).exitCode == 2)
        #expect(try fixture.run(["--population", "1"]).exitCode == 64)
        try FileManager.default.removeItem(atPath: fixture.store)
        let typo = ["compare", "--v1-recorded", "samples/recordigns", "--v2-recorded", "samples/recordings"]
        #expect(try run(typo + ["--store", fixture.store]).exitCode == 66)
        #expect(try fixture.run(["--population", "2"]).exitCode == 0)
    }

    @Test("without a token nothing is asked")
    func noToken() throws {
        let (simulator, url) = try RunningBridge.simulator()
        let result = try run(
            ["compare", "--queries", "samples/queries.csv", "--v1", url, "--v2", url],
            environment: ["NCTSBRIDGE_V2_TOKEN": "t"])
        #expect(result.exitCode == 2 && result.errorText.contains("NCTSBRIDGE_V1_TOKEN"), "\(result)")
        _ = try simulator.end()
    }

    @Test("a purge takes personal data out of the store, and the report counts as before")
    func purge() throws {
        let planted = PlantedRun(26, kinds: [.balance, .otherAmount, .unknownEORI, .v2Fails])
        let fixture = try CompareFixture(planted, scale: 200)
        _ = try fixture.run(["--keep-identifiers"])
        let before = try fixture.report()
        #expect(try fixture.files(holding: planted.pairs[0].grn) == ["run.evidence"])
        let young = try run(["purge", fixture.store, "--older-than", "1000"])
        #expect(young.exitCode == 0 && young.errorText.contains("0 pairs"), "\(young)")
        let result = try run(["purge", fixture.store, "--older-than", "0"])
        #expect(result.exitCode == 0 && result.errorText.contains("26 pairs"), "\(result)")
        let after = try fixture.report()
        for member in ["verdict", "classes", "strata", "kinds", "rules", "inconclusive", "timings", "open"] {
            #expect(before[member] == after[member], "\(member)")
        }
        for text in [planted.pairs[0].grn, PlantedRun.holder, "otherAmount 1"] {
            #expect(try fixture.files(holding: text).isEmpty, "\(text)")
        }
        #expect(try run(["report", fixture.store, "--format", "html"]).exitCode == 1)
    }

    @Test("a report goes to standard output or to a file of its owner's alone")
    func output() throws {
        let planted = PlantedRun(3, kinds: [.balance])
        let fixture = try CompareFixture(planted, scale: 500)
        _ = try fixture.run()
        let file = fixture.scratch.path("report.html")
        #expect(try run(["report", fixture.store, "--format", "html", "--output", file]).exitCode == 2)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let printed = try run(["report", fixture.store, "--format", "html"])
        #expect(try fixture.scratch.data("report.html") == printed.output)
        #expect(try run(["report", fixture.store, "--output", "/proc/nowhere/r"]).exitCode == 73)
    }

    @Test("progress is told on a terminal: done, to do, locks, rate, estimate, classes")
    func progress() throws {
        let fixture = try CompareFixture(PlantedRun(60, kinds: [.balance, .trailingZero]), scale: 30)
        let running = try RunningBridge.atTerminal(
            fixture.arguments(), environment: CompareFixture.tokens.merging(["TERM": "xterm"]) { $1 })
        _ = try running.wait(
            for: #"[0-9]+ of 60 done, [0-9]+ to do; .*[0-9.]+ a second; about [0-9:]+ left; [0-9]+ same"#)
        _ = try running.wait(for: "wait for locks")
        _ = try running.end(SIGTERM)
    }
}
