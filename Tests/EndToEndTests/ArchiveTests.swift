import Foundation
import Testing

/// A whole archive, there and back.
@Suite("The sample archive")
struct ArchiveTests {
    /// The archive in v2.0's terms, with everything that a run writes.
    private static func convert(_ scratch: Scratch, _ more: String...) throws -> Bridge.Result {
        try Bridge.run(
            ["convert", Samples.archive, "--to", "v2-json", "--output", scratch.path("v2.ndjson")]
                + ["--remainder", scratch.path("remainder.ndjson"), "--rejects", scratch.path("rejects.ndjson")]
                + ["--report", scratch.path("report.json"), "--findings", scratch.path("findings.ndjson")]
                + Samples.context + more)
    }

    /// The archive's payloads by id; lines that are no JSON are left out.
    private static func originals() throws -> [String: JSONTree] {
        let data = try Data(contentsOf: Bridge.package.appendingPathComponent(Samples.archive))
        var payloads: [String: JSONTree] = [:]
        for line in data.split(separator: 0x0A) {
            guard let record = try? JSONTree(Data(line)), let id = record["id"]?.text else { continue }
            payloads[id] = record["payload"]
        }
        return payloads
    }

    @Test("Twenty records are refused, each for its reason, and all others converted")
    func rejects() throws {
        let scratch = try Scratch()
        let result = try Self.convert(scratch, "--verify")
        #expect(result.exitCode == 1)
        #expect(result.output.isEmpty)
        #expect(
            result.errorText.hasPrefix("300 records read: 280 converted to v2-json, 6 without counterpart, 14 rejected")
        )
        #expect(try scratch.lines("v2.ndjson").count == 280)
        #expect(try scratch.lines("remainder.ndjson").count == 280)
        #expect(try scratch.lines("findings.ndjson").count == 280)
        let rejects = try scratch.lines("rejects.ndjson")
        let codes = Dictionary(grouping: rejects.compactMap { $0["code"]?.text }, by: { $0 }).mapValues(\.count)
        #expect(
            codes == [
                "malformed-xml": 2, "malformed-json": 2, "encoding": 1, "doctype": 2, "unknown-message": 2,
                "ambiguous-format": 2, "schema": 3, "no-counterpart": 6,
            ])
        for reject in rejects {
            let line = try #require(reject["line"]?.count)
            #expect(reject["file"]?.text == Samples.archive)
            #expect(reject["position"] != nil && reject["message"]?.text?.isEmpty == false)
            // Records stand one to a line; the half one has no id that could be read.
            let number = String(line)
            let id = "r" + String(repeating: "0", count: 3 - number.count) + number
            #expect(reject["id"]?.text == id || reject["id"]?.text == "\(Samples.archive):\(line)")
        }
    }

    @Test("Records come out in the order they went in")
    func order() throws {
        let scratch = try Scratch()
        _ = try Self.convert(scratch)
        let ids = try scratch.lines("v2.ndjson").compactMap { $0["id"]?.text }
        #expect(ids == ids.sorted() && Set(ids).count == 280)
        let lines = try scratch.lines("v2.ndjson").compactMap { $0["source"]?["line"]?.count }
        #expect(lines == lines.sorted())
    }

    @Test("The way back with the remainder gives each original, leaf for leaf", arguments: ["v1-xml", "v1-json"])
    func wayBack(_ target: String) throws {
        let scratch = try Scratch()
        _ = try Self.convert(scratch)
        let result = try Bridge.run(
            ["convert", scratch.path("v2.ndjson"), "--to", target]
                + ["--remainder", scratch.path("remainder.ndjson"), "--output", scratch.path("back.ndjson")]
                + ["--rejects", scratch.path("back-rejects.ndjson")] + Samples.context)
        // What came from v1.0's JSON may have no counterpart in XML.
        #expect(result.exitCode == (target == "v1-xml" ? 1 : 0), "\(result)")
        let codes = try scratch.lines("back-rejects.ndjson").map { $0["code"]?.text }
        #expect(codes.allSatisfy { $0 == "no-counterpart" }, "\(codes)")
        let originals = try Self.originals()
        var formats: [String: String] = [:]
        for line in try scratch.lines("v2.ndjson") {
            guard let id = line["id"]?.text, let format = line["source"]?["format"]?.text else { continue }
            formats[id] = format
        }
        var compared = 0
        for line in try scratch.lines("back.ndjson") {
            let id = try #require(line["id"]?.text)
            guard formats[id] == target else { continue }
            let before = try #require(originals[id])
            let after = try #require(line["message"])
            if target == "v1-xml" {
                let text = try #require(after.text)
                #expect(try XMLLeaves.read(Self.decoded(before)) == XMLLeaves.read(text), "\(id)")
            } else {
                let original = try before.text.map { try JSONTree($0) } ?? before
                #expect(original == after, "\(id)")
            }
            compared += 1
        }
        #expect(compared == formats.values.count { $0 == target })
        #expect(compared > 100)
    }

    /// A payload's XML: plain, or base64.
    private static func decoded(_ payload: JSONTree) throws -> String {
        let text = try #require(payload.text)
        guard !text.hasPrefix("<") else { return text }
        return String(decoding: try #require(Data(base64Encoded: text)), as: UTF8.self)
    }

    @Test("A remainder is refused with an output that it does not belong to")
    func strangeRemainder() throws {
        let scratch = try Scratch()
        _ = try Self.convert(scratch)
        let changed = try scratch.text("v2.ndjson").replacing(#""currency":"GBP""#, with: #""currency":"SEK""#)
        try scratch.write("changed.ndjson", changed)
        try Bridge.run(
            ["convert", scratch.path("changed.ndjson"), "--from", "v2-json", "--to", "v1-xml"] + Samples.context
                + ["--remainder", scratch.path("remainder.ndjson"), "--output", scratch.path("back.ndjson")]
                + ["--rejects", scratch.path("back-rejects.ndjson")])
        let changedCount = changed.split(separator: "\n").count { $0.contains(#""currency":"SEK""#) }
        let refused = try scratch.lines("back-rejects.ndjson").filter { $0["code"]?.text == "missing-context" }
        #expect(refused.count == changedCount)
        #expect(changedCount > 50)
    }

    @Test("The same bytes come out whatever the number of workers", arguments: [2, 7])
    func workers(_ jobs: Int) throws {
        let one = try Scratch()
        let many = try Scratch()
        _ = try Self.convert(one, "--jobs", "1", "--verify")
        _ = try Self.convert(many, "--jobs", "\(jobs)", "--verify")
        for file in ["v2.ndjson", "remainder.ndjson", "rejects.ndjson", "report.json", "findings.ndjson"] {
            #expect(try one.data(file) == many.data(file), "\(file)")
        }
    }

    @Test("The report's counts add up, and the findings add up to the report")
    func report() throws {
        let scratch = try Scratch()
        _ = try Self.convert(scratch)
        let report = try JSONTree(scratch.data("report.json"))
        #expect(report["schemaVersion"]?.count == 1)
        func counts(_ tree: JSONTree?) -> [String: Int] { tree?.members.compactMapValues(\.count) ?? [:] }
        let records = counts(report["records"])
        #expect(records == ["read": 300, "converted": 280, "noCounterpart": 6, "rejected": 14])
        let messages = report["messages"]?.members ?? [:]
        for name in records.keys {
            #expect(messages.values.compactMap { $0[name]?.count }.reduce(0, +) == records[name])
        }
        #expect(counts(report["rejects"]).values.reduce(0, +) == 20)
        let findings = try scratch.lines("findings.ndjson")
        for side in ["read", "written"] {
            var leaves = counts(report["leaves"]?[side])
            let total = leaves.removeValue(forKey: "total")
            #expect(leaves.values.reduce(0, +) == total)
            // Rejected leaves are counted, but only what was converted has findings.
            let outcomes = findings.flatMap { $0[side]?.items ?? [] }.compactMap { $0["outcome"]?.text }
            let found = Dictionary(grouping: outcomes, by: { $0 }).mapValues(\.count)
            leaves["rejected"] = nil
            #expect(leaves.filter { $0.value > 0 } == found)
        }
        let losses = report["losses"]?.items ?? []
        #expect(
            losses.filter { $0["outcome"]?.text == "lost" }.compactMap { $0["count"]?.count }.reduce(0, +)
                == report["leaves"]?["read"]?["lost"]?.count)
        #expect(counts(report["mappings"]).count > 20)
    }

    @Test("The report does not grow with the archive")
    func reportSize() throws {
        let scratch = try Scratch()
        let archive = try Data(contentsOf: Bridge.package.appendingPathComponent(Samples.archive))
        try scratch.write("ten.ndjson", (0..<10).reduce(into: Data()) { data, _ in data += archive })
        _ = try Self.convert(scratch)
        try Bridge.run(
            ["convert", scratch.path("ten.ndjson"), "--to", "v2-json", "--output", scratch.path("ten-v2.ndjson")]
                + ["--report", scratch.path("ten.json")] + Samples.context)
        #expect(try scratch.data("ten.json").count < scratch.data("report.json").count + 500)
    }
}
