import Foundation

/// Whole archives and the hot path, beside libxml2 itself and beside what people would write instead.
struct ConvertBenchmark {
    /// What was measured: for the table, and as JSON for whoever compares runs.
    struct Row: Encodable {
        var what: String
        var who: String
        /// Microseconds of processor time for each message.
        var microseconds: Double
        /// MiB; 0 where it was not looked at.
        var memory = 0.0
        /// How many times as long as what it is held against.
        var ratio: Double
        var aim = ""
    }

    private let tool: String
    private let hotPath: String
    private let folder: URL
    private var rows: [Row] = []
    private static let peers = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Peers")
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let seed = "20211"

    /// - Parameter json: where the figures are written, too; nil: nowhere.
    static func run(_ tool: String, hotPath: String, json: String?) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "nctsbridge-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var benchmark = ConvertBenchmark(tool: tool, hotPath: hotPath, folder: folder)
        print("Converting CD037A of about 1 KB, seed \(seed): microseconds of processor time for each message")
        try benchmark.build()
        try benchmark.measureMemory()
        try benchmark.measureCommand()
        try benchmark.measureFolder()
        try benchmark.measureStart()
        guard let json else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(benchmark.rows).write(to: URL(fileURLWithPath: json))
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    private static func peer(_ name: String) -> String { peers.appendingPathComponent(name).path }
    private static func file(_ name: String) -> String { package.appendingPathComponent(name).path }

