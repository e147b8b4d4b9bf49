import Foundation
import TestSupport
import Testing

@Suite("nctsbridge compare, cut off and going on", .serialized)
struct CompareResumeTests {
    private static let kinds: [PlantedRun.Kind] = [
        .balance, .pending, .wrongCode, .unknownEORI, .otherCountry, .noCurrency, .trailingZero, .moved, .otherAmount,
        .refusedByV2, .v2Fails, .v2Drops, .unsupportedType,
    ]

    @Test("killed 25 times at random moments, it ends as if it had been left alone")
    func killed() throws {
        let planted = PlantedRun(260, kinds: Self.kinds)
        let alone = try CompareFixture(planted, scale: 100)
        #expect(try alone.run().exitCode == 1)
        let expected = try alone.report()
        let fixture = try CompareFixture(planted, scale: 100)
        var random = SeededRandom.forTest("killed")
        var kills = 0
        for _ in 0..<25 {
            let process = try Bridge.process(
                fixture.arguments(["--resume", "--quiet"]), environment: CompareFixture.tokens)
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            usleep(UInt32(random.int(in: 20...450)) * 1000)
            if process.isRunning { kills += 1 }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        #expect(kills >= 15, "it was over after \(kills) kills")
        let result = try fixture.run(["--resume"])
        #expect(result.exitCode == 1, "\(result)")
        let report = try fixture.report()
        #expect(report["open"]?.count == 0)
        #expect(try fixture.brokenLocks() == 0)
        let (one, other) = (expected.pairsByLabel, report.pairsByLabel)
        #expect(other.count == planted.pairs.count)
        // A call in flight at a kill is made again. Where the first one had arrived the balance has moved by then: v1.0 tells
        // the new one at once.
        let repeated = try Self.repeatedFirstCalls(in: fixture.store)
        for pair in planted.pairs {
            let number = one[pair.label]?["number"]?.count ?? 0
            let hasMoved =
                pair.label.hasPrefix("moved") && repeated.contains(number)
                && other[pair.label]?["v1"]?["amount"]?.text == "60"
            #expect(
                other[pair.label]?["class"]?.text == (hasMoved ? "same" : pair.pairClass),
                "\(pair.label): \(String(describing: other[pair.label]))")
            guard !hasMoved else { continue }
            for member in ["rule", "why", "differences"] {
                #expect(one[pair.label]?[member] == other[pair.label]?[member], "\(pair.label) \(member)")
            }
            for side in ["v1", "v2"] {
                for member in ["status", "kind", "condition", "amount", "currency", "why"] {
                    #expect(
                        one[pair.label]?[side]?[member] == other[pair.label]?[side]?[member],
                        "\(pair.label) \(side) \(member)")
                }
            }
        }
    }

    /// Pairs of which v1.0's first answer was asked for more than once.
    private static func repeatedFirstCalls(in store: String) throws -> Set<Int> {
        let query = """
            SELECT pair FROM exchange WHERE side = 'v1' AND look = 1 AND method = 'POST' AND pair IS NOT NULL
            GROUP BY pair HAVING COUNT(*) > 1
            """
        let script = "import sqlite3, sys\nfor row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(row[0])"
        let output = try Shell.run([Shell.python, "-c", script, store, query]).output
        return Set(output.split(separator: "\n").compactMap { Int($0) })
    }

    @Test(
        "Ctrl-C finishes what is in flight, tells where it stands, and nothing is asked twice",
        arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) throws {
        let planted = PlantedRun(120, kinds: [.balance, .pending, .trailingZero])
        let fixture = try CompareFixture(planted, scale: 50)
        let running = try RunningBridge(fixture.arguments(), environment: CompareFixture.tokens)
        usleep(1_500_000)
        #expect(try running.end(signal) == 2, "\(running.errorText)")
        #expect(running.errorText.contains("What is in flight is finished"))
        #expect(running.errorText.contains("it goes on with --resume"))
        let before = try fixture.report()
        let open = before["open"]?.count ?? 0
        #expect(open > 0 && open < 120 || before["classes"] != nil)
        let result = try fixture.run(["--resume", "--population", "120"])
        #expect(result.exitCode == 0, "\(result)")
        #expect(try fixture.report().classCounts == planted.classes)
        #expect(try fixture.brokenLocks() == 0)
        // No question was put twice: each pair has one POST to each side.
        let log = try JSONTree(Shell.run(["curl", "-s", fixture.url + "/simulator/log"]).output)
        let posts = (log["calls"]?.items ?? []).filter { $0["method"]?.text == "POST" }
        #expect(posts.count == 240)
    }

    @Test("v1.0's answer is asked for anew where the run stood still for so long that it got too old")
    func tooOld() throws {
        let planted = PlantedRun(6, kinds: [.balance])
        let fixture = try CompareFixture(planted, scale: 50)
        let arguments = fixture.arguments().map { $0 == "1500" ? "110" : $0 }
        let running = try RunningBridge(arguments, environment: CompareFixture.tokens)
        // By then v1.0 was asked, and v2.0 waits for the locks.
        usleep(900_000)
        _ = try running.end(SIGINT)
        #expect(try fixture.report()["open"]?.count == 6)
        usleep(3_000_000)
        let result = try Bridge.run(arguments + ["--resume", "--population", "6"], environment: CompareFixture.tokens)
        #expect(result.exitCode == 0, "\(result)")
        #expect(try fixture.report().classCounts == ["same": 6])
        #expect(try fixture.brokenLocks() == 0)
    }

    @Test("a store is one process' at a time, and can be read meanwhile")
    func exclusive() throws {
        let fixture = try CompareFixture(PlantedRun(60, kinds: [.balance]), scale: 20)
        let running = try RunningBridge(fixture.arguments(), environment: CompareFixture.tokens)
        usleep(1_500_000)
        let second = try fixture.run(["--resume"])
        #expect(second.exitCode == 73, "\(second)")
        #expect(second.errorText.contains("is in use by another process"))
        #expect(try Bridge.run(["purge", fixture.store, "--older-than", "1"]).exitCode == 73)
        #expect(try fixture.report()["pairs"]?.items.count == 60)
        _ = try running.end(SIGINT)
    }

    @Test("a lost network stops the run, and says nothing about any pair")
    func lostNetwork() throws {
        let planted = PlantedRun(30, kinds: [.balance])
        let fixture = try CompareFixture(planted, scale: 500)
        let nobody = "http://127.0.0.1:1"
        let arguments = fixture.arguments().map { $0 == fixture.url ? nobody : $0 }
        let lost = try Bridge.run(arguments, environment: CompareFixture.tokens)
        #expect(lost.exitCode == 75, "\(lost)")
        #expect(lost.errorText.contains("can't be asked"))
        let report = try fixture.report()
        #expect(report["open"]?.count == 30)
        #expect(report.classCounts.isEmpty)
    }

    @Test("a full disk stops the run in order, and it goes on once there is room")
    func fullDisk() throws {
        let planted = PlantedRun(120, kinds: [.balance])
        let fixture = try CompareFixture(planted, scale: 500)
        // A limit on the size of files is a disk that fills up: SQLite can't make its log any longer.
        let limited = try RunningBridge(
            fixture.arguments(), environment: CompareFixture.tokens,
            launcher: ["/bin/bash", "-c", #"trap '' XFSZ; ulimit -f 160; exec "$0" "$@""#])
        #expect(try limited.exitCode() == 73, "\(limited.errorText)")
        #expect(limited.errorText.contains("can't be written"))
        let result = try fixture.run(["--resume", "--population", "120"])
        #expect(result.exitCode == 0, "\(result)")
        #expect(try fixture.report().classCounts == ["same": 120])
        #expect(try fixture.brokenLocks() == 0)
    }

    @Test("only the run that was begun goes on")
    func mismatches() throws {
        let planted = PlantedRun(3, kinds: [.balance])
        let fixture = try CompareFixture(planted, scale: 500)
        _ = try fixture.run()
        for (more, words) in [
            ([], "holds a run already"), (["--resume", "--keep-identifiers"], "without --keep-identifiers"),
            (["--resume", "--key-file", fixture.scratch.path("other.key")], "another key"),
        ] {
            let result = try fixture.run(more)
            #expect(result.exitCode == 64 && result.errorText.contains(words), "\(result)")
        }
        let other = try Bridge.run(
            fixture.arguments(["--resume"]).map { $0 == "500" ? "400" : $0 }, environment: CompareFixture.tokens)
        #expect(other.exitCode == 64 && other.errorText.contains("500"), "\(other)")
        let within = try Bridge.run(
            fixture.arguments(["--resume"]).map { $0 == "1500" ? "1" : $0 }, environment: CompareFixture.tokens)
        #expect(within.exitCode == 64 && within.errorText.contains("--comparable-within"), "\(within)")
        // Questions can be added at the end, and not changed before it.
        let more = PlantedRun(5, kinds: [.balance])
        try fixture.scratch.write("queries.csv", PlantedRun(2, kinds: [.zero]).csv)
        #expect(try fixture.run(["--resume"]).exitCode == 64)
        try fixture.scratch.write("queries.csv", more.csv.replacing("balance 1", with: "other"))
        let changed = try fixture.run(["--resume"])
        #expect(changed.exitCode == 64 && changed.errorText.contains("Question 2"), "\(changed)")
        try fixture.scratch.write("queries.csv", more.csv)
        #expect(try fixture.run(["--resume"]).exitCode == 2)
        #expect(try fixture.report()["pairs"]?.items.count == 5)
        _ = try Bridge.run(["purge", fixture.store, "--older-than", "0"])
        let purged = try fixture.run(["--resume"])
        #expect(purged.exitCode == 64 && purged.errorText.contains("was purged"), "\(purged)")
    }
}
