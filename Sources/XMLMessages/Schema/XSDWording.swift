import CLibXML2

/// What we say for a validation error: libxml2's messages quote values, which may be secret.
enum XSDWording {
    /// - Parameters:
    ///   - code: libxml2's `xmlParserErrors`.
    ///   - said: libxml2's message, of which only what names elements is passed on.
    static func message(code: Int32, said: String) -> String {
        switch xmlParserErrors(UInt32(bitPattern: code)) {
        case XML_SCHEMAV_ELEMENT_CONTENT: trimmed(said)
        case XML_SCHEMAV_CVC_ELT_1: "the schema declares no such root element"
        case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1, XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2,
            XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3:
            "the value is not one of its type"
        case XML_SCHEMAV_CVC_LENGTH_VALID: "the value's length is not the one required"
        case XML_SCHEMAV_CVC_MINLENGTH_VALID: "the value is too short"
        case XML_SCHEMAV_CVC_MAXLENGTH_VALID: "the value is too long"
        case XML_SCHEMAV_CVC_MININCLUSIVE_VALID, XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID: "the value is too small"
        case XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID, XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID: "the value is too great"
        case XML_SCHEMAV_CVC_TOTALDIGITS_VALID: "the value has too many digits"
        case XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID: "the value has too many digits behind the point"
        case XML_SCHEMAV_CVC_PATTERN_VALID: "the value doesn't match the pattern"
        case XML_SCHEMAV_CVC_ENUMERATION_VALID: "the value is not one of those listed"
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1: "the element must be empty"
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2, XML_SCHEMAV_CVC_TYPE_3_1_2: "the element can't hold elements"
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3: "there is text among the element's children"
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2, XML_SCHEMAV_CVC_TYPE_3_1_1:
            "the attribute is not allowed"
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_4: "an attribute is missing"
        case XML_SCHEMAV_CVC_IDC: "the value breaks a key or uniqueness rule"
        default: "not valid (libxml2's code \(code))"
        }
    }

    /// A message without the `Element 'X': ` before it, and without the full stop and line feed behind it.
    static func trimmed(_ message: String) -> String {
        var text = Substring(message)
        if text.hasPrefix("Element '"), let quote = text.indices.first(where: { text[$0...].hasPrefix("': ") }) {
            text = text[quote...].dropFirst(3)
        }
        while let last = text.last, last == "\n" || last == "." || last == " " { text.removeLast() }
        return String(text)
    }
}
