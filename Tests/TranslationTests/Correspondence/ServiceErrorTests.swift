import GuaranteeModel
import Testing

@testable import Translation

@Suite("Service errors in the other version's words")
struct ServiceErrorTests {
    typealias Words = (status: String, code: String, message: String?)

    /// What v1.0 says, and v2.0; nil where it says nothing like it.
    static let fromV1: [(v1: Words, v2: Words?)] =
        [
            (
                ("406", "ACCEPT_HEADER_INVALID", "The accept header is missing or invalid"),
                ("406", "NOT_ACCEPTABLE", Wordings.accept)
            ),
            (("429", "TOO_MANY_REQUESTS", "Too many requests"), ("429", "MESSAGE_THROTTLED_OUT", Wordings.quota)),
            (("429", "MESSAGE_THROTTLED_OUT", Wordings.quota), ("429", "MESSAGE_THROTTLED_OUT", Wordings.quota)),
            (
                ("500", "INTERNAL_SERVER_ERROR", "Internal server error"),
                ("500", "INTERNAL_SERVER_ERROR", "Internal server error")
            ),
            (("504", "GATEWAY_TIMEOUT", "Request timed out"), ("504", "GATEWAY_TIMEOUT", nil)),
            (("410", "GONE", Wordings.gone), nil),
            (
                ("404", "NOT_FOUND", "The balance request with ID 22b9899e-24ee-48e6-a189-97d1f45391c4 was not found"),
                nil
            ),
        ] + platform.map { (($0.status, $0.code, "Any words"), ($0.status, $0.code, "Any words")) }

    static let platform: [(status: String, code: String)] = [
        ("401", "MISSING_CREDENTIALS"), ("401", "INVALID_CREDENTIALS"), ("403", "INVALID_SCOPE"),
        ("403", "RESOURCE_FORBIDDEN"), ("404", "MATCHING_RESOURCE_NOT_FOUND"), ("503", "SERVER_ERROR"),
        ("503", "SCHEDULED_MAINTENANCE"),
    ]

    static let fromV2: [(v2: Words, v1: Words)] =
        [
            (
                ("406", "NOT_ACCEPTABLE", Wordings.accept),
                ("406", "ACCEPT_HEADER_INVALID", "The accept header is missing or invalid")
            ),
            (
                ("406", "ACCEPT_HEADER_INVALID", "Any words"),
                ("406", "ACCEPT_HEADER_INVALID", "The accept header is missing or invalid")
            ),
            (("429", "MESSAGE_THROTTLED_OUT", Wordings.quota), ("429", "TOO_MANY_REQUESTS", "Too many requests")),
            (("429", "TOO_MANY_REQUESTS", "Too many requests."), ("429", "TOO_MANY_REQUESTS", "Too many requests")),
            (
                ("500", "INTERNAL_SERVER_ERROR", "Internal server error"),
                ("500", "INTERNAL_SERVER_ERROR", "Internal server error")
            ),
            (("504", "GATEWAY_TIMEOUT", "Any words"), ("504", "GATEWAY_TIMEOUT", "Request timed out")),
        ] + platform.map { (($0.status, $0.code, "Any words"), ($0.status, $0.code, "Any words")) }

