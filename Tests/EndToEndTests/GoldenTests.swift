import Foundation
import Testing

/// Every sample, run through the binary, against what is expected of it in `samples/expected`.
///
/// `NCTSBRIDGE_RECORD=1 swift test --filter GoldenTests` writes the expected outputs anew; read what `git diff` shows.
@Suite("Samples and their expected outputs")
struct GoldenTests {
    /// One run over one folder of samples.
    struct Run: CustomTestStringConvertible, Sendable {
        var folder: String
        /// The folder of the expected outputs.
        var name: String
        var arguments: [String]
        var exitCode: Int32

        var testDescription: String { "\(folder) to \(name)" }

        init(_ folder: String, _ name: String, _ arguments: String..., context: Bool = true, exitCode: Int32 = 1) {
            self.folder = folder
            self.name = name
            self.arguments = arguments + (context ? Samples.context : [])
            self.exitCode = exitCode
        }
    }

    static let runs = [
        Run("v1-xml", "v2-json", "--to", "v2-json"),
        Run("v1-xml", "v1-json", "--to", "v1-json"),
        Run("v1-xml", "v1-json-get", "--to", "v1-json", "--v1-form", "get"),
        Run("v1-json", "v2-json", "--to", "v2-json", "--from", "v1-json"),
        Run("v1-json", "v1-xml", "--to", "v1-xml", "--from", "v1-json"),
        Run("v2-json", "v1-json", "--to", "v1-json", "--from", "v2-json"),
        Run("v2-json", "v1-json-get", "--to", "v1-json", "--v1-form", "get", "--from", "v2-json"),
        Run("v2-json", "v1-xml", "--to", "v1-xml", "--from", "v2-json"),
        Run("envelopes", "v2-json", "--to", "v2-json", exitCode: 0),
        Run("encodings", "v2-json", "--to", "v2-json", exitCode: 0),
        Run("encodings", "v1-xml", "--to", "v1-xml", exitCode: 0),
        Run("containers", "v2-json", "--to", "v2-json", exitCode: 0),
        Run("lenient", "v2-json", "--to", "v2-json"),
        Run("lenient", "v2-json-lenient", "--to", "v2-json", "--lenient", exitCode: 0),
        Run("bad", "v2-json", "--to", "v2-json", context: false),
        Run("bad", "v1-xml", "--to", "v1-xml"),
        Run("archive", "v2-json", "--to", "v2-json", "--verify"),
    ]

    static let isRecording = ProcessInfo.processInfo.environment["NCTSBRIDGE_RECORD"] == "1"
    static let expected = Bridge.package.appendingPathComponent("samples/expected")

    @Test("Each sample becomes what is expected of it, or is refused as expected", arguments: runs)
    func samples(_ run: Run) throws {
        let scratch = try Scratch()
        // Beside the archive stands its context, which is no message.
        let input = run.folder == "archive" ? Samples.archive : "samples/\(run.folder)"
        let result = try Bridge.run(
            ["convert", input] + run.arguments
                + ["--output", scratch.path("out") + "/", "--rejects", scratch.path("rejects.ndjson"), "--quiet"])
        #expect(result.exitCode == run.exitCode, "\(result)")
        #expect(result.errors.isEmpty, "\(result)")
        #expect(result.output.isEmpty)
        var produced: [String: Data] = [:]
        for file in Scratch.files(below: scratch.url("out")) { produced[file] = try scratch.data("out/" + file) }
        for line in try scratch.data("rejects.ndjson").split(separator: 0x0A) {
            let file = try #require(try JSONTree(Data(line))["file"]?.text)
            let name = String(file.dropFirst("samples/\(run.folder)/".count)) + ".rejects.ndjson"
            produced[name, default: Data()] += line + [0x0A]
        }
        try compare(produced, with: "\(run.name)/\(run.folder)")
    }

    @Test(
        "What validate says of each sample is what is expected",
        arguments: ["v1-xml", "v1-json", "v2-json", "envelopes", "encodings", "containers", "lenient", "bad"])
    func validation(_ folder: String) throws {
        let result = try Bridge.run(["validate", "samples/\(folder)", "--json"])
        #expect(result.errors.isEmpty, "\(result)")
        let areAllValid = try JSONTree.lines(result.output).allSatisfy { $0["valid"] == .literal("true") }
        #expect(result.exitCode == (areAllValid ? 0 : 1))
        try compare(["\(folder).ndjson": result.output], with: "validate", isWhole: false)
    }

    @Test(
        "What explain says of a message is what is expected",
        arguments: [
            ("CD037A-type-0", "v2-json"), ("CD034A-three-guarantees", "v2-json"), ("CD906A-twenty-errors", "v1-json"),
        ])
    func explanation(_ sample: String, _ target: String) throws {
        let result = try Bridge.run(["explain", "samples/v1-xml/\(sample).xml", "--to", target])
        #expect(result.exitCode == 0, "\(result)")
        try compare(["\(sample)-to-\(target).txt": result.output], with: "explain", isWhole: false)
    }

    @Test("The archive's report is what is expected")
    func report() throws {
        let scratch = try Scratch()
        try Bridge.run(
            ["convert", Samples.archive, "--to", "v2-json", "--report", scratch.path("report.json"), "--quiet"]
                + ["--output", scratch.path("out.ndjson")] + Samples.context)
        try compare(["archive.json": scratch.data("report.json")], with: "report")
    }

    @Test("No folder of expected outputs is left that no run uses")
    func leftovers() throws {
        guard !Self.isRecording else { return }
        var known = Set(Self.runs.map { "\($0.name)/\($0.folder)/" })
        // Reports of dual runs are held to theirs where they are made, without the binary.
        known.formUnion(["validate/", "explain/", "report/", "reports/"])
        for file in Scratch.files(below: Self.expected) {
            #expect(known.contains { file.hasPrefix($0) }, "samples/expected/\(file) is used by no test")
        }
        let expectedFor = ["validate": 8, "explain": 3]
        for (folder, count) in expectedFor {
            let files = Scratch.files(below: Self.expected.appendingPathComponent(folder))
            #expect(files.count == count, "samples/expected/\(folder) holds files that no test uses")
        }
    }

    /// Holds files against those of a folder below `samples/expected`, or writes them there.
    ///
    /// - Parameter isWhole: whether the folder holds these files and no others.
    private func compare(_ produced: [String: Data], with name: String, isWhole: Bool = true) throws {
        let folder = Self.expected.appendingPathComponent(name)
        if Self.isRecording {
            if isWhole { try? FileManager.default.removeItem(at: folder) }
            for (file, data) in produced {
                let url = folder.appendingPathComponent(file)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try data.write(to: url)
            }
            return
        }
        for (file, data) in produced.sorted(by: { $0.key < $1.key }) {
            guard let golden = try? Data(contentsOf: folder.appendingPathComponent(file)) else {
                Issue.record("samples/expected/\(name)/\(file) is missing: record it with NCTSBRIDGE_RECORD=1")
                continue
            }
            #expect(
                data == golden,
                "samples/expected/\(name)/\(file): \(String(decoding: data.prefix(4_000), as: UTF8.self))")
        }
        guard isWhole else { return }
        for file in Scratch.files(below: folder) where produced[file] == nil {
            Issue.record("samples/expected/\(name)/\(file) is used by no sample")
        }
    }
}
