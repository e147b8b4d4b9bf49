import Foundation
import Testing

/// Inputs that no sample can hold: too large, too deep, unreadable. Each is refused with its code and place, and the
/// records around it are converted.
@Suite("Refused input")
struct RejectCodeTests {
    /// Converts an input to v2.0, and returns the result, what came out, and the rejects.
    private func convert(
        _ scratch: Scratch, _ input: String, _ more: String...
    ) throws -> (result: Bridge.Result, output: [JSONTree], rejects: [JSONTree]) {
        let result = try Bridge.run(
            ["convert", input, "--to", "v2-json", "--output", scratch.path("out.ndjson")]
                + ["--rejects", scratch.path("rejects.ndjson")] + more)
        return (result, try scratch.lines("out.ndjson"), try scratch.lines("rejects.ndjson"))
    }

    private func expectOne(_ code: String, among rejects: [JSONTree], sourceLocation: SourceLocation = #_sourceLocation)
    {
        #expect(rejects.map { $0["code"]?.text } == [code], "\(rejects)", sourceLocation: sourceLocation)
    }

    @Test("Elements nested 100,000 deep are refused, wherever they stand", arguments: ["file", "record"])
    func deepXML(_ place: String) throws {
        let deep = String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000)
        try refuses(deep, as: "too-large", asRecord: place == "record")
    }

    @Test("JSON nested 100,000 deep is refused, wherever it stands", arguments: ["file", "record"])
    func deepJSON(_ place: String) throws {
        let deep =
            #"{"accessCode":"# + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "}"
        try refuses(deep, as: "too-large", asRecord: place == "record")
    }

