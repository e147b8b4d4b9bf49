import Foundation
import Testing
import Translation

@testable import Batch

@Suite("Taking the wrapping off")
struct PayloadDecodingTests {
    private func decode(_ text: String) -> String {
        String(decoding: PayloadDecoding.decode(Payload(Array(text.utf8))).bytes, as: UTF8.self)
    }

    @Test("Bare messages and what is no message stay as they are")
    func untouched() {
        for text in ["<a/> ", #"{"a":1}"#, "[1]", "<!-- x --><a/>", "", "rubbish", "PHsu!", "PGEvPg=x", "QUJD"] {
            #expect(decode(text) == text)
        }
        let wide = utf16("\n<a/>")
        #expect(PayloadDecoding.decode(Payload(wide)).bytes == wide)
    }

    @Test("White space, CDATA and base64 go, alone and together")
    func wrapped() {
        #expect(decode(" \r\n<a/>\n") == "<a/>")
        #expect(decode("<![CDATA[ <a/>\n]]>") == "<a/>")
        #expect(decode("\n<![CDATA[\(base64("<a/>"))]]> ") == "<a/>")
        #expect(decode(base64("\u{FEFF} {}")) == "\u{FEFF} {}")
        #expect(decode(base64(answer(), wrapped: true)) == answer())
        #expect(decode(base64("<a>1</a>").replacingOccurrences(of: "=", with: "")) == "<a>1</a>")
    }

    @Test("Both alphabets of base64 are read", arguments: 0..<50)
    func alphabets(_ length: Int) {
        let message = "<a>" + String(repeating: "~?>ÿ", count: length) + String(repeating: "x", count: length % 3)
        let url = base64(message).replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        #expect(decode(base64(message)) == message)
        #expect(decode(url) == message)
    }

    @Test("What base64 hides is bytes again, whose declaration counts")
    func bytes() {
        let decoded = PayloadDecoding.decode(Payload(Array(base64("<a/>").utf8), isDecodedText: true))
        #expect(!decoded.isDecodedText)
        #expect(PayloadDecoding.decode(Payload(Array(" <a/>".utf8), isDecodedText: true)).isDecodedText)
        let wide = utf16("<a/>")
        #expect(PayloadDecoding.decode(Payload(Array(Data(wide).base64EncodedString().utf8))).bytes == wide)
    }
}
