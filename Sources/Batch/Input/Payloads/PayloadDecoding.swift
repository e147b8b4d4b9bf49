package import Translation

/// Takes the wrapping off a payload.
package enum PayloadDecoding {
    /// The message without white space around, out of its CDATA section, and decoded where it is base64 of a message.
    ///
    /// One that begins as XML or JSON comes back untouched, and so does all that is neither wrapped nor base64.
    package static func decode(_ payload: Payload) -> Payload {
        if isBare(payload.bytes[...]) || isWide(payload.bytes) { return payload }
        var text = payload.bytes[...].withoutMark
        // Behind UTF-8's mark an XML declaration has no say in the encoding.
        let isDecodedText = payload.isDecodedText || text.count < payload.bytes.count
        if isBare(text) { return payload }
        text = text.trimmed
        if text.starts(with: cdataStart), text.ends(with: "]]>".utf8) {
            text = text.dropFirst(cdataStart.count).dropLast(3).trimmed
        }
        if !isBare(text), let message = Base64.message(in: text) { return Payload(message) }
        return Payload(Array(text), isDecodedText: isDecodedText)
    }

    static let cdataStart = Array("<![CDATA[".utf8)

    /// Whether XML or JSON begins with the first byte.
    private static func isBare(_ text: ArraySlice<UInt8>) -> Bool {
        switch text.first {
        case UInt8(ascii: "{"), UInt8(ascii: "["): true
        case UInt8(ascii: "<"): text.dropFirst().first != UInt8(ascii: "!") || !text.starts(with: cdataStart)
        default: false
        }
    }

    /// Whether the characters take two or four bytes: white space can't be told by single ones.
    private static func isWide(_ bytes: [UInt8]) -> Bool {
        if case .ascii = TextEncoding(of: bytes) { false } else { true }
    }
}