    private func bodies(_ words: Words) -> [String] {
        let message = words.message.map { #","message":"\#($0)""# } ?? ""
        let body = #"{"code":"\#(words.code)"\#(message)}"#
        return [body, #"{"status":\#(words.status),"headers":{},"body":\#(body)}"#]
    }

    @Test("From v1.0 to v2.0", arguments: fromV1)
    func toV2(v1: Words, v2: Words?) throws {
        for text in bodies(v1) {
            let conversions = Conversions(to: .v2JSON, from: .v1JSON)
            guard let v2 else {
                #expect(conversions.outcome(text) == "no-counterpart")
                continue
            }
            let words = try conversions.convert(text).words
            #expect(words[0] == v2.status)
            #expect(words[1] == v2.code)
            if let message = v2.message { #expect(words[2] == message) }
        }
    }

    @Test("From v2.0 to v1.0", arguments: fromV2)
    func toV1(v2: Words, v1: Words) throws {
        for text in bodies(v2) {
            #expect(
                try Conversions(to: .v1JSON, from: .v2JSON).convert(text).words == [v1.status, v1.code, v1.message])
        }
    }

    @Test("XML has no message for an HTTP error", arguments: fromV1.map(\.v1))
    func neverXML(_ words: Words) {
        for text in bodies(words) {
            #expect(Conversions(to: .v1XML, from: .v1JSON).outcome(text) == "no-counterpart")
        }
    }

    @Test(
        "Seven pairs of status and code mean the same in both versions: nobody but the user can tell them apart",
        arguments: [
            "MISSING_CREDENTIALS", "INVALID_CREDENTIALS", "INVALID_SCOPE", "RESOURCE_FORBIDDEN",
            "MATCHING_RESOURCE_NOT_FOUND", "SERVER_ERROR", "SCHEDULED_MAINTENANCE",
        ])
    func ambiguous(_ code: String) {
        let text = #"{"code":"\#(code)","message":"Any words"}"#
        #expect(Conversions(to: .v2JSON).outcome(text) == "ambiguous-format")
        #expect(Conversions(to: .v1JSON).outcome(text) == "ambiguous-format")
    }

    @Test("Words that one version alone has tell which it is")
    func unambiguous() throws {
        #expect(
            try Conversions(to: .v2JSON).convert(#"{"code":"TOO_MANY_REQUESTS","message":"Too many requests"}"#).words[
                0] == "429")
        #expect(
            try Conversions(to: .v1JSON).convert(#"{"code":"NOT_ACCEPTABLE","message":"\#(Wordings.accept)"}"#).words[0]
                == "406")
    }

    @Test("An error that no version has is rejected")
    func unknown() {
        #expect(Conversions(to: .v2JSON).outcome(#"{"code":"TEAPOT","message":"I am one"}"#) == "unknown-message")
    }

    @Test("An XML rejection becomes 500, and never comes back as XML")
    func xmlRejection() throws {
        let text = rejection([["12", "RC1.TIN"]]).replacingOccurrence(of: "CD906A", with: "CC917A")
            .replacingOccurrence(
                of: "<OriMesIdeMES22>abcdefghij5678</OriMesIdeMES22>",
                with: "<HEAHEA><OriMesIdeMES22>abcdefghij5678</OriMesIdeMES22></HEAHEA>")
        for target in [MessageFormat.v2JSON, .v1JSON] {
            #expect(
                try Conversions(to: target).convert(text).words == [
                    "500", "INTERNAL_SERVER_ERROR", "Internal server error",
                ])
        }
    }

    @Test(
        "What the framework answers is the same in both versions",
        arguments: [
            #"{"statusCode":400,"message":"Invalid Json: x"}"#,
            #"{"statusCode":415,"message":"Expecting text/json or application/json body"}"#,
            #"{"statusCode":404,"message":"URI not found","requested":"/x"}"#,
            #"{"statusCode":413,"message":"Request Entity Too Large"}"#,
            #"{"statusCode":400,"message":"bad request, cause: REDACTED"}"#,
        ])
    func framework(_ text: String) throws {
        for (source, target) in [(MessageFormat.v1JSON, MessageFormat.v2JSON), (.v2JSON, .v1JSON)] {
            var conversions = Conversions(to: target, from: source)
            conversions.options.writesBodyAlone = true
            #expect(conversions.outcome(text) == text)
            #expect(Conversions(to: .v1XML, from: source).outcome(text) == "no-counterpart")
        }
    }

    @Test("401 and 403 without a body stay so", arguments: ["401", "403"])
    func noContent(_ status: String) throws {
        for text in [#"{"status":\#(status)}"#, #"{"status":\#(status),"body":null}"#] {
            #expect(try Conversions(to: .v2JSON, from: .v1JSON).convert(text).text(at: "/status") == status)
            #expect(Conversions(to: .v2JSON).outcome(text) == "ambiguous-format")
        }
    }
}
