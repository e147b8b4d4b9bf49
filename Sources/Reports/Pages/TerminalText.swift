/// Texts as wide as a terminal shows them.
enum TerminalText {
    /// How many columns a text takes.
    static func width(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + width($1) }
    }

    private static func width(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default:
            let category = scalar.properties.generalCategory
            return category == .nonspacingMark || category == .enclosingMark || category == .format ? 0 : 1
        }
    }

    static func padded(_ text: String, to width: Int, onTheLeft: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - self.width(text)))
        return onTheLeft ? space + text : text + space
    }

    /// The text in lines of at most so many columns, broken between words where there are any. At least one line.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            for piece in pieces(of: String(word), width: width) {
                if !line.isEmpty, self.width(line) + 1 + self.width(piece) > width {
                    lines.append(line)
                    line = piece
                } else {
                    line += line.isEmpty ? piece : " " + piece
                }
            }
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }

    /// A word in parts that fit, broken after a hyphen or a slash where there is one.
    private static func pieces(of word: String, width: Int) -> [String] {
        guard self.width(word) > width else { return [word] }
        var pieces: [String] = []
        var piece = ""
        var columns = 0
        for character in word {
            let more = self.width(character)
            if columns + more > width, !piece.isEmpty {
                let end = piece.lastIndex { $0 == "-" || $0 == "/" }.map { piece.index(after: $0) } ?? piece.endIndex
                pieces.append(String(piece[..<end]))
                piece = String(piece[end...])
                columns = self.width(piece)
            }
            piece.append(character)
            columns += more
        }
        return pieces + [piece]
    }
}
