import Foundation
import Testing

/// Messages that are alike are told apart by what they belong to, or not at all; and nothing is written over an input.
@Suite("What belongs to what")
struct IdentityTests {
    @Test("Lines that were filtered or turned round get their own remainders, by their ids")
    func filtered() throws {
        let scratch = try Scratch()
        try convertArchive(scratch)
        let lines = try String(contentsOfFile: scratch.path("there.ndjson"), encoding: .utf8).split(separator: "\n")
        // What was no XML before takes generated identifiers, which depend on a record's place.
        let wasXML = try scratch.lines("remainder.ndjson").filter { $0["original"]?["format"]?.text == "v1-xml" }
        let ids = Set(wasXML.compactMap { $0["id"]?.text })
        let whole = try back(scratch, lines)
        let some = try back(scratch, lines.reversed().filter { $0.utf8.count % 2 == 0 })
        #expect(some.count > 50)
        for (id, message) in some where ids.contains(id) { #expect(whole[id] == message, "\(id)") }
    }

    @Test("A record whose remainder is missing is refused, though another's would fit")
    func missing() throws {
        let scratch = try Scratch()
        try convertArchive(scratch)
        let lines = try String(contentsOfFile: scratch.path("remainder.ndjson"), encoding: .utf8).split(separator: "\n")
        try Data((lines.prefix(5).joined(separator: "\n") + "\n").utf8)
            .write(to: URL(fileURLWithPath: scratch.path("remainder.ndjson")))
        let run = try Bridge.run(
            ["convert", scratch.path("there.ndjson"), "--to", "v1-xml", "--output", scratch.path("back.ndjson")]
                + ["--remainder", scratch.path("remainder.ndjson")] + Samples.context)
        #expect(run.exitCode == 1)
        #expect(try scratch.lines("back.ndjson").count <= 5)
    }

    @Test("Without ids, what is alike is refused rather than guessed")
    func withoutIds() throws {
        let scratch = try Scratch()
        let query = try String(
            contentsOf: Bridge.package.appendingPathComponent("samples/v1-xml/CD034A-three-guarantees.xml"),
            encoding: .utf8)
        let message = query.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined()
        let other = message.replacingOccurrences(of: "GB034A", with: "GB034B")
        try Data("\(message)\n\(other)\n".utf8).write(to: URL(fileURLWithPath: scratch.path("queries.txt")))
        let there = try Bridge.run(
            ["convert", scratch.path("queries.txt"), "--to", "v2-json", "--emit", "body", "--output"]
                + [scratch.path("bodies"), "--remainder", scratch.path("remainder.ndjson")])
        #expect(there.exitCode == 0, "\(there)")
        let back = try Bridge.run(
            ["convert", scratch.path("bodies"), "--to", "v1-xml", "--remainder", scratch.path("remainder.ndjson")]
                + ["--rejects", scratch.path("rejects.ndjson")])
        #expect(back.exitCode == 1, "\(back)")
        #expect(back.output.isEmpty)
        #expect(try scratch.lines("rejects.ndjson").count == 2)
    }

    @Test(
        "No output is written over an input, or over another output", arguments: ["--output", "--report", "--rejects"])
    func overwriting(_ option: String) throws {
        let scratch = try Scratch()
        let sample = Bridge.package.appendingPathComponent("samples/v1-xml/CD037A-type-0.xml")
        let before = try Data(contentsOf: sample)
        try before.write(to: URL(fileURLWithPath: scratch.path("answer.xml")))
        let over = try Bridge.run(
            ["convert", scratch.path("answer.xml"), "--to", "v2-json", option, scratch.path("answer.xml")])
        #expect(over.exitCode == 64, "\(over)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.path("answer.xml"))) == before)
        let twice = try Bridge.run(
            ["convert", scratch.path("answer.xml"), "--to", "v2-json", option, scratch.path("one")]
                + ["--findings", scratch.path("one")])
        #expect(twice.exitCode == 64, "\(twice)")
    }

    @Test("A second message that stands as text beside the first is not lost in silence")
    func secondMessage() throws {
        let scratch = try Scratch()
        let answer = #"{\"balance\":1,\"currency\":\"GBP\"}"#
        let query = #"{"taxIdentifier":"GB1","guaranteeReference":"20GB0000010000GX1","accessCode":"AC01"}"#
        try Data(#"{"request":\#(query),"answer":"\#(answer)"}"#.utf8)
            .write(to: URL(fileURLWithPath: scratch.path("both.json")))
        let run = try Bridge.run(
            ["convert", scratch.path("both.json"), "--to", "v2-json", "--rejects", scratch.path("rejects.ndjson")])
        #expect(run.exitCode == 1, "\(run)")
        #expect(try scratch.lines("rejects.ndjson").first?["code"]?.text == "unknown-message")
    }

    private func convertArchive(_ scratch: Scratch) throws {
        let run = try Bridge.run(
            ["convert", "samples/archive/archive.ndjson", "--to", "v2-json", "--output", scratch.path("there.ndjson")]
                + ["--remainder", scratch.path("remainder.ndjson")] + Samples.context)
        #expect(run.exitCode == 1, "\(run)")
    }

    /// The messages that lines become on the way back, by id.
    private func back(_ scratch: Scratch, _ lines: [Substring]) throws -> [String: String] {
        try Data((lines.joined(separator: "\n") + "\n").utf8)
            .write(to: URL(fileURLWithPath: scratch.path("some.ndjson")))
        let run = try Bridge.run(
            ["convert", scratch.path("some.ndjson"), "--to", "v1-xml", "--output", scratch.path("back.ndjson")]
                + ["--remainder", scratch.path("remainder.ndjson")] + Samples.context)
        #expect(run.exitCode <= 1, "\(run)")
        var messages: [String: String] = [:]
        for record in try scratch.lines("back.ndjson") {
            messages[record["id"]?.text ?? ""] = record["message"]?.text
        }
        return messages
    }
}
