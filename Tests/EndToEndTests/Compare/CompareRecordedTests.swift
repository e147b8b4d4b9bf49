import Foundation
import TestSupport
import Testing

@Suite("nctsbridge compare, with recorded answers", .serialized)
struct CompareRecordedTests {
    private static let holder = PlantedRun.holder
    private static let path = "/customs/guarantees/balances"

    private func grn(_ number: Int) -> String { "24GB\(String(100_000_000_000 + number * 37))7" }

    /// An exchange of v1.0 and one of v2.0 about the same guarantee.
    private func exchanges(
        _ number: Int, _ v1: String, _ v2: (status: Int, body: String)? = nil, apart: Int = 70
    ) -> (v1: String, v2: String) {
        func time(_ second: Int) -> String {
            let (hour, rest) = (second / 3600 % 24, second % 3600)
            return String(format: "2024-03-%02dT%02d:%02d:%02dZ", second / 86_400 + 1, hour, rest / 60, rest % 60)
        }
        let start = number * 3
        let grn = grn(number)
        let link = #""_links":{"self":{"href":"/customs/guarantees/\#(grn)/balance"}}"#
        let other = v2 ?? (200, #"{\#(link),"balance":\#(1000 + number),"currency":"GBP"}"#)
        return (
            #"{"sentAt":"\#(time(start))","request":{"method":"POST","path":"\#(Self.path)","headers":{},"body":"#
                + #"{"taxIdentifier":"\#(Self.holder)","guaranteeReference":"\#(grn)","accessCode":"Z9q7"}},"#
                + #""response":{"status":200,"headers":{},"body":\#(v1)}}"#,
            #"{"sentAt":"\#(time(start + apart))","request":{"method":"POST","path":"/customs/guarantees/\#(grn)/balance","#
                + #""headers":{},"body":{"accessCode":"Z9q7"}},"response":{"status":\#(other.status),"headers":{},"body":\#(other.body)}}"#
        )
    }

    private func balance(_ text: String) -> String { #"{"response":{"balance":\#(text),"currency":"GBP"}}"# }

    @Test("of both sides are paired, judged, and all accounted for")
    func both() throws {
        let scratch = try Scratch()
        var v1 = ""
        var v2 = ""
        for number in 0..<400 {
            var pair = exchanges(number, balance("\(1000 + number)"))
            switch number {
            case 10: pair = exchanges(number, balance("1010.0"))
            case 20: pair = exchanges(number, balance("1"))
            case 30: pair = exchanges(number, balance("1"), apart: 400)
            case 40:
                pair = exchanges(
                    number, balance("1040"), (404, #"{"message":"Guarantee balance not found.","code":"NOT_FOUND"}"#))
            case 50:
                pair = exchanges(
                    number, balance("1050"),
                    (500, #"{"message":"Internal server error","code":"INTERNAL_SERVER_ERROR"}"#))
            case 60: pair.v2 = ""
            case 70: pair.v1 = #"{"request":{"method":"POST""#
            case 80:
                pair.v1 = pair.v1.replacing(
                    #""headers":{},"body":{"response""#, with: #""headers":{"X-NCTSBridge":"1"},"body":{"response""#)
            case 90:
                pair.v1 +=
                    "\n"
                    + #"{"request":{"method":"GET","url":"https://example.com/","headers":{}},"response":{"status":200,"headers":{},"body":"hello"}}"#
            default: break
            }
            v1 += pair.v1 + "\n"
            if !pair.v2.isEmpty { v2 += pair.v2 + "\n" }
        }
        try scratch.write("v1.ndjson", v1)
        try scratch.write("v2.ndjson", v2)
        let arguments = [
            "compare", "--v1-recorded", scratch.path("v1.ndjson"), "--v2-recorded", scratch.path("v2.ndjson"),
            "--store", scratch.path("store"),
        ]
        let result = try Bridge.run(arguments + ["--allow-different", "2", "--max-rate", "3"])
        #expect(result.exitCode == 0, "\(result)")
        for words in ["v1.ndjson:71: malformed-json", "v1.ndjson:81", "gateway"] {
            #expect(result.errorText.contains(words), "\(words): \(result.errorText)")
        }
        let report = try JSONTree(Bridge.run(["report", scratch.path("store"), "--format", "json"]).output)
        #expect(report.classCounts == ["same": 392, "equivalent": 1, "different": 2, "stale": 1, "inconclusive": 2])
        let v1Counts = report["recordings"]?["v1"]
        #expect(v1Counts?["paired"]?.count == 398)
        #expect(v1Counts?["unreadable"]?.count == 2 && v1Counts?["foreign"]?.count == 1)
        // Both lost their v1.0 answer; v2.0's are told, and judged with nobody.
        #expect(report["recordings"]?["v2"]?["unasked"]?.count == 2)
        #expect(report["pairs"]?.items.allSatisfy { $0["v1"]?["source"]?.text?.contains("v1.ndjson:") == true } == true)
        let all = try Scratch.files(below: scratch.url).filter { !$0.hasSuffix("ndjson") }
            .map { try scratch.data($0) }
        #expect(
            all.allSatisfy { $0.range(of: Data("Z9q7".utf8)) == nil && $0.range(of: Data(Self.holder.utf8)) == nil })
    }

    @Test("go on with the recordings that were begun with")
    func otherRecordings() throws {
        let scratch = try Scratch()
        let pair = exchanges(1, balance("1001"))
        for name in ["a", "b"] { try scratch.write("\(name)1.ndjson", pair.v1) }
        try scratch.write("2.ndjson", pair.v2)
        func run(_ name: String, _ more: [String] = []) throws -> Bridge.Result {
            try Bridge.run(
                ["compare", "--v1-recorded", scratch.path(name), "--v2-recorded", scratch.path("2.ndjson")]
                    + ["--store", scratch.path("store"), "--population", "1"] + more)
        }
        #expect(try run("a1.ndjson").exitCode == 0)
        let other = try run("b1.ndjson", ["--resume"])
        #expect(other.exitCode == 64 && other.errorText.contains("b1.ndjson"), "\(other)")
        #expect(try run("a1.ndjson", ["--resume"]).exitCode == 0)
    }

    @Test("of v1.0 against a live v2.0 need nothing else, and are stale, but for what can't be a matter of time")
    func againstLive() throws {
        let scratch = try Scratch()
        let scenario = """
            platform: {callsPerSecond: 0}
            time: {scale: 100}
            guarantees:
              - {grn: \(grn(1)), holder: \(Self.holder), accessCode: Z9q7, balance: 1001}
              - {grn: \(grn(2)), holder: \(Self.holder), accessCode: Z9q7, balance: 7}
              - {grn: \(grn(3)), holder: \(Self.holder), accessCode: Z9q7, balance: 5, currency: EUR}
              - {grn: \(grn(4)), holder: \(Self.holder), accessCode: other, balance: 5}

            """
        let (simulator, url) = try RunningBridge.simulator(scenario)
        let old = (1...4).map { exchanges($0, balance("\(1000 + $0)")).v1 }
        // Asked twice, years ago: the later answer is the one that is compared.
        let earlier = exchanges(1, balance("99")).v1.replacing("2024-", with: "2019-")
        try scratch.write("old.ndjson", (old + [earlier]).joined(separator: "\n"))
        let arguments = [
            "compare", "--v1-recorded", scratch.path("old.ndjson"), "--v2", url, "--time-scale", "100", "--json",
        ]
        let result = try Bridge.run(arguments, environment: CompareFixture.tokens)
        #expect(result.exitCode == 1, "\(result)")
        let report = try JSONTree(result.output)
        let classes = (report["pairs"]?.items ?? []).map { $0["class"]?.text }
        #expect(classes == ["stale", "stale", "different", "different"])
        #expect(report["pairs"]?[0]?["v1"]?["amount"]?.text == "1001")
        #expect(report["pairs"]?[2]?["why"]?.text?.hasSuffix("days apart") == true)
        _ = try simulator.end()
    }

    @Test("the list of queries may be stored queries, and answers are paired by the names of messages")
    func storedQueries() throws {
        let (simulator, url) = try RunningBridge.simulator("platform: {callsPerSecond: 0}\ntime: {scale: 100}\n")
        let result = try Bridge.run(
            [
                "compare", "--queries", "samples/v1-xml/scenario-wrong-access-code-query.xml", "--v1-recorded",
                "samples/v1-xml/scenario-wrong-access-code-answer.xml", "--v1-recorded",
                "samples/v1-xml/scenario-wrong-access-code-query.xml", "--v2", url, "--time-scale", "100", "--json",
                "--comparable-within", "1000000000",
            ], environment: CompareFixture.tokens)
        let pair = try JSONTree(result.output)["pairs"]?[0]
        #expect(pair?["class"]?.text == "same", "\(result) \(String(describing: pair))")
        #expect(pair?["v1"]?["condition"]?.text == "not-found" && pair?["v2"]?["status"]?.count == 404)
        _ = try simulator.end()
    }

    @Test("are taken in anew where the run was killed while it took them in")
    func killed() throws {
        let scratch = try Scratch()
        let pairs = (0..<3000).map { exchanges($0, balance("\(1000 + $0)")) }
        try scratch.write("v1.ndjson", pairs.map(\.v1).joined(separator: "\n"))
        try scratch.write("v2.ndjson", pairs.map(\.v2).joined(separator: "\n"))
        let arguments = [
            "compare", "--v1-recorded", scratch.path("v1.ndjson"), "--v2-recorded", scratch.path("v2.ndjson"),
            "--store", scratch.path("store"), "--resume", "--quiet",
        ]
        var random = SeededRandom.forTest("killed recordings")
        for _ in 0..<12 {
            let process = try Bridge.process(arguments)
            process.standardError = FileHandle.nullDevice
            try process.run()
            usleep(UInt32(random.int(in: 50...900)) * 1000)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let result = try Bridge.run(arguments)
        #expect(result.exitCode == 0, "\(result)")
        let report = try JSONTree(Bridge.run(["report", scratch.path("store"), "--format", "json"]).output)
        #expect(report.classCounts == ["same": 3000])
        #expect(report["recordings"]?["v1"]?["total"]?.count == 3000)
        #expect(report["recordings"]?["v2"]?["total"]?.count == 3000)
    }

    @Test("take no more memory where there are more of them")
    func memory() throws {
        let scratch = try Scratch()
        func peak(_ count: Int) throws -> Int {
            let (one, other) = (try scratch.handle("v1.ndjson"), try scratch.handle("v2.ndjson"))
            for start in stride(from: 0, to: count, by: 1000) {
                let pairs = (start..<(start + 1000)).map { exchanges($0, balance("\(1000 + $0)")) }
                try one.write(contentsOf: Data((pairs.map(\.v1).joined(separator: "\n") + "\n").utf8))
                try other.write(contentsOf: Data((pairs.map(\.v2).joined(separator: "\n") + "\n").utf8))
            }
            let store = scratch.path("store\(count)")
            let result = try Bridge.run(
                [
                    "compare", "--v1-recorded", scratch.path("v1.ndjson"), "--v2-recorded",
                    scratch.path("v2.ndjson"), "--store", store, "--quiet",
                ], limit: .seconds(300))
            #expect(result.exitCode == 0, "\(result)")
            return result.peakMemory
        }
        let (few, many) = (try peak(2000), try peak(20_000))
        // A kibibyte kept of each pair would be 18 MiB.
        #expect(many < few + 12 << 10, "\(few) KiB for 2,000 pairs, \(many) KiB for 20,000")
    }
}
