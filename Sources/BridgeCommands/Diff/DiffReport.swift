import Comparison
import Translation

/// How two messages differ: as a table, as JSON, as a patch.
struct DiffReport {
    private let left: DiffSide
    private let right: DiffSide
    private let comparison: MeaningComparison
    private let compared: (ComparedMessage, ComparedMessage)
    private let differences: [Difference]
    private let rule: DifferenceTable.Rule?

    init(_ left: DiffSide, _ right: DiffSide, _ codec: ExchangeCodec, _ table: DifferenceTable) {
        self.left = left
        self.right = right
        comparison = MeaningComparison(codec)
        compared = (left.compared, right.compared)
        differences = comparison.differences(compared.0, compared.1)
        let isVersionApart = (left.format == .v2JSON) != (right.format == .v2JSON)
        let isDifferent = differences.contains { $0.aspect != .form }
        rule =
            isVersionApart && isDifferent
            ? left.format == .v2JSON ? table.rule(v1: right.hub, v2: left.hub) : table.rule(v1: left.hub, v2: right.hub)
            : nil
    }

    /// Whether both are questions, or both answers: a question and an answer can't be compared.
    var isComparable: Bool { left.hub.kind.isQuestion == right.hub.kind.isQuestion }

    /// Whether both mean the same, however it is written.
    var isEqual: Bool { differences.allSatisfy { $0.aspect == .form } }

    private var conclusion: String {
        if differences.isEmpty { return "equal in meaning and form" }
        if isEqual { return "equal in meaning, written differently" }
        guard let rule else { return "different" }
        let isAll = differences.allSatisfy { $0.aspect == .form || rule.explains.contains($0.aspect) }
        return isAll ? "different, and that is right" : "different, and only a part of it is right"
    }

    var text: String {
        var rows = [("", "left", "right"), ("format", left.format.rawValue, right.format.rawValue)]
        rows.append(("says", left.hub.said, right.hub.said))
        let grns = (left.hub.guarantees.first?.grn?.text, right.hub.guarantees.first?.grn?.text)
        if grns.0 ?? grns.1 != nil {
            let mark = differences.contains { $0.aspect == .grn } ? "≠ grn" : "grn"
            rows.append((mark, grns.0 ?? "-", grns.1 ?? "-"))
        }
        rows += differences.filter { $0.aspect != .grn }.map {
            ("≠ \($0.place ?? $0.aspect.rawValue)", $0.left ?? "-", $0.right ?? "-")
        }
        rows = rows.map { (Terminal.visible($0.0), Terminal.visible($0.1), Terminal.visible($0.2)) }
        let widths = (rows.map { $0.0.count }.max() ?? 0, rows.map { $0.1.count }.max() ?? 0)
        var lines = rows.map { Self.padded($0.0, widths.0) + "  " + Self.padded($0.1, widths.1) + "  " + $0.2 }
        lines.append("")
        lines.append(conclusion + (rule.map { ": \($0.why) (\($0.name), \($0.source))" } ?? ""))
        return lines.joined(separator: "\n")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    var json: String {
        var json = JSONStream()
        json.object { json in
            json.member("equal", isEqual)
            json.object("left") { Self.write(left, to: &$0) }
            json.object("right") { Self.write(right, to: &$0) }
            json.array("differences") { json in
                for difference in differences {
                    json.object { json in
                        json.member("aspect", difference.aspect.rawValue)
                        json.memberIfPresent("place", difference.place)
                        json.memberIfPresent("left", difference.left)
                        json.memberIfPresent("right", difference.right)
                    }
                }
            }
            json.memberIfPresent("rule", rule?.name)
            json.memberIfPresent("why", rule?.why)
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func write(_ side: DiffSide, to json: inout JSONStream) {
        json.member("format", side.format.rawValue)
        json.memberIfPresent("message", side.name)
        json.member("kind", side.hub.kind.rawValue)
        json.memberIfPresent("condition", side.hub.condition?.name)
        json.memberIfPresent("grn", side.hub.guarantees.first?.grn?.text)
        json.memberIfPresent("balance", side.hub.guarantees.first?.balance?.lexeme)
        json.memberIfPresent("currency", side.hub.guarantees.first?.currency)
    }

    /// From the left's v2.0 form to the right's; nil where v2.0 can't say one of them.
    var patch: String? {
        comparison.patch(compared.0, compared.1).map { String(decoding: $0.json, as: UTF8.self) }
    }
}

extension BalanceMessage.Kind {
    fileprivate var isQuestion: Bool { self == .query || self == .stateQuery }
}
