package import GuaranteeModel
import JSONMessages
import XMLMessages

/// The bytes of one record's message.
package struct Payload: Sendable {
    package var bytes: [UInt8]
    /// Whether the bytes were a string in JSON or CSV: UTF-8 whatever an XML declaration in them says.
    package var isDecodedText: Bool

    package init(_ bytes: [UInt8], isDecodedText: Bool = false) {
        self.bytes = bytes
        self.isDecodedText = isDecodedText
    }

    /// XML or JSON, told by the first character; nil where it is neither's.
    package var syntax: WireTree.Syntax? {
        // In UTF-16 the bytes of `<` and `{` stand beside zeros; byte order marks come before either.
        let first = bytes.first { byte in
            switch byte {
            case 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x00, 0x09, 0x0A, 0x0D, 0x20: false
            default: true
            }
        }
        switch first {
        case UInt8(ascii: "<"): return .xml
        case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
        default: return nil
        }
    }
}

/// Parses payloads; one to a worker, since it reuses libxml2's memory.
struct PayloadParser {
    let xml: XMLReader
    let json: JSONReader

    init(isLenient: Bool) {
        xml = XMLReader()
        json = JSONReader(duplicates: isLenient ? .keepLast : .reject)
    }

    func parse(_ payload: Payload) throws(TranslationError) -> WireTree {
        switch payload.syntax {
        case .xml?:
            do {
                return try xml.read(payload.bytes, encoding: payload.isDecodedText ? .decodedText : .declared)
            } catch {
                throw TranslationError(error)
            }
        case .json?:
            do {
                return try json.read(payload.isDecodedText ? payload.bytes : JSONText.utf8(from: payload.bytes))
            } catch {
                throw TranslationError(error)
            }
        case nil:
            throw TranslationError(
                .unknownMessage, at: Place(line: 1, column: 1, offset: 0), "is neither XML nor a JSON object")
        }
    }
}

extension TranslationError {
    init(_ error: XMLError) {
        let code: Code =
            switch error.code {
            case .malformed: .malformedXML
            case .encoding: .encoding
            case .doctype: .doctype
            case .tooDeep, .tooLarge: .tooLarge
            }
        self.init(code, at: error.place, error.message)
    }

    package init(_ error: JSONError) {
        let code: Code =
            switch error.code {
            case .malformed, .duplicateMember: .malformedJSON
            case .encoding: .encoding
            case .tooDeep: .tooLarge
            }
        self.init(code, at: error.place, error.message)
    }
}
