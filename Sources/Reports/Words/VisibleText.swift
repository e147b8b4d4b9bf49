/// Text from outside as people may safely read it: what can't be seen, or turns around the order of what is seen, is
/// spelled out. A label can't erase a terminal's line, nor make a GRN look like another.
enum VisibleText {
    /// - Parameter keepsLines: whether line breaks and tabs stay as they are; else they become spaces.
    static func of(_ text: String, keepsLines: Bool = false) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var visible = ""
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\n" where previous == "\r": break
            case "\t" where keepsLines: visible += "\t"
            case "\r", "\n", "\t": visible += keepsLines ? "\n" : " "
            default:
                if isVisible(scalar) {
                    visible.unicodeScalars.append(scalar)
                } else {
                    visible += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
                }
            }
        }
        return visible
    }

    /// No more than so many characters of a text, with what says that there were more.
    static func shortened(_ text: String, to limit: Int) -> String {
        let visible = of(text)
        return visible.count > limit ? visible.prefix(limit - 1) + "…" : visible
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
        // Joiners shape letters and turn nothing around.
        case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
        default: true
        }
    }
}
