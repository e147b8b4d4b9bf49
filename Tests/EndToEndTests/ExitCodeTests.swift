import Foundation
import Testing

@Suite("Exit codes")
struct ExitCodeTests {
    private let good = "samples/v1-xml/CD034A.xml"
    private let convert = ["convert", "--to", "v2-json"]

    @Test("0 when all were converted")
    func allConverted() throws {
        #expect(try Bridge.run(convert + [good]).exitCode == 0)
        #expect(try Bridge.run(["validate", good]).exitCode == 0)
        #expect(try Bridge.run(["explain", good, "--to", "v2-json"]).exitCode == 0)
        #expect(try Bridge.run(["mappings", "check"]).exitCode == 0)
        #expect(try Bridge.run(["--help"]).exitCode == 0)
    }

    @Test("1 when any was not")
    func someRejected() throws {
        let bad = "samples/bad/truncated.xml"
        #expect(try Bridge.run(convert + [good, bad]).exitCode == 1)
        #expect(try Bridge.run(["validate", good, bad]).exitCode == 1)
        #expect(try Bridge.run(["explain", bad, "--to", "v2-json"]).exitCode == 1)
        #expect(try Bridge.run(convert + ["samples/v1-xml/CD034A-other-question.xml"]).exitCode == 1)
    }

    @Test(
        "64 when the command is used wrongly",
        arguments: [
            ["convert", "samples/v1-xml"], ["convert", "--to", "v2-json"], ["convert", "samples", "--to", "edifact"],
            ["convert", "samples/v1-xml", "--to", "v1-xml", "--emit", "body"],
            ["convert", "-", "--to", "v2-json", "--pair"],
            ["convert", "samples/v1-xml", "--to", "v2-json", "--output", "/dev/null", "--remainder", "kept.ndjson.gz"],
            ["convert", "samples/v1-xml", "--to", "v2-json", "--jobs", "0"], ["konvert"],
            ["convert", "samples/v1-xml", "--to", "v2-json", "--max-message-size", "0"], ["mappings", "frobnicate"],
        ])
    func wrongUsage(_ arguments: [String]) throws {
        let result = try Bridge.run(arguments)
        #expect(result.exitCode == 64, "\(result)")
        #expect(result.output.isEmpty)
        #expect(!result.errors.isEmpty)
    }

