import GuaranteeModel
import TestSupport

@testable import Translation

/// The status, code and message of an error, as the table of conditions has them.
struct ErrorText {
    var status: String?
    var code: String
    var message: String?
    /// Whether several errors have the code.
    var isToldByMessage = false
}

extension MessageGenerator {
    /// The words of one of the errors that the message can say, chosen anew for each; nil for other messages.
    mutating func errorText() -> ErrorText? {
        guard case .condition = plan.file.meaning, plan.file.condition == nil else {
            facts.condition = plan.file.condition?.name
            return nil
        }
        let rows = mappings.conditions.rows.filter { row in
            row.expressions[plan.format]?.spellings.contains { !$0.isWriteOnly } == true
        }
        let row = random.pick(rows)
        let spelling = random.pick((row.expressions[plan.format]?.spellings ?? []).filter { !$0.isWriteOnly })
        facts.condition = row.condition.name
        var text = ErrorText(status: spelling.status, code: spelling.code)
        let namesakes = rows.filter { $0.expressions[plan.format]?.spellings.contains { $0.code == text.code } == true }
        text.isToldByMessage = namesakes.count > 1
        if let message = spelling.message {
            text.message = message.replacing(with: random.pick(["A", "AC01", "é*", "12345"]))
        } else if random.chance(60) {
            text.message = random.pick(["Any words", "", "Request timed out.", "é"])
        }
        return text
    }

    // MARK: - What the schema does not list

    /// Perhaps adds a member that the schema does not list to the JSON object that is open.
    mutating func unlistedMember() {
        guard plan.format != .v1XML, random.chance(shape.unlistedPercent / 2), let last = unlistedNames.indices.last
        else { return }
        let names = ["x-trace", "note", "a/b", "~t", "", "é", "m~n/o", "X-Request-Id", "Authorization", "[1]", "@a"]
        let name = random.pick(names)
        guard unlistedNames[last].insert(name).inserted else { return }
        value(named: name, depth: 0)
    }

    private mutating func value(named name: String, depth: Int) {
        switch random.below(depth > 2 ? 6 : 9) {
        case 0: tree.leaf(.string, name: name, text: random.pick(["", "x", "é\n\u{1}\"\\", "  two  spaces ", "AC01"]))
        case 1: tree.leaf(.number, name: name, text: random.pick(["0", "-0", "1e400", "12345678.90", "1.0E7"]))
        case 2: tree.leaf(.boolean, name: name, text: random.pick(["true", "false"]))
        case 3: tree.leaf(.null, name: name, text: "null")
        case 4:
            tree.begin(.group, name: name)
            tree.end()
        case 5:
            tree.begin(.array, name: name)
            tree.end()
        case 6:
            tree.begin(.array, name: name)
            for _ in 0..<random.int(in: 1...3) { value(named: "", depth: depth + 1) }
            tree.end()
        default:
            tree.begin(.group, name: name)
            for member in ["a", "b/c", ""].prefix(random.int(in: 1...3)) { value(named: member, depth: depth + 1) }
            tree.end()
        }
    }

    // MARK: - Envelopes

    /// Makes levels of something else around the message.
    mutating func envelope(_ message: (inout MessageGenerator, String) -> Void) {
        let depth = random.int(in: 1...3)
        if plan.format == .v1XML {
            for level in 0..<depth {
                tree.begin(.group, name: random.pick(["transitRequest", "env:Envelope", "archiv-é", "r"]))
                if random.chance(50) { tree.leaf(.string, name: "@id", text: "a<b & \"c\" \(level)") }
                if random.chance(50) { tree.leaf(.string, name: "header", text: random.pick(["", " 1 ", "é]]>"])) }
                if random.chance(20) { tree.leaf(.string, name: "#text", text: "between") }
            }
            message(&self, "")
            for _ in 0..<depth {
                if random.chance(50) { tree.leaf(.string, name: "header", text: "again") }
                if random.chance(20) { tree.leaf(.string, name: "#text", text: " end ") }
                tree.end()
            }
        } else {
            tree.begin(.group, name: "")
            for level in 0..<depth {
                if random.chance(50) { tree.leaf(.number, name: "n\(level)", text: "1.50") }
                if random.chance(30) { value(named: "before/~", depth: 1) }
                if level < depth - 1 { tree.begin(.group, name: random.pick(["record", "a/b", "~"])) }
            }
            message(&self, random.pick(["message", "payload", "p~/q", ""]))
            for level in 0..<depth {
                if random.chance(40) { value(named: "behind\(level)", depth: 1) }
                tree.end()
            }
        }
    }
}
