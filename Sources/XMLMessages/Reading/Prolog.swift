/// What stands before a message's root element, looked at before libxml2 sees any of it.
enum Prolog {
    /// The encoding name in the XML declaration that `text` begins with, as written.
    static func declaredEncoding(in text: UnsafeBufferPointer<UInt8>) -> String? {
        guard matches("<?xml", in: text, at: 0), text.count > 5, isWhiteSpace(text[5]) else { return nil }
        var index = 5
        while let attribute = nextPseudoAttribute(in: text, from: index) {
            if String(decoding: text[attribute.name], as: UTF8.self) == "encoding" {
                return String(decoding: text[attribute.value], as: UTF8.self)
            }
            index = attribute.value.upperBound + 1
        }
        return nil
    }

    /// The offset of a document type declaration.
    static func doctype(in text: UnsafeBufferPointer<UInt8>) -> Int? {
        let index = firstMarkupOrText(in: text, from: 0, to: text.count)
        return matches("<!DOCTYPE", in: text, at: index) ? index : nil
    }

    /// The offset of the first byte from `start` that is not white space, nor in a comment or processing instruction;
    /// `end` where there is none.
    static func firstMarkupOrText(in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
        var index = start
        while index < end {
            if isWhiteSpace(text[index]) {
                index += 1
            } else if matches("<?", in: text, at: index) {
                index = offset(behind: "?>", in: text, from: index + 2)
            } else if matches("<!--", in: text, at: index) {
                index = offset(behind: "-->", in: text, from: index + 4)
            } else {
                return index
            }
        }
        return end
    }

    static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    static func matches(_ word: StaticString, in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + word.utf8CodeUnitCount <= text.count else { return false }
        for offset in 0..<word.utf8CodeUnitCount where text[index + offset] != word.utf8Start[offset] { return false }
        return true
    }

    /// The offset behind the next `word`; the text's end where there is none.
    private static func offset(behind word: StaticString, in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count {
            if matches(word, in: text, at: index) { return index + word.utf8CodeUnitCount }
            index += 1
        }
        return text.count
    }

    /// The next `name="value"` of a declaration: the ranges of its name and of its value without the quotes.
    private static func nextPseudoAttribute(
        in text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (name: Range<Int>, value: Range<Int>)? {
        var index = start
        func skipWhiteSpace() {
            while index < text.count, isWhiteSpace(text[index]) { index += 1 }
        }
        skipWhiteSpace()
        let nameStart = index
        while index < text.count, (0x61...0x7A).contains(text[index]) { index += 1 }
        let name = nameStart..<index
        skipWhiteSpace()
        guard !name.isEmpty, matches("=", in: text, at: index) else { return nil }
        index += 1
        skipWhiteSpace()
        guard index < text.count, text[index] == 0x22 || text[index] == 0x27 else { return nil }
        let quote = text[index]
        let valueStart = index + 1
        index = valueStart
        while index < text.count, text[index] != quote, text[index] != 0x3C { index += 1 }
        guard index < text.count, text[index] == quote else { return nil }
        return (name, valueStart..<index)
    }
}