    @Test("A record whose line is nested 100,000 deep is refused, and its neighbours are converted")
    func deepLine() throws {
        let scratch = try Scratch()
        let deep = String(repeating: #"{"a":"#, count: 100_000) + "1" + String(repeating: "}", count: 100_000)
        try scratch.write(
            "in.ndjson",
            Samples.record("before", Samples.query()) + #"{"id":"deep","payload":\#(deep)}"# + "\n"
                + Samples.record("after", Samples.query()))
        let (result, output, rejects) = try convert(scratch, scratch.path("in.ndjson"))
        #expect(result.exitCode == 1, "\(result)")
        #expect(output.map { $0["id"]?.text } == ["before", "after"])
        expectOne("too-large", among: rejects)
        #expect(rejects.first?["line"]?.count == 2)
    }

    private func refuses(_ payload: String, as code: String, asRecord: Bool) throws {
        let scratch = try Scratch()
        if asRecord {
            try scratch.write(
                "in/a.ndjson",
                Samples.record("before", Samples.query()) + Samples.record("bad", payload)
                    + Samples.record("after", Samples.query()))
        } else {
            try scratch.write("in/a.xml", Samples.query())
            try scratch.write("in/b", payload)
            try scratch.write("in/c.xml", Samples.query())
        }
        let (result, output, rejects) = try convert(scratch, scratch.path("in"))
        #expect(result.exitCode == 1, "\(result)")
        #expect(output.count == 2)
        expectOne(code, among: rejects)
        #expect(rejects.first?["position"] != nil)
        if asRecord { #expect(rejects.first?["line"]?.count == 2) }
    }

    @Test("A message of 200 MB is passed by without being kept", arguments: ["file", "line"])
    func hugeMessage(_ place: String) throws {
        let scratch = try Scratch()
        try scratch.write("in/a.xml", Samples.query())
        try scratch.write("in/c.xml", Samples.query())
        let file = try scratch.handle(place == "line" ? "in/b.ndjson" : "in/b.xml")
        try file.write(
            contentsOf: Data(try place == "line" ? Samples.record("n1", Samples.query()).utf8 : "<CD034A>".utf8))
        if place == "line" { try file.write(contentsOf: Data(#"{"id":"n2","payload":"<CD034A>"#.utf8)) }
        let megabyte = Data((String(repeating: "<SynIdeMES1>UNOC</SynIdeMES1>", count: 36_158) + "\n").utf8)
        let piece = place == "line" ? Data(megabyte.dropLast()) : megabyte
        for _ in 0..<200 { try file.write(contentsOf: piece) }
        try file.write(contentsOf: Data((place == "line" ? "</CD034A>\"}\n" : "</CD034A>\n").utf8))
        if place == "line" { try file.write(contentsOf: Data(try Samples.record("n3", Samples.query()).utf8)) }
        try file.close()
        let (result, output, rejects) = try convert(scratch, scratch.path("in"))
        #expect(result.exitCode == 1, "\(result)")
        #expect(output.count == (place == "line" ? 4 : 2))
        expectOne("too-large", among: rejects)
        #expect(rejects.first?["payloadCut"] == .literal("true"))
        #expect(try scratch.data("rejects.ndjson").count < 1 << 20)
        #expect(result.peakMemory < 160 << 10, "\(result.peakMemory) KiB")
    }

    @Test("The limit of a message's size can be set")
    func sizeLimit() throws {
        let scratch = try Scratch()
        let padding = "<!--" + String(repeating: " ", count: 2 << 20) + "-->"
        try scratch.write("in.xml", Samples.query() + padding)
        #expect(try convert(scratch, scratch.path("in.xml")).result.exitCode == 0)
        let (result, _, rejects) = try convert(scratch, scratch.path("in.xml"), "--max-message-size", "1")
        #expect(result.exitCode == 1)
        expectOne("too-large", among: rejects)
    }

    @Test("Empty and half lines harm no others")
    func emptyAndHalfLines() throws {
        let scratch = try Scratch()
        let half = try Samples.record("half", Samples.query()).prefix(60)
        try scratch.write(
            "in.ndjson",
            Samples.record("r1", Samples.query()) + "\n" + half + "\n" + Samples.record("r2", Samples.query()) + "   \n"
                + Samples.record("r3", Samples.query()) + half)
        let (result, output, rejects) = try convert(scratch, scratch.path("in.ndjson"))
        #expect(result.exitCode == 1)
        #expect(output.map { $0["id"]?.text } == ["r1", "r2", "r3"])
        #expect(rejects.map { $0["code"]?.text } == ["malformed-json", "malformed-json"])
        #expect(rejects.map { $0["line"]?.count } == [3, 7])
    }

    @Test("Line ends may be of either kind, and the last may be missing")
    func lineEnds() throws {
        let scratch = try Scratch()
        try scratch.write(
            "in.ndjson",
            try Samples.record("r1", Samples.query()).dropLast() + "\r\n"
                + Samples.record("r2", Samples.query()).dropLast())
        let (result, output, _) = try convert(scratch, scratch.path("in.ndjson"))
        #expect(result.exitCode == 0, "\(result)")
        #expect(output.map { $0["id"]?.text } == ["r1", "r2"])
    }

    @Test("An entity bomb is refused before it grows, and its neighbours are converted")
    func entityBomb() throws {
        let scratch = try Scratch()
        var bomb = "<!DOCTYPE CD034A [<!ENTITY e0 'aaaaaaaaaa'>"
        for level in 1...9 {
            let inner = String(repeating: "&e\(level - 1);", count: 10)
            bomb += "<!ENTITY e\(level) '\(inner)'>"
        }
        bomb += "]>" + Samples.query().replacing("NTA.GB", with: "&e9;")
        try scratch.write(
            "in.ndjson",
            Samples.record("r1", Samples.query()) + Samples.record("bomb", bomb)
                + Samples.record("r2", Samples.query()))
        let (result, output, rejects) = try convert(scratch, scratch.path("in.ndjson"))
        #expect(result.exitCode == 1)
        #expect(output.map { $0["id"]?.text } == ["r1", "r2"])
        expectOne("doctype", among: rejects)
        #expect(result.peakMemory < 160 << 10)
    }

    @Test("What can't be read is a reject, and the rest of the folder is converted")
    func unreadable() throws {
        let scratch = try Scratch()
        try scratch.write("in/a.xml", Samples.query())
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("in/b.xml"), withDestinationPath: scratch.path("nowhere.xml"))
        try scratch.write("in/c.xml", Samples.query())
        let (result, output, rejects) = try convert(scratch, scratch.path("in"))
        #expect(result.exitCode == 1)
        #expect(output.count == 2)
        expectOne("unreadable", among: rejects)
        #expect(rejects.first?["file"]?.text?.hasSuffix("/in/b.xml") == true)
    }

    @Test("A file that may not be read is a reject")
    func forbidden() throws {
        let scratch = try Scratch()
        try scratch.write("in/a.xml", Samples.query())
        try scratch.write("in/b.xml", Samples.query())
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: scratch.path("in/b.xml"))
        // Root reads everything.
        guard (try? Data(contentsOf: scratch.url("in/b.xml"))) == nil else { return }
        let (result, output, rejects) = try convert(scratch, scratch.path("in"))
        #expect(result.exitCode == 1)
        #expect(output.count == 1)
        expectOne("unreadable", among: rejects)
    }

    @Test("Each reject code that a small file can cause is shown by a committed sample")
    func codes() throws {
        let scratch = try Scratch()
        try Bridge.run(
            ["convert", "samples/bad", "--to", "v2-json", "--output", scratch.path("out/")]
                + ["--rejects", scratch.path("rejects.ndjson")])
        let codes = Set(try scratch.lines("rejects.ndjson").compactMap { $0["code"]?.text })
        #expect(
            codes == [
                "malformed-xml", "malformed-json", "malformed-csv", "encoding", "doctype", "unknown-message",
                "ambiguous-format",
                "missing-context", "schema", "no-counterpart",
            ])
    }

    @Test(
        "Of what is malformed, the place is told",
        arguments: ["truncated.xml", "control-character.xml", "truncated.json"])
    func places(_ sample: String) throws {
        let scratch = try Scratch()
        let (_, _, rejects) = try convert(scratch, "samples/bad/\(sample)")
        let position = try #require(rejects.first?["position"])
        let line = try #require(position["line"]?.count)
        #expect(line > (sample == "truncated.xml" ? 19 : sample == "control-character.xml" ? 4 : 0))
        #expect(position["column"]?.count ?? 0 > 0)
        if sample.hasSuffix("json") { #expect(position["offset"]?.count ?? 0 > 50) }
    }

    @Test("A conversion that can't be undone is refused where that is checked")
    func law() throws {
        let scratch = try Scratch()
        // The mappings as they are, but for one message that is not known again.
        let folder = scratch.url("mappings")
        // File by file: a link would be copied as a link, and the originals changed through it.
        let originals = Bridge.package.appendingPathComponent("mappings").resolvingSymlinksInPath()
        for file in Scratch.files(below: originals) {
            try scratch.write("mappings/" + file, Data(contentsOf: originals.appendingPathComponent(file)))
        }
        let rules = try scratch.text("mappings/rules/v2-balance.yaml")
        let changed = rules.replacing("has: [body/balance]", with: #"match: {status: "999"}"#)
        #expect(changed != rules)
        try scratch.write("mappings/rules/v2-balance.yaml", changed)
        let arguments = ["--mappings", folder.path, "--quiet"]
        let inputs = ["samples/v1-xml/CD034A.xml", "samples/v1-xml/CD037A-type-0.xml", "samples/v1-xml/CD906A.xml"]
        let output = ["--output", scratch.path("out.ndjson"), "--rejects", scratch.path("rejects.ndjson")]
        let plain = try Bridge.run(["convert"] + inputs + ["--to", "v2-json"] + arguments + output)
        #expect(plain.exitCode == 0, "\(plain)")
        let verified = try Bridge.run(["convert"] + inputs + ["--to", "v2-json", "--verify"] + arguments + output)
        #expect(verified.exitCode == 1, "\(verified)")
        #expect(try scratch.lines("out.ndjson").count == 2)
        expectOne("law", among: try scratch.lines("rejects.ndjson"))
    }
}
