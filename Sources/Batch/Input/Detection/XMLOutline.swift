/// The outline of an XML document: where its root begins and ends, by its tags alone.
struct XMLOutline {
    enum State: Equatable {
        /// The root ended before this index.
        case complete(Int)
        /// The text ended within the document.
        case open
        /// Something stands where it can't.
        case broken
    }

    private(set) var state = State.open
    /// The root's name, as far as it goes.
    private(set) var rootName: ArraySlice<UInt8> = []
    private(set) var rootStart: Int?
    /// Where the root's first tag ends; nil while it is open.
    private(set) var rootTagEnd: Int?
    private(set) var hasChildElements = false
    private let text: ArraySlice<UInt8>
    private var index: Int
    private var depth = 0

    /// Goes through the document that begins with the text's first byte, up to the end of its root.
    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        index = text.startIndex
        while state == .open, index < text.endIndex { step() }
    }

    /// Whether nothing but a declaration, or the root's first tag, stands in the text.
    var isBareOpening: Bool {
        guard state == .open, text.last == UInt8(ascii: ">") else { return false }
        return rootStart == nil || rootTagEnd == text.endIndex
    }

    /// Whether something follows the root's first tag.
    var hasContent: Bool { (rootTagEnd ?? text.endIndex) < text.endIndex }

    private mutating func step() {
        guard text[index] == UInt8(ascii: "<") else { return skipCharacters() }
        let rest = text[index...]
        if rest.starts(with: "<!--".utf8) {
            skip(behind: "-->", from: index + 4)
        } else if rest.starts(with: PayloadDecoding.cdataStart) {
            if depth == 0 { state = .broken } else { skip(behind: "]]>", from: index + 9) }
        } else if rest.starts(with: "<?".utf8) {
            let start = index
            skip(behind: "?>", from: index + 2)
            // A declaration comes first of all, and has no tags in it.
            if isDeclaration(rest), start > text.startIndex || text[start + 1..<index].contains(UInt8(ascii: "<")) {
                state = .broken
            }
        } else if rest.starts(with: "<!".utf8) {
            if depth == 0 { skipDoctype() } else { state = .broken }
        } else {
            readTag()
        }
    }

    private func isDeclaration(_ text: ArraySlice<UInt8>) -> Bool {
        text.starts(with: "<?xml".utf8) && text.dropFirst(5).first?.isWhiteSpace == true
    }

    private mutating func skipCharacters() {
        let end = text[index...].firstIndex(of: UInt8(ascii: "<")) ?? text.endIndex
        if depth == 0, !text[index..<end].allSatisfy(\.isWhiteSpace) { state = .broken }
        index = end
    }

    private mutating func skip(behind word: String, from start: Int) {
        index = start
        while index < text.endIndex {
            if text[index] == word.utf8.first, text[index...].starts(with: word.utf8) {
                index += word.utf8.count
                return
            }
            index += 1
        }
        index = text.endIndex
    }

    /// Skips a document type declaration with the declarations in its brackets.
    private mutating func skipDoctype() {
        var brackets = 0
        var quote: UInt8?
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            if let open = quote {
                if byte == open { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "["): brackets += 1
            case UInt8(ascii: "]"): brackets -= 1
            case UInt8(ascii: ">") where brackets <= 0: return
            default: break
            }
        }
    }

    private mutating func readTag() {
        let start = index
        guard let end = endOfTag() else { return }
        let isEndTag = text[start + 1] == UInt8(ascii: "/")
        if isEndTag {
            depth -= 1
        } else if depth == 0 {
            rootTagEnd = end
        } else {
            hasChildElements = true
        }
        let isEmpty = text[end - 2] == UInt8(ascii: "/") && end - 2 > start
        if !isEndTag, !isEmpty { depth += 1 }
        index = end
        if depth == 0 { state = .complete(end) } else if depth < 0 { state = .broken }
    }

    /// The index behind the tag that begins here; nil where it breaks off, or where it is none.
    private mutating func endOfTag() -> Int? {
        var cursor = index + 1
        if depth == 0 {
            rootStart = index
            rootName = text[cursor...].prefix { $0.isNameByte }
            if cursor < text.endIndex, rootName.isEmpty { state = .broken }
        }
        var quote: UInt8?
        while cursor < text.endIndex, state == .open {
            let byte = text[cursor]
            cursor += 1
            switch byte {
            case UInt8(ascii: "<"): state = .broken
            case UInt8(ascii: ">") where quote == nil: return cursor
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if quote == nil { quote = byte } else if quote == byte { quote = nil }
            default: break
            }
        }
        index = text.endIndex
        return nil
    }
}

extension UInt8 {
    /// Whether it can be part of an XML name, by ASCII's rules; what is not ASCII may.
    fileprivate var isNameByte: Bool {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
        default: self == UInt8(ascii: "_") || self == UInt8(ascii: "-") || self == 0x2E || self == 0x3A
        }
    }
}
