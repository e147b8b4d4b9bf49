import Foundation
import Testing

/// Access codes are planted wherever one can stand, and everything that is written is searched for them.
@Suite("Secrets")
struct SecretTests {
    /// Where a code was planted. Codes mix cases and end in a number of their own, so that no digest holds one.
    struct Plant: Sendable {
        var name: String
        var code: String
        var data: Data

        /// What may stand nowhere: the code, or what is left of it where its first character is written as an escape.
        var secret: String {
            name.hasSuffix("reference") || name.hasSuffix("code has an escape") ? String(code.dropFirst()) : code
        }
    }

    static let plants: [Plant] = {
        var plants: [Plant] = []
        func plant(_ name: String, _ data: (String) -> Data) {
            let letters = Array("GHJKLMNPQRSTUVWXYZ")
            let number = plants.count
            let code = "Z\(letters[number % 18])7\(letters[number / 18 + 3])"
            plants.append(Plant(name: name, code: code, data: data(code)))
        }
        func text(_ name: String, _ make: (String) -> String) { plant(name) { Data(make($0).utf8) } }
        let accessCodePointer = "<ErrTypER11>12</ErrTypER11><ErrPoiER12>GRR(1).ACC(1).Access code</ErrPoiER12>"

        text("a query in XML") { Samples.query(code: $0) }
        text("a query with white space around the code") { Samples.query(code: " \($0)\n") }
        text("a query whose code is written with a character reference") { code in
            Samples.query(code: "&#\(code.unicodeScalars.first?.value ?? 0);" + code.dropFirst())
        }
        text("a query with a comment before the code") { Samples.query(code: "<!-- a -->\($0)") }
        text("a query whose code is CDATA") { Samples.query(code: "<![CDATA[\($0)]]>") }
        text("a query with a prefix") { code in
            Samples.query(code: code).replacing("<", with: "<n:").replacing("<n:/", with: "</n:")
                .replacing("<n:CD034A>", with: "<n:CD034A xmlns:n=\"urn:n\">")
        }
        text("a query with an attribute beside the code") { code in
            Samples.query(code: code).replacing("<AccCodCOD729>", with: "<AccCodCOD729 kind=\"a\">")
        }
        text("a query in an envelope") { "<transitRequest>" + Samples.query(code: $0) + "</transitRequest>" }
        text("a query as CDATA") { "<stored><message><![CDATA[\(Samples.query(code: $0))]]></message></stored>" }
        text("a query as escaped text") { "<stored><message>\(escaped(Samples.query(code: $0)))</message></stored>" }
        text("a query in base64") { Data(Samples.query(code: $0).utf8).base64EncodedString() }
        text("a query in base64 in XML") {
            "<stored><message>\(Data(Samples.query(code: $0).utf8).base64EncodedString())</message></stored>"
        }
        text("a query in JSON in base64") { Data(Samples.jsonQuery(code: $0).utf8).base64EncodedString() }
        plant("a query in UTF-16") {
            Data([0xFF, 0xFE]) + (Samples.query(code: $0).data(using: .utf16LittleEndian) ?? Data())
        }
        plant("half a query in UTF-16") { code in
            let text = Samples.query(code: code).data(using: .utf16BigEndian) ?? Data()
            return Data([0xFE, 0xFF]) + text.dropLast(40)
        }
        text("a query that breaks off") { String(Samples.query(code: $0).dropLast(20)) }
        text("a query that breaks off in the code") { code in
            let query = Samples.query(code: code)
            return query.range(of: code).map { String(query[..<$0.upperBound]) } ?? query
        }
        text("two queries") { Samples.query(code: $0) + Samples.query(code: $0) }
        text("a query with a document type") { "<!DOCTYPE CD034A>" + Samples.query(code: $0) }
        text("a query with another leaf missing") {
            Samples.query(code: $0).replacing("<SynVerNumMES2>3</SynVerNumMES2>", with: "")
        }
        text("a query with too long a code") { Samples.query(code: $0 + "1") }
        text("a query with two codes") { code in
            Samples.query(code: code).replacing(
                "</AccCodCOD729>", with: "</AccCodCOD729><AccCodCOD729>\(code)</AccCodCOD729>")
        }
        text("another question") { code in
            Samples.query(code: code).replacing("<QueIdeQUE1>2", with: "<QueIdeQUE1>4")
        }
        text("a query about a guarantee of another country") { Samples.query(grn: "21DE3300BE0001067", code: $0) }
        text("an unknown message") { "<Other><AccCodCOD729>\($0)</AccCodCOD729></Other>" }
        text("a refused access code") { code in
            Samples.rejection(accessCodePointer + "<OriAttValER14>\(code)</OriAttValER14>")
        }
        text("a refused access code, broken off") { code in
            String(Samples.rejection(accessCodePointer + "<OriAttValER14>\(code)</OriAttValER14>").dropLast(12))
        }
        text("a refused access code, the value before its pointer") { code in
            Samples.rejection("<OriAttValER14>\(code)</OriAttValER14>" + accessCodePointer)
        }
        text("a query in JSON") { Samples.jsonQuery(code: $0) }
        text("a query in JSON that breaks off") { String(Samples.jsonQuery(code: $0).dropLast(2)) }
        text("a query in JSON with text behind it") { Samples.jsonQuery(code: $0) + " and more" }
        text("a query in JSON, named twice") { code in
            Samples.jsonQuery(code: code).replacing("}", with: #","accessCode":"AC01"}"#)
        }
        text("a query in JSON whose code is too long") { Samples.jsonQuery(code: $0 + "12") }
        text("a query in JSON whose code is in an array") { code in
            Samples.jsonQuery().replacing(#""AC01""#, with: #"["\#(code)"]"#)
        }
        text("a query in JSON whose code is in an object") { code in
            Samples.jsonQuery().replacing(#""AC01""#, with: #"{"value":"\#(code)"}"#)
        }
        text("a query in JSON whose code has an escape") { code in
            Samples.jsonQuery(code: "\\u00" + String(code.utf8.first ?? 0, radix: 16) + code.dropFirst())
        }
        text("a query in JSON whose member's name has an escape") { code in
            Samples.jsonQuery(code: code).replacing("accessCode", with: #"access\u0043ode"#)
        }
        text("a query in JSON in a string") { code in
            (try? Samples.record("n", Samples.jsonQuery(code: code))) ?? ""
        }
        text("half a record") { code in
            String(((try? Samples.record("n", Samples.query(code: code))) ?? "").dropLast(3))
        }
        text("a query to v2.0") { code in
            #"{"method":"POST","path":"/customs/guarantees/23GB0000010000854/balance","body":{"accessCode":"\#(code)"}}"#
        }
        text("v2.0's words about a malformed code") { code in
            #"{"message":"Access code \#(code) must be four alphanumeric characters.","code":"BAD_REQUEST"}"#
        }
        text("v2.0's words about a malformed code, broken off") { code in
            #"{"code":"BAD_REQUEST","message":"Access code \#(code) must be four alphanumeric characters."#
        }
        text("v2.0's words in an exchange that no schema knows") { code in
            #"{"status":"400","body":{"message":"Access code \#(code) must be four alphanumeric characters.","code":"X"}}"#
        }
        text("a code straight in the group around it") {
            Samples.query(code: $0).replacing("<AccCodCOD729>", with: "").replacing("</AccCodCOD729>", with: "")
        }
        text("members named nearly so") { #"{"taxIdentifier":"GB1","access_code":"\#($0)","guaranteeReference":"G1"}"# }
        text("a JSON text in an unlisted member") { code in
            let nested = Samples.jsonQuery(code: code).replacing("\"", with: "\\\"")
            return #"{"balance":1,"currency":"GBP","asked":{"by":"\#(nested)"}}"#
        }
        text("a bearer token in a capture that is no message") {
            "POST /x HTTP/1.1\nAuthorization: Bearer \($0)\n\n{\"accessCode\":\"\($0)\"}"
        }
        return plants
    }()

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    @Test(
        "No access code is in anything that is written but the converted message",
        arguments: ["as files", "as records"], ["v2-json", "v1-json", "v1-xml"])
    func planted(_ form: String, _ target: String) throws {
        let scratch = try Scratch()
        for (number, plant) in Self.plants.enumerated() {
            if form == "as files" {
                try scratch.write("in/\(number)", plant.data)
            } else if let text = String(data: plant.data, encoding: .utf8) {
                let line =
                    number % 2 == 0
                    ? try Samples.record("p\(number)", text) : text.split(separator: "\n").joined() + "\n"
                try scratch.append(line, to: "in/records.ndjson")
            }
        }
        for lenient in [[], ["--lenient"]] {
            for (place, data) in try Self.everythingWritten(scratch, target, lenient) {
                let texts = Self.readings(of: data)
                for plant in Self.plants {
                    let isThere = texts.contains { Self.contains($0, plant.secret) }
                    #expect(!isThere, "\(plant.name) is in \(place), \(form), to \(target) \(lenient)")
                }
            }
        }
    }

    @Test("Nor is one that stands in its own column of a broken row", arguments: ["accessCode", "access code"])
    func brokenRow(_ column: String) throws {
        let scratch = try Scratch()
        let input = try scratch.write("rows.csv", "id,\(column),payload\n1,ZQX7\n2,ZQX8,\"half\n")
        let run = try Bridge.run(
            ["convert", input, "--to", "v2-json", "--rejects", scratch.path("rejects.ndjson")] + Samples.context)
        #expect(run.exitCode == 1, "\(run)")
        let rejects = try scratch.text("rejects.ndjson")
        #expect(rejects.contains("malformed-csv"))
        #expect(!rejects.contains("ZQX") && !run.errorText.contains("ZQX"))
    }

    /// What the commands write about an input, by where it stands; of what was converted, what stands beside the messages.
    private static func everythingWritten(
        _ scratch: Scratch, _ target: String, _ more: [String]
    ) throws -> [String: Data] {
        let input = scratch.path("in")
        let files = ["remainder", "rejects", "report", "findings"].map { (option: "--" + $0, name: $0 + ".ndjson") }
        let result = try Bridge.run(
            ["convert", input, "--to", target, "--output", scratch.path("out.ndjson"), "--verify"] + Samples.context
                + more
                + files.flatMap { [$0.option, scratch.path($0.name)] })
        #expect(result.exitCode == 1, "\(result)")
        var written = ["standard output": result.output, "standard error": result.errors]
        for file in files {
            written[file.option] = try scratch.data(file.name)
            // The next run is to write a remainder, not to read this one.
            try FileManager.default.removeItem(at: scratch.url(file.name))
        }
        let converted = try scratch.lines("out.ndjson")
        #expect(converted.count > 3)
        written["converted records"] = Data("\(converted.map { [$0["id"], $0["source"]] })".utf8)
        for json in [[], ["--json"]] {
            let name = json.joined()
            let explained = try Bridge.run(["explain", input, "--to", target] + json + Samples.context + more)
            written["explain \(name)"] = explained.output + explained.errors
            let validated = try Bridge.run(["validate", input] + json + more)
            written["validate \(name)"] = validated.output + validated.errors
            let asTarget = try Bridge.run(["validate", input, "--from", target] + json + more)
            written["validate --from \(name)"] = asTarget.output + asTarget.errors
        }
        return written
    }

    @Test("The search finds every code in what it was planted in")
    func search() {
        for plant in Self.plants {
            let isThere = Self.readings(of: plant.data).contains { Self.contains($0, plant.secret) }
            #expect(isThere, "\(plant.name)")
        }
    }

    /// Data as it is, and what the base64 in it says, from whatever position.
    private static func readings(of data: Data) -> [Data] {
        let alphabet = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var readings = [data]
        for run in data.split(whereSeparator: { !alphabet.contains($0) }) where run.count >= 8 {
            for start in 0..<4 {
                let part = Data(run.dropFirst(start))
                if let decoded = Data(base64Encoded: Data(part.prefix(part.count / 4 * 4))) { readings.append(decoded) }
            }
        }
        return readings
    }

    private static func contains(_ data: Data, _ code: String) -> Bool {
        let forms = [String.Encoding.utf8, .utf16LittleEndian, .utf16BigEndian].compactMap { code.data(using: $0) }
        return forms.contains { isIn(data, $0) }
    }

    /// Whether bytes hold others; `Data.range(of:)` is many times slower.
    private static func isIn(_ data: Data, _ part: Data) -> Bool {
        data.withUnsafeBytes { bytes in
            part.withUnsafeBytes { part in
                guard let start = bytes.baseAddress, let wanted = part.baseAddress else { return false }
                var position = 0
                while position + part.count <= bytes.count,
                    let found = memchr(start + position, Int32(part[0]), bytes.count - part.count - position + 1)
                {
                    if memcmp(found, wanted, part.count) == 0 { return true }
                    position = UnsafeRawPointer(found) - start + 1
                }
                return false
            }
        }
    }
}
