import Foundation
import Testing

@Suite("Options of convert")
struct OptionTests {
    @Test(
        "A folder is mirrored, with one remainder file, and comes back", arguments: ["remainder.ndjson", "remainder/"])
    func mirrored(_ remainder: String) throws {
        let scratch = try Scratch()
        let names = ["CD034A", "CD037A-type-0", "CD037A-every-optional-leaf", "CD906A", "CD034A-three-guarantees"]
        for (number, name) in names.enumerated() {
            try scratch.write("in/year-\(number % 2)/\(name).xml", try Samples.text("v1-xml/\(name).xml"))
        }
        try scratch.write("in/deep/er/records.ndjson", try Samples.record("x1", Samples.query()))
        let there = try Bridge.run(
            ["convert", scratch.path("in"), "--to", "v2-json", "--output", scratch.path("v2") + "/"]
                + ["--remainder", scratch.path(remainder) + (remainder.hasSuffix("/") ? "/" : "")])
        #expect(there.exitCode == 0, "\(there)")
        #expect(
            Scratch.files(below: scratch.url("v2"))
                == [
                    "deep/er/records.ndjson", "year-0/CD034A-three-guarantees.json",
                    "year-0/CD034A.json", "year-0/CD037A-every-optional-leaf.json", "year-1/CD037A-type-0.json",
                    "year-1/CD906A.json",
                ].sorted())
        let back = try Bridge.run(
            ["convert", scratch.path("v2"), "--to", "v1-xml", "--output", scratch.path("back") + "/"]
                + ["--remainder", scratch.path(remainder), "--rejects", scratch.path("rejects.ndjson")])
        #expect(back.exitCode == 0, "\(back)")
        for (number, name) in names.enumerated() {
            let file = "year-\(number % 2)/\(name).xml"
            #expect(
                try XMLLeaves.read(scratch.text("in/" + file)) == XMLLeaves.read(scratch.text("back/" + file)),
                "\(name)")
        }
        let record = try #require(try scratch.lines("back/deep/er/records.ndjson").first)
        #expect(record["id"]?.text == "x1")
        #expect(try XMLLeaves.read(record["message"]?.text ?? "") == XMLLeaves.read(Samples.query()))
    }

    @Test("Two files whose names differ in their extension alone keep both")
    func equalNames() throws {
        let scratch = try Scratch()
        try scratch.write("in/a.xml", Samples.query())
        try scratch.write("in/a.json", Samples.jsonQuery())
        let result = try Bridge.run(
            ["convert", scratch.path("in"), "--to", "v2-json", "--output", scratch.path("out") + "/"])
        #expect(result.exitCode == 0, "\(result)")
        #expect(Scratch.files(below: scratch.url("out")).count == 2)
    }

    @Test("What is written of a record can be chosen", arguments: ["record", "message", "body"])
    func emit(_ emit: String) throws {
        let scratch = try Scratch()
        try scratch.write(
            "in.ndjson", try Samples.record("x1", Samples.query()) + Samples.record("x2", Samples.query()))
        let result = try Bridge.run([
            "convert", scratch.path("in.ndjson"), "--to", "v2-json", "--emit", emit, "--quiet",
        ])
        #expect(result.exitCode == 0, "\(result)")
        let lines = try JSONTree.lines(result.output)
        #expect(lines.count == 2)
        for (line, id) in zip(lines, ["x1", "x2"]) {
            switch emit {
            case "record":
                #expect(Set(line.members.keys) == ["id", "source", "message"])
                #expect(line["id"]?.text == id)
                #expect(line["source"]?["format"]?.text == "v1-xml")
                #expect(line["source"]?["digest"]?.text?.hasPrefix("sha256:") == true)
                #expect(line["message"]?["body"]?["accessCode"]?.text == "AC01")
            case "message": #expect(line["path"]?.text == "/customs/guarantees/22GB0000010000313/balance")
            default: #expect(line == .object(["accessCode": .string("AC01")]))
            }
        }
    }

    @Test("An answer takes the GRN of the query that it belongs to")
    func pair() throws {
        let scratch = try Scratch()
        // The rejection names no guarantee: v2.0's answer to it needs none, v1.0's stored request does.
        let rejection = Samples.rejection(
            "<ErrTypER11>12</ErrTypER11><ErrPoiER12>GRR(1).Guarantee reference number (GRN)</ErrPoiER12>")
        try scratch.write(
            "in.ndjson",
            try Samples.record("answer", rejection) + Samples.record("query", Samples.query(tin: "GB640518277000")))
        try scratch.write("context.yaml", "clock: \"2021-09-14T09:52:15Z\"\nids: {seed: 7}\n")
        let arguments = [
            "convert", scratch.path("in.ndjson"), "--to", "v1-json", "--v1-form", "get", "--context",
            scratch.path("context.yaml"), "--quiet",
        ]
        #expect(try Bridge.run(arguments).exitCode == 1)
        let result = try Bridge.run(arguments + ["--pair"])
        #expect(result.exitCode == 0, "\(result)")
        let request = try JSONTree.lines(result.output).first?["message"]?["body"]?["request"]
        #expect(request?["guaranteeReference"]?.text == "22GB0000010000313")
        #expect(request?["taxIdentifier"]?.text == "GB640518277000")
        #expect(request?["response"]?["status"]?.text == "FUNCTIONAL_ERROR")
    }

    @Test("Members of the record may have other names, and one may name the guarantee")
    func fieldNames() throws {
        let result = try Bridge.run(
            ["convert", "samples/containers/other-names.ndjson", "--to", "v2-json", "--quiet", "--id-field", "key"]
                + ["--payload-field", "data", "--grn-field", "guarantee"])
        #expect(result.exitCode == 0, "\(result)")
        let lines = try JSONTree.lines(result.output)
        #expect(lines.map { $0["id"]?.count } == [1000, 1001, 1002])
        #expect(
            lines.compactMap { $0["message"]?["body"]?["_links"]?["self"]?["href"]?.text } == [
                "/customs/guarantees/23GB0000010000854/balance", "/customs/guarantees/23GB0000010000863/balance",
                "/customs/guarantees/23GB0000010000872/balance",
            ])
    }

    @Test("v1.0's JSON answers have two shapes")
    func forms() throws {
        let arguments = ["convert", "samples/v1-xml/CD037A-type-1.xml", "--to", "v1-json", "--emit", "message"]
        let post = try JSONTree(Bridge.run(arguments + Samples.context).output)
        #expect(post["body"]?["response"]?["balance"] == .number("10000"))
        let get = try JSONTree(Bridge.run(arguments + ["--v1-form", "get"] + Samples.context).output)
        let request = try #require(get["body"]?["request"])
        #expect(request["response"]?["balance"] == .number("10000"))
        #expect(request["response"]?["status"]?.text == "SUCCESS")
        #expect(request["taxIdentifier"]?.text == "GB954131533000")
        #expect(request["guaranteeReference"]?.text == "23GB0000010000863")
        let id = try #require(request["balanceId"]?.text)
        #expect(get["body"]?["_links"]?["self"]?["href"]?.text == "/customs/guarantees/balances/\(id)")
        #expect(UUID(uuidString: id) != nil)
    }

    @Test("--from says what content does not tell")
    func from() throws {
        let input = "samples/bad/error-of-either-version.json"
        #expect(try Bridge.run(["convert", input, "--to", "v2-json"]).exitCode == 1)
        let result = try Bridge.run(["convert", input, "--to", "v2-json", "--from", "v1-json", "--emit", "body"])
        #expect(result.exitCode == 0, "\(result)")
        #expect(try JSONTree(result.output)["code"]?.text == "INTERNAL_SERVER_ERROR")
        let wrong = try Bridge.run(["convert", "samples/v1-xml/CD034A.xml", "--to", "v1-json", "--from", "v2-json"])
        #expect(wrong.exitCode == 1)
    }

    @Test("- is standard input", arguments: ["convert", "validate", "explain"])
    func standardInput(_ command: String) throws {
        let target = command == "validate" ? [] : ["--to", "v2-json"]
        let result = try Bridge.run(
            [command, "-"] + target, input: Bridge.package.appendingPathComponent("samples/containers/bare.ndjson"))
        #expect(result.exitCode == 0, "\(result)")
        #expect(!result.output.isEmpty)
    }

    @Test("The same input gives the same output, and a seed another")
    func seeds() throws {
        let scratch = try Scratch()
        let context = try Samples.text("archive/context.yaml")
        try scratch.write("other.yaml", context.replacing("seed: 20210914", with: "seed: 4"))
        let arguments = ["convert", "samples/v2-json", "--from", "v2-json", "--to", "v1-xml", "--quiet"]
        let first = try Bridge.run(arguments + Samples.context)
        let second = try Bridge.run(arguments + Samples.context)
        let other = try Bridge.run(arguments + ["--context", scratch.path("other.yaml")])
        #expect(!first.output.isEmpty)
        #expect(first.output == second.output)
        #expect(first.output != other.output)
        #expect(other.output.count == first.output.count)
    }

    @Test("Rejected payloads keep their access codes only when that is asked for")
    func keepSecrets() throws {
        let scratch = try Scratch()
        try scratch.write("bad.xml", Samples.query(code: "Zq7X").replacing("</CD034A>", with: ""))
        let arguments = [
            "convert", scratch.path("bad.xml"), "--to", "v2-json", "--rejects", scratch.path("rejects.ndjson"),
        ]
        try Bridge.run(arguments)
        #expect(!(try scratch.text("rejects.ndjson")).contains("Zq7X"))
        try Bridge.run(arguments + ["--keep-secrets"])
        #expect(try scratch.text("rejects.ndjson").contains("Zq7X"))
    }

    @Test("The summary says what was lost most often, and nothing goes to standard output with it")
    func summary() throws {
        let scratch = try Scratch()
        let result = try Bridge.run(
            ["convert", Samples.archive, "--to", "v2-json", "--output", scratch.path("out.ndjson")] + Samples.context)
        #expect(result.output.isEmpty)
        for part in [
            "300 records read", "lost most often", "not converted because", "no-counterpart", "GUAREF2/AccDatREF24",
        ] {
            #expect(result.errorText.contains(part), "\(part)")
        }
        #expect(!result.errorText.contains("\u{1B}"), "no colours where nobody watches")
    }
}
