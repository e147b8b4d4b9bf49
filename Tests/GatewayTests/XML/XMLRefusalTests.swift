import NetworkSupport
import Simulator
import Testing
import Translation

@Suite(.timeLimit(.minutes(2))) struct `XML that is no query is refused` {
    private static let code = "Q7x9"
    private static let query = XMLQuery("23GB0000010000854", accessCode: code)

    /// What is sent, and what the refusal says.
    struct Bad: Sendable, CustomTestStringConvertible {
        var name: String
        var message: [UInt8]
        var says: String

        init(_ name: String, _ message: String, _ says: String) {
            self.init(name, Array(message.utf8), says)
        }

        init(_ name: String, _ message: [UInt8], _ says: String) {
            self.name = name
            self.message = message
            self.says = says
        }

        var testDescription: String { name }
    }

    private static let entities = """
        <!DOCTYPE a [<!ENTITY a "\(code)"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>
        """

    private static var bad: [Bad] {
        let good = query.text
        var other = query
        other.identifier = "3"
        let latin = good.replacing("GB954131533000", with: "GB95413153é")
        let utf16 = good.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        return [
            Bad("nothing", "", "unknown-message"),
            Bad("no XML", "accessCode=\(code)", "unknown-message"),
            Bad("JSON", #"{"accessCode":"\#(code)"}"#, "unknown-message"),
            Bad("half of it", String(good.dropLast(40)), "malformed-xml"),
            Bad("wrong tags", good.replacing("</ACCDOC728>", with: "</ACCDOC>"), "malformed-xml"),
            Bad("a tag that was not closed", good.replacing("<AccCodCOD729>", with: "<AccCodCOD729"), "malformed-xml"),
            Bad("two queries", "<all>\(good)\(good)</all>", "unknown-message"),
            Bad("an answer", good.replacing("CD034A", with: "CD037A"), "CD037A"),
            Bad("another question", other.text, "no-counterpart"),
            Bad("a long access code", good.replacing(code, with: code + code), "schema"),
            Bad("an empty access code", good.replacing(code, with: ""), "schema"),
            Bad("an access code in pieces", good.replacing(code, with: "<a>\(code)</a>"), "schema"),
            Bad("an unknown element", good.replacing("<TRAPRIRC1>", with: "<Code>\(code)</Code><TRAPRIRC1>"), "schema"),
            Bad("no guarantee", good.replacing("GUAREF2", with: "GUAREF3"), "schema"),
            Bad("a wrong date", good.replacing("20210914", with: "2021"), "schema"),
            Bad("a document type", #"<!DOCTYPE CD034A SYSTEM "http://127.0.0.1:1/\#(code)">"# + good, "doctype"),
            Bad("a bomb", entities + good.replacing(code, with: "&c;"), "doctype"),
            Bad("an unknown entity", good.replacing(code, with: "&\(code);"), "malformed-xml"),
            Bad("declared as UTF-16", #"<?xml version="1.0" encoding="UTF-16"?>"# + good, "encoding"),
            Bad("an unknown encoding", #"<?xml version="1.0" encoding="X-\#(code)"?>"# + good, "encoding"),
            Bad(
                "Latin-1 declared as UTF-8",
                latin.unicodeScalars.map { UInt8($0.value) }, "encoding"),
            Bad("half a character of UTF-16", [0xFF, 0xFE] + utf16.dropLast(), "encoding"),
            Bad("a NUL byte", Array(good.utf8).replacing([0x51], with: [0x51, 0]), "malformed-xml"),
            Bad("too deep", String(repeating: "<a>", count: 5000) + good, ""),
        ]
    }

    @Test func `with the place, and without the access code`() async throws {
        let context = try XMLContext()
        try await withServedGateway("published: true", context.flags) { served in
            for bad in Self.bad {
                let response = try await served.send(XMLQuery.request(bad.message))
                #expect(response.status == 400, "\(bad.name)")
                #expect(response.headers["Content-Type"] == "application/json")
                #expect(response.text.hasPrefix(#"{"statusCode":400,"message":"Invalid XML: "#), "\(bad.name)")
                #expect(response.text.contains(bad.says), "\(bad.name): \(response.text)")
                #expect(!response.text.contains(Self.code), "\(bad.name): \(response.text)")
                #expect(response.headers["X-NCTSBridge"] == "gateway/test")
            }
            #expect(await served.simulator.log.count == 0)
            // None of it has locked anything.
            let answer = try XMLAnswer(try await served.send(XMLQuery("23GB0000010000854").request))
            #expect(answer.message == "CD037A")
        }
    }

    @Test func `where it is larger than v1.0's 100 KB`() async throws {
        let context = try XMLContext()
        try await withServedGateway("published: true", context.flags) { served in
            let room = 100 * 1024 - Self.query.text.utf8.count
            let largest = XMLQuery("23GB0000010000854").text + String(repeating: " ", count: room)
            let larger = try await served.send(XMLQuery.request(largest + " "))
            #expect(larger.status == 413)
            #expect(larger.text == #"{"statusCode":413,"message":"Request Entity Too Large"}"#)
            #expect(try XMLAnswer(try await served.send(XMLQuery.request(largest))).message == "CD037A")
        }
    }

    @Test func `as NCTS refused one without an access code`() async throws {
        let context = try XMLContext()
        let query = XMLQuery("23GB0000010000854", accessCode: nil)
        try await withServedGateway("published: true", context.flags) { served in
            let answer = try XMLAnswer(try await served.send(query.request))
            #expect(answer.belongs(to: query))
            #expect(answer.errors == ["12 GRR(1).ACC(1).Access code"])
            #expect(await served.simulator.log.count == 0)
        }
    }

    @Test(arguments: ["application/octet-stream", "application/soap+xml", "", "xml"])
    func `where it is called something else`(type: String) async throws {
        let context = try XMLContext()
        try await withServedGateway("published: true", context.flags) { served in
            let response = try await served.send(XMLQuery.request(Self.query.text, type: type))
            #expect(response.status == 415)
            #expect(response.text == #"{"statusCode":415,"message":"Expecting text/json or application/json body"}"#)
        }
    }

    @Test func `where no token comes with it`() async throws {
        let context = try XMLContext()
        try await withServedGateway("published: true", context.flags) { served in
            var request = Self.query.request
            request.headers["Authorization"] = nil
            let response = try await served.send(request)
            #expect(response.status == 401)
            #expect(response.text.contains("MISSING_CREDENTIALS"))
        }
    }
}