    private static var python: String {
        let own = file(".build/python/bin/python3")
        return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    }

    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        let (output, code) = try Child.text(arguments)
        guard code == 0 else { throw BenchmarkError("\(arguments[0]) ended with \(code)") }
        return output
    }

    private mutating func add(_ row: Row) {
        rows.append(row)
        let memory = row.memory > 0 ? "\(Int(row.memory)) MiB" : ""
        print(
            "  " + row.what.padding(toLength: 34, withPad: " ", startingAt: 0)
                + row.who.padding(toLength: 30, withPad: " ", startingAt: 0)
                + String(format: "%10.2f %8.2f  ", row.microseconds, row.ratio)
                + memory.padding(toLength: 10, withPad: " ", startingAt: 0) + row.aim)
    }

    /// The peers in C, and the inputs.
    private func build() throws {
        let flags = try run(["pkg-config", "--cflags", "--libs", "libxml-2.0"]).split(whereSeparator: \.isWhitespace)
            .map { String($0) }
        try run(["cc", "-O2", Self.peer("libxml2.c"), "-o", path("libxml2")] + flags)
        try run(["cc", "-O2", Self.peer("copy_files.c"), "-o", path("copy_files")])
        for (count, kind, name) in [
            ("500", "files", "xml"), ("500", "v2", "v2"), ("500", "v1", "v1"), ("100000", "ndjson", "answers.ndjson"),
            ("10000", "ndjson", "fewer.ndjson"), ("100000", "files", "many"),
        ] { try run([Self.python, Self.peer("make_answers.py"), Self.seed, count, kind, path(name)]) }
    }

    // MARK: - In memory

    private struct Timed: Decodable {
        var microseconds: Double
    }

    /// The least of five runs: what the others took longer was the machine's.
    private func least(_ arguments: [String]) throws -> Double {
        try (0..<5).map { _ in
            try JSONDecoder().decode(Timed.self, from: Data(try run(arguments).utf8)).microseconds
        }.min() ?? 0
    }

    private func files(_ name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted().map { path("\(name)/\($0)") }
    }

    private mutating func measureMemory() throws {
        let schema = Self.file("mappings/schemas/CD037A.xsd")
        let xml = try files("xml")
        let sax = try least([path("libxml2"), "sax", "200", schema] + xml)
        let what = "in memory, one worker"
        add(Row(what: what, who: "libxml2, SAX alone", microseconds: sax, ratio: 1))
        let xsd = try least([path("libxml2"), "xsd", "60", schema] + xml)
        add(Row(what: what, who: "libxml2, parse and XSD", microseconds: xsd, ratio: xsd / sax))
        let own = try least([hotPath, "v2-json", "200", "-"] + xml)
        add(Row(what: what, who: "CD037A to v2.0, validated", microseconds: own, ratio: own / sax, aim: "1.5 at most"))
        let context = Self.file("samples/archive/context.yaml")
        for (who, arguments) in [
            ("v2.0 to CD037A", ["v1-xml", "100", context] + (try files("v2"))),
            ("v1.0 to v2.0", ["v2-json", "100", "-"] + (try files("v1"))),
            ("v2.0 to v1.0", ["v1-json", "100", "-"] + (try files("v2"))),
        ] {
            let time = try least([hotPath] + arguments)
            add(Row(what: "beside CD037A to v2.0", who: who, microseconds: time, ratio: time / own, aim: "2 at most"))
        }
    }

    // MARK: - The command

    /// The least processor time of three runs, and the most memory.
    private func measured(_ arguments: [String], runs: Int = 3) throws -> Child {
        var best: Child?
        for _ in 0..<runs {
            let child = try Child.run(arguments)
            guard child.exitCode == 0 else { throw BenchmarkError("\(arguments[0]) ended with \(child.exitCode)") }
            if best.map({ child.processor < $0.processor }) ?? true { best = child }
        }
        guard let best else { throw BenchmarkError("nothing was measured") }
        return best
    }

    private func convert(_ inputs: [String], jobs: Int, output: String, runs: Int = 3) throws -> Child {
        try measured(
            [tool, "convert"] + inputs.map { path($0) } + [
                "--to", "v2-json", "--jobs", "\(jobs)", "--output", output, "--quiet",
            ], runs: runs)
    }

    private mutating func measureCommand() throws {
        let what = "NDJSON, 100,000 records"
        func perMessage(_ child: Child) -> Double { child.processor * 1e6 / 100_000 }
        let output = path("own.ndjson")
        let one = try convert(["answers.ndjson"], jobs: 1, output: output)
        add(
            Row(
                what: what, who: "nctsbridge convert, one worker", microseconds: perMessage(one), memory: one.memory,
                ratio: 1))
        let few = try convert(["fewer.ndjson"], jobs: 1, output: output)
        add(
            Row(
                what: "NDJSON, 10,000 records", who: "nctsbridge convert", microseconds: few.processor * 1e6 / 10_000,
                memory: few.memory, ratio: few.memory / one.memory, aim: "as much memory"))
        let long = (0..<10).map { "answers-\($0).ndjson" }
        for name in long {
            try FileManager.default.createSymbolicLink(
                atPath: path(name), withDestinationPath: path("answers.ndjson"))
        }
        let alone = try convert(long, jobs: 1, output: "/dev/null", runs: 1)
        add(
            Row(
                what: "NDJSON, 1,000,000 records", who: "one worker", microseconds: alone.processor,
                memory: alone.memory, ratio: alone.memory / few.memory, aim: "64 MiB, as 10,000"))
        let two = try convert(long, jobs: 2, output: "/dev/null", runs: 1)
        add(
            Row(
                what: "NDJSON, 1,000,000 records", who: "two workers: times as fast", microseconds: two.processor,
                memory: two.memory, ratio: alone.elapsed / two.elapsed, aim: "1.8 at least"))
        for (who, script, arguments, aim) in [
            ("Python, lxml and XSD", "convert_lxml.py", [Self.file("mappings/schemas/CD037A.xsd")], "4 at least"),
            ("Python, xmltodict and JSON Schema", "convert_xmltodict.py", [], "10 at least"),
        ] {
            let input = [path(script.contains("lxml") ? "answers.ndjson" : "fewer.ndjson"), path("peer.ndjson")]
            let records = script.contains("lxml") ? 100_000.0 : 10_000.0
            let peer = try measured([Self.python, Self.peer(script)] + arguments + input, runs: 2)
            let time = peer.processor * 1e6 / records
            add(
                Row(
                    what: what, who: who, microseconds: time, memory: peer.memory, ratio: time / perMessage(one),
                    aim: aim))
        }
        // A stylesheet validates nothing, and its messages are files.
        let xslt = try measured(["xsltproc", Self.peer("convert.xsl")] + (try files("xml")), runs: 2)
        let time = xslt.processor * 1e6 / 500
        add(
            Row(
                what: "500 files", who: "xsltproc, no validation", microseconds: time, memory: xslt.memory,
                ratio: time / perMessage(one)))
    }

    // MARK: - Small files

    private mutating func measureFolder() throws {
        let what = "100,000 files"
        // In turns, each time into a new folder: the file system is slow for minutes where much was taken away.
        var (own, copy): (Child?, Child?)
        for turn in 0..<3 {
            let folder = path("own\(turn)")
            let arguments = [tool, "convert", path("many"), "--to", "v2-json", "--output", folder + "/", "--quiet"]
            own = try quicker(own, arguments)
            let bytes = try FileManager.default.attributesOfItem(atPath: folder + "/000000.json")[.size] as? Int ?? 0
            copy = try quicker(copy, [path("copy_files"), path("many"), path("copy\(turn)"), "\(bytes)"])
        }
        guard let own, let copy else { return }
        add(Row(what: what, who: "read and written alone, in C", microseconds: copy.elapsed * 1e6 / 100_000, ratio: 1))
        add(
            Row(
                what: what, who: "nctsbridge convert", microseconds: own.elapsed * 1e6 / 100_000, memory: own.memory,
                ratio: own.elapsed / copy.elapsed, aim: "1.3 at most, by the clock"))
    }

    /// The one that took less time by the clock.
    private func quicker(_ other: Child?, _ arguments: [String]) throws -> Child {
        let child = try Child.run(arguments)
        guard child.exitCode == 0 else { throw BenchmarkError("\(arguments[0]) ended with \(child.exitCode)") }
        guard let other, other.elapsed < child.elapsed else { return child }
        return other
    }

    private mutating func measureStart() throws {
        let start = try measured([tool, "convert", path("xml/000000.xml"), "--to", "v2-json", "--quiet"], runs: 5)
        add(
            Row(
                what: "one message", who: "nctsbridge convert", microseconds: start.processor * 1e6,
                memory: start.memory, ratio: start.processor / 0.030, aim: "30 ms at most"))
    }
}
