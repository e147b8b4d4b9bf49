/// One line of a file's beginning that is not blank.
struct HeadLine {
    /// Without its end and the white space around.
    var text: ArraySlice<UInt8>
    /// Whether white space stands before it.
    var isIndented: Bool

    /// The lines of `text`; a last one without a line feed counts only where the text is whole.
    static func lines(of text: [UInt8], isWhole: Bool) -> [HeadLine] {
        var lines: [HeadLine] = []
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: UInt8(ascii: "\n"))
            if end == nil, !isWhole { break }
            let line = text[start..<(end ?? text.count)]
            let trimmed = line.withoutMark.trimmed
            if !trimmed.isEmpty {
                lines.append(HeadLine(text: trimmed, isIndented: trimmed.startIndex > line.withoutMark.startIndex))
            }
            start = (end ?? text.count) + 1
        }
        return lines
    }

    /// Whether the line is a whole message by itself: bare, in CDATA or in base64.
    var isMessage: Bool { messageSyntax != nil }

    /// The first character of the message that the line is by itself; nil where it is none.
    ///
    /// A lone element without others inside is no message: it may be a line of a longer document.
    var messageSyntax: UInt8? {
        switch text.first {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            return text.count > 2 && JSONOutline.endOfContainer(text) == text.endIndex ? text.first : nil
        case UInt8(ascii: "<"):
            if text.starts(with: PayloadDecoding.cdataStart) { return text.ends(with: "]]>".utf8) ? text.first : nil }
            let outline = XMLOutline(text)
            return outline.hasChildElements && outline.state == .complete(text.endIndex) ? text.first : nil
        default:
            guard let message = Base64.message(in: text) else { return nil }
            let decoded = message[...].withoutMark.trimmed
            guard MessageStart.isThere(in: decoded.prefix(1)) else { return nil }
            return HeadLine(text: decoded, isIndented: false).isMessage ? text.first : nil
        }
    }
}