    @Test(
        "64 when an output lies where inputs are looked for",
        arguments: [
            "--output", "--output FOLDER/", "--remainder", "--rejects", "--report", "--findings", "--manifest",
        ])
    func outputAmongInputs(_ option: String) throws {
        let scratch = try Scratch()
        let message = try Data(contentsOf: Bridge.package.appendingPathComponent(good))
        try scratch.write("in/a.xml", message)
        try FileManager.default.createSymbolicLink(at: scratch.url("also"), withDestinationURL: scratch.url("in"))
        let isFolder = option.hasSuffix("/")
        let name = option.split(separator: " ")[0].description
        func run(_ output: String) throws -> Bridge.Result {
            var arguments = convert + ["in", name, output + (isFolder ? "/" : "")]
            if name != "--output" { arguments += ["--output", "out"] }
            return try Bridge.run(arguments, in: scratch.url)
        }
        for output in ["in/x", "./in/new/x", "also/x", scratch.path("in/x")] {
            let result = try run(output)
            #expect(result.exitCode == 64, "\(output): \(result)")
            #expect(result.errorText.contains("\(name) would write among the files of an input"))
            #expect(Scratch.files(below: scratch.url("in")) == ["a.xml"])
        }
        // Wherever a link leads to.
        try FileManager.default.createDirectory(at: scratch.url("far/away"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(at: scratch.url("in/link"), withDestinationURL: scratch.url("far"))
        try FileManager.default.createSymbolicLink(at: scratch.url("down"), withDestinationURL: scratch.url("far/away"))
        for output in ["far/x", "down/../x", "far/new/x"] {
            let result = try run(output)
            #expect(result.exitCode == 64, "\(output): \(result)")
        }
        // What is hidden is no input.
        for output in ["in/.x", "inside"] {
            let result = try run(output)
            #expect(result.exitCode == 0, "\(output): \(result)")
        }
    }

    @Test(
        "64 when an output would take the place of what is read, or of another output",
        arguments: [
            "a.part --output a", "a.checkpoint --output a", "b.part --remainder b --output out", "a --output ./a",
            "a --output c.yaml --context c.yaml", "a --output out --rejects c.yaml --context c.yaml",
            "a --output out --manifest key.pem --manifest-key key.pem",
            "a --output key.pem --manifest m --manifest-key key.pem",
            "a --mappings maps --output maps/rules/CD034A.yaml", "a --output out --report out.checkpoint",
            "a --output out --report out.part", "a --output out --rejects link/out", "w/a.json --output w/",
            "w --output ./",
            "w/a.json --output link/w/", "a --output out/ --remainder out/", "a --output out/ --remainder out/kept/",
        ])
    func destroying(_ line: String) throws {
        let scratch = try Scratch()
        let message = try Data(contentsOf: Bridge.package.appendingPathComponent(good))
        for name in ["a", "a.part", "a.checkpoint", "b.part", "w/a.json"] { try scratch.write(name, message) }
        for name in ["c.yaml", "key.pem"] { try scratch.write(name, "tin: GB123456789012\n") }
        try FileManager.default.copyItem(
            at: Bridge.package.appendingPathComponent("mappings"), to: scratch.url("maps"))
        try FileManager.default.createSymbolicLink(at: scratch.url("link"), withDestinationURL: scratch.url)
        func state() throws -> [String: Data] {
            let names = Scratch.files(below: scratch.url).filter { !$0.hasPrefix("link") }
            return Dictionary(uniqueKeysWithValues: try names.map { ($0, try scratch.data($0)) })
        }
        let before = try state()
        let result = try Bridge.run(convert + line.split(separator: " ").map(String.init), in: scratch.url)
        #expect(result.exitCode == 64, "\(result)")
        #expect(result.errorText.contains("would ") || result.errorText.contains("name one file"))
        #expect(try state() == before)
    }

    @Test("A mirrored folder leaves the names of other outputs alone")
    func reservedNames() throws {
        let scratch = try Scratch()
        let message = try Data(contentsOf: Bridge.package.appendingPathComponent(good))
        try scratch.write("in/a.xml", message)
        try scratch.write("in/b.xml", message)
        let result = try Bridge.run(
            convert + ["in", "--output", "out/", "--report", "out/a.json", "--rejects", "out/b.xml.json"],
            in: scratch.url)
        #expect(result.exitCode == 0, "\(result)")
        #expect(Scratch.files(below: scratch.url("out")) == ["a.json", "a.xml.json", "b.json", "b.xml.json"])
        #expect(try scratch.text("out/a.json").contains("schemaVersion"))
        #expect(try scratch.text("out/a.xml.json") == scratch.text("out/b.json"))
    }

    @Test("66 when there is no input")
    func noInput() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(at: scratch.url("empty/below"), withIntermediateDirectories: true)
        for command in [convert, ["validate"], ["explain", "--to", "v2-json"]] {
            for input in [scratch.path("nowhere.xml"), scratch.path("empty")] {
                let result = try Bridge.run(command + [input])
                #expect(result.exitCode == 66, "\(command) \(input): \(result)")
                #expect(result.errorText.contains(input))
            }
        }
        #expect(try Bridge.run(convert + [good, "--context", scratch.path("nowhere.yaml")]).exitCode == 66)
    }

    @Test("73 when the disk is full", arguments: ["--output", "--rejects", "--report", "--findings", "--remainder"])
    func fullDisk(_ option: String) throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let scratch = try Scratch()
        // Each output gets something to write.
        let inputs = ["samples/v1-xml", "samples/bad"]
        var arguments = convert + inputs + [option, "/dev/full"]
        if option != "--output" { arguments += ["--output", scratch.path("out.ndjson")] }
        let result = try Bridge.run(arguments)
        #expect(result.exitCode == 73, "\(result)")
        #expect(result.errorText.contains("/dev/full"))
    }

    @Test("73 when standard output is full")
    func fullStandardOutput() throws {
        guard let full = FileHandle(forWritingAtPath: "/dev/full") else { return }
        for command in [convert, ["validate"], ["explain", "--to", "v2-json"]] {
            let result = try Bridge.run(command + [good], output: full)
            #expect(result.exitCode == 73, "\(command): \(result)")
        }
    }

    @Test("73 when an output can't be made, and nothing half-written stays behind")
    func unwritable() throws {
        let scratch = try Scratch()
        try scratch.write("file", "not a folder\n")
        let inFile = try Bridge.run(convert + [good, "--output", scratch.path("file/out.ndjson")])
        #expect(inFile.exitCode == 73, "\(inFile)")
        let folder = try Bridge.run(convert + [good, "--rejects", scratch.url.path])
        #expect(folder.exitCode == 73, "\(folder)")
        let full = try Bridge.run(
            convert + ["samples/v1-xml", "--output", scratch.path("out.ndjson"), "--rejects", "/dev/full"])
        #expect(full.exitCode == 73, "\(full)")
        // An output that was whole before another failed may stay, under its own name.
        #expect(Scratch.files(below: scratch.url).filter { $0 != "out.ndjson" } == ["file"])
    }

    @Test("What is written is its owner's alone")
    func permissions() throws {
        let scratch = try Scratch()
        try Bridge.run(
            convert + [
                "samples/v1-xml", "--output", scratch.path("out/"), "--remainder", scratch.path("remainder.ndjson"),
            ]
                + ["--rejects", scratch.path("rejects.ndjson"), "--findings", scratch.path("findings.ndjson")]
                + ["--report", scratch.path("report.json")])
        let files = Scratch.files(below: scratch.url)
        #expect(files.count > 30)
        for file in files {
            let mode = try FileManager.default.attributesOfItem(atPath: scratch.path(file))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(file)")
        }
    }
}
