import Foundation
import Testing

/// Each folder of samples, there and back through files, with the remainder.
@Suite("The way back")
struct WayBackTests {
    struct Way: CustomTestStringConvertible, Sendable {
        var from: String
        var to: String
        var more: [String] = []

        var testDescription: String { "\(from) to \(to) \(more.joined(separator: " "))" }
    }

    static let ways = [
        Way(from: "v1-xml", to: "v2-json"), Way(from: "v1-xml", to: "v1-json"),
        Way(from: "v1-xml", to: "v1-json", more: ["--v1-form", "get"]), Way(from: "v1-json", to: "v2-json"),
        Way(from: "v1-json", to: "v1-xml"), Way(from: "v2-json", to: "v1-json"),
        Way(from: "v2-json", to: "v1-json", more: ["--v1-form", "get"]), Way(from: "v2-json", to: "v1-xml"),
    ]

    @Test(
        "An access code comes back from the message, with the white space around it from the remainder",
        arguments: ["v1-json", "v2-json"], [" AC01 ", "\n      AC01\n    ", "\tAC01"])
    func spacedSecret(_ target: String, _ spelled: String) throws {
        let scratch = try Scratch()
        let original = try String(
            contentsOf: Bridge.package.appendingPathComponent("samples/v1-xml/CD034A.xml"), encoding: .utf8)
        let spaced = original.replacingOccurrences(of: ">AC01<", with: ">\(spelled)<")
        try #require(spaced != original)
        try scratch.write("a.xml", spaced)
        let there = try Bridge.run(
            ["convert", "a.xml", "--to", target, "--output", "there.ndjson", "--remainder", "kept.ndjson"],
            in: scratch.url)
        #expect(there.exitCode == 0, "\(there)")
        #expect(!(try scratch.text("kept.ndjson")).contains("AC01"))
        let back = try Bridge.run(
            [
                "convert", "there.ndjson", "--to", "v1-xml", "--output", "back.ndjson", "--remainder", "kept.ndjson",
                "--report", "report.json",
            ], in: scratch.url)
        #expect(back.exitCode == 0, "\(back)")
        let message = try #require(try scratch.lines("back.ndjson").first?["message"]?.text)
        #expect(try XMLLeaves.read(message) == XMLLeaves.read(spaced))
    }

    @Test(
        "Nothing is written where a remainder is read",
        arguments: [
            ["--output", "kept/"], ["--output", "kept/below/"], ["--output", "./"],
            ["--output", "out/", "--rejects", "kept/r"],
            ["--output", "kept/all.ndjson"], ["--output", "link/"],
        ])
    func keptApart(_ outputs: [String]) throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(at: scratch.url("in"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: Bridge.package.appendingPathComponent("samples/v1-json/query-exchange.json"),
            to: scratch.url("in/a.json"))
        try FileManager.default.createSymbolicLink(at: scratch.url("link"), withDestinationURL: scratch.url("kept"))
        let there = try Bridge.run(
            ["convert", "in", "--to", "v2-json", "--output", "there/", "--remainder", "kept/"], in: scratch.url)
        #expect(there.exitCode == 0, "\(there)")
        let kept = try scratch.data("kept/a.json")
        let back = ["convert", "there/a.json", "--to", "v1-json", "--remainder", "kept/"]
        let result = try Bridge.run(back + outputs, in: scratch.url)
        #expect(result.exitCode == 64, "\(result)")
        #expect(try scratch.data("kept/a.json") == kept)
        #expect(Scratch.files(below: scratch.url("kept")) == ["a.json"])
        #expect(try Bridge.run(back + ["--output", "out/"], in: scratch.url).exitCode == 0)
    }

    /// Samples that repeat a refused access code, which no remainder keeps.
    static let masked = ["CD906A-refused-access-code.xml", "error-400-access-code-format.json"]

