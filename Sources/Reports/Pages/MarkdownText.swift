import Foundation

/// Texts as GitHub-flavoured Markdown shows them as they are.
enum MarkdownText {
    /// A text in a table's cell or a sentence: what Markdown or HTML would take for its own is escaped.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in VisibleText.of(text).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\\", "`", "*", "_", "[", "]", "#", "|", "~", "!":
                escaped += "\\"
                escaped.unicodeScalars.append(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        // GitHub makes links of these wherever they stand.
        return escaped.replacingOccurrences(of: "://", with: "&#58;//").replacingOccurrences(
            of: "www.", with: "www&#46;")
    }

    /// A text from outside, in a table's cell: as code, so that it names nobody and links nowhere.
    static func code(_ text: String) -> String {
        let visible = VisibleText.of(text)
        guard !visible.isEmpty else { return "" }
        var longest = 0
        var run = 0
        for byte in visible.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let isAtEdge = visible.hasPrefix("`") || visible.hasSuffix("`")
        let inner = visible.replacingOccurrences(of: "|", with: "\\|")
        return isAtEdge ? "\(fence) \(inner) \(fence)" : fence + inner + fence
    }
}
