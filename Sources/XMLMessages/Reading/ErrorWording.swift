import CLibXML2

/// What we say for an error of libxml2's. Its own messages are never passed on: some quote what an element holds.
struct ErrorWording {
    /// What libxml2 stood before when it gave up.
    enum Stumble {
        case end
        case nul
        case forbiddenCharacter
        case other
    }

    var code: XMLError.Code = .malformed
    var message: String
    /// The character that begins what is wrong, where libxml2 stands behind all of it.
    var mark: UInt8?

    static let generic = "not well-formed XML"
    static let nul = "a NUL character, which XML doesn't allow"

    /// - Parameters:
    ///   - error: libxml2's code.
    ///   - openElement: the innermost open element's name.
    init(_ error: xmlParserErrors, at stumble: Stumble, openElement: String?) {
        let inside = openElement.map { " inside \($0)" } ?? ""
        message = Self.generic + inside
        if !nameReference(error, inside) {
            switch stumble {
            case .nul: message = Self.nul
            case .forbiddenCharacter: message = "a character that XML doesn't allow\(inside)"
            case .end where error == XML_ERR_DOCUMENT_EMPTY: message = "no element where the message should begin"
            case .end: message = "the message ends\(inside.isEmpty ? " too early" : inside)"
            case .other: nameConstruct(error, inside)
            }
        }
    }

    /// Says it for what libxml2 complains of when it has read it whole.
    private mutating func nameReference(_ error: xmlParserErrors, _ inside: String) -> Bool {
        switch error {
        case XML_ERR_TAG_NAME_MISMATCH:
            message = "an end tag that doesn't match the open element\(inside.dropFirst(" inside".utf8.count))"
            mark = UInt8(ascii: "<")
        case XML_ERR_UNDECLARED_ENTITY, XML_ERR_ENTITYREF_SEMICOL_MISSING:
            message = "an entity that XML doesn't define (a lone & is written &amp;)\(inside)"
            mark = UInt8(ascii: "&")
        case XML_ERR_INVALID_CHARREF, XML_ERR_INVALID_HEX_CHARREF, XML_ERR_INVALID_DEC_CHARREF:
            message = "a character reference that is not one\(inside)"
            mark = UInt8(ascii: "&")
        default:
            return false
        }
        return true
    }

    /// Says it for what libxml2 complains of where it begins.
    private mutating func nameConstruct(_ error: xmlParserErrors, _ inside: String) {
        switch error {
        case XML_ERR_DOCUMENT_EMPTY:
            message = "no element where the message should begin"
        case XML_ERR_DOCUMENT_END:
            message = "something behind the end of the root element"
        case XML_ERR_INVALID_CHAR:
            message = "a reference to a character that XML doesn't allow\(inside)"
            mark = UInt8(ascii: "&")
        case XML_ERR_NAME_REQUIRED:
            message = "a name is missing behind < or & (in a text they are written &lt; and &amp;)\(inside)"
        case XML_ERR_ATTRIBUTE_REDEFINED:
            message = "an attribute that occurs twice\(inside)"
        case XML_ERR_ATTRIBUTE_NOT_STARTED, XML_ERR_ATTRIBUTE_WITHOUT_VALUE, XML_ERR_LT_IN_ATTRIBUTE:
            message = "an attribute whose value is missing or not written as XML asks\(inside)"
        case XML_ERR_GT_REQUIRED, XML_ERR_SPACE_REQUIRED, XML_ERR_LT_REQUIRED, XML_ERR_LTSLASH_REQUIRED:
            message = "a tag that is not written as XML asks (a < in a text is written &lt;)\(inside)"
        case XML_ERR_MISPLACED_CDATA_END:
            message = "]]> in a text\(inside)"
        case XML_ERR_HYPHEN_IN_COMMENT:
            message = "-- in a comment\(inside)"
        case XML_ERR_CDATA_NOT_FINISHED, XML_ERR_COMMENT_NOT_FINISHED, XML_ERR_PI_NOT_FINISHED,
            XML_ERR_ATTRIBUTE_NOT_FINISHED:
            code = .tooLarge
            message = "an attribute, section, comment or instruction longer than 10 MB\(inside)"
        case XML_ERR_NAME_TOO_LONG, XML_ERR_NO_MEMORY:
            code = .tooLarge
            message = "a name that is too long, or too many different names\(inside)"
        case XML_ERR_XMLDECL_NOT_STARTED, XML_ERR_XMLDECL_NOT_FINISHED, XML_ERR_VERSION_MISSING,
            XML_ERR_UNKNOWN_VERSION, XML_ERR_STANDALONE_VALUE, XML_ERR_ENCODING_NAME, XML_ERR_RESERVED_XML_NAME:
            message = "an XML declaration that is not written as XML asks, or not at the very beginning"
        case XML_NS_ERR_XML_NAMESPACE, XML_NS_ERR_QNAME, XML_NS_ERR_ATTRIBUTE_REDEFINED, XML_NS_ERR_EMPTY,
            XML_NS_ERR_COLON:
            message = "a name or declaration that is not written as XML namespaces ask\(inside)"
        default:
            break
        }
    }
}