    @Test("Each sample comes back leaf for leaf", arguments: ways, [[], ["--lenient"]])
    func back(_ way: Way, _ lenient: [String]) throws {
        let scratch = try Scratch()
        let there = try Bridge.run(
            ["convert", "samples/\(way.from)", "--from", way.from, "--to", way.to] + way.more + lenient
                + ["--output", scratch.path("there.ndjson"), "--remainder", scratch.path("remainder.ndjson")]
                + Samples.context)
        #expect(there.exitCode <= 1, "\(there)")
        let count = try scratch.lines("there.ndjson").count
        #expect(count > 10)
        let back = try Bridge.run(
            ["convert", scratch.path("there.ndjson"), "--to", way.from] + lenient
                + ["--output", scratch.path("back.ndjson"), "--remainder", scratch.path("remainder.ndjson")])
        #expect(back.exitCode == 0, "\(back)")
        let records = try scratch.lines("back.ndjson")
        #expect(records.count == count)
        for record in records {
            let path = try #require(record["id"]?.text)
            let original = try Data(contentsOf: Bridge.package.appendingPathComponent(path))
            let message = try #require(record["message"])
            if Self.masked.contains(where: path.hasSuffix) {
                #expect("\(message)".contains("****"), "\(path)")
            } else if way.from == "v1-xml" {
                let text = String(decoding: original, as: UTF8.self)
                #expect(try XMLLeaves.read(text) == XMLLeaves.read(message.text ?? ""), "\(path)")
            } else {
                #expect(try JSONTree(original) == message, "\(path)")
            }
        }
    }

    @Test("Envelopes and encodings come back too", arguments: ["envelopes", "encodings"])
    func surroundings(_ folder: String) throws {
        let scratch = try Scratch()
        let there = try Bridge.run(
            ["convert", "samples/\(folder)", "--to", "v2-json", "--output", scratch.path("there.ndjson")]
                + ["--remainder", scratch.path("remainder.ndjson")] + Samples.context)
        #expect(there.exitCode == 0, "\(there)")
        var formats: [String: String] = [:]
        for line in try scratch.lines("there.ndjson") {
            if let id = line["id"]?.text { formats[id] = line["source"]?["format"]?.text }
        }
        for target in ["v1-xml", "v1-json"] {
            let back = try Bridge.run(
                ["convert", scratch.path("there.ndjson"), "--to", target, "--output", scratch.path("back.ndjson")]
                    + ["--remainder", scratch.path("remainder.ndjson")] + Samples.context)
            #expect(back.exitCode == 0, "\(back)")
            for record in try scratch.lines("back.ndjson") {
                let path = try #require(record["id"]?.text)
                // A message that is a text in its envelope comes back alone.
                guard path.hasPrefix("samples/"), formats[path] == target,
                    !["cdata", "escaped", "base64", "exchange"].contains(where: path.contains)
                else { continue }
                let url = Bridge.package.appendingPathComponent(path)
                let message = try #require(record["message"])
                let original = try Self.text(of: url)
                if target == "v1-xml" {
                    #expect(try XMLLeaves.read(original) == XMLLeaves.read(message.text ?? ""), "\(path)")
                } else {
                    #expect(try JSONTree(original) == message, "\(path)")
                }
            }
        }
    }

    private static func text(of url: URL) throws -> String {
        let data = try Data(contentsOf: url)
        let name = url.lastPathComponent
        let encoding: String.Encoding =
            if name.hasPrefix("utf-16-le-") {
                .utf16LittleEndian
            } else if name.hasPrefix("utf-16-be-") {
                .utf16BigEndian
            } else if name.hasPrefix("utf-16") {
                .utf16
            } else if name.hasPrefix("iso-8859-1") {
                .isoLatin1
            } else if name.hasPrefix("windows-1252") {
                .windowsCP1252
            } else {
                .utf8
            }
        let text = try #require(String(data: data, encoding: encoding))
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }
}
