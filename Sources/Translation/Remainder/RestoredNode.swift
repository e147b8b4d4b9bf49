import GuaranteeModel

/// What a remainder says about one node of the message that is written again, and about the nodes inside it.
final class RestoredNode: Sendable {
    enum Value: Sendable {
        /// A leaf, or a part that the schema does not list, as it was.
        case content(WireTree, Int)
        /// The message did not have the leaf, though the hub could fill it.
        case absent
    }

    /// A step of a path: a name, and which of the nodes with that name, from 0.
    struct Step: Hashable, Sendable {
        var name: String
        var position: Int
    }

    let step: Step
    let value: Value?
    let children: [RestoredNode]
    private let positions: [Step: Int]
    private let counts: [String: Int]
    /// Whether anything is to be written here.
    let hasContent: Bool

    private init(step: Step, value: Value?, children: [RestoredNode]) {
        self.step = step
        self.value = value
        self.children = children
        positions = Dictionary(children.enumerated().map { ($1.step, $0) }, uniquingKeysWith: { first, _ in first })
        counts = Dictionary(
            children.filter(\.hasContent).map { ($0.step.name, $0.step.position + 1) }, uniquingKeysWith: max)
        let isContent = if case .content? = value { true } else { false }
        hasContent = isContent || children.contains(where: \.hasContent)
    }

    /// Builds the tree of all that a remainder holds.
    static func build(_ entries: [(steps: [Step], value: Value)]) -> RestoredNode {
        node(Step(name: "", position: 0), entries[...].map { ($0.steps[...], $0.value) })
    }

    private static func node(_ step: Step, _ entries: [(steps: ArraySlice<Step>, value: Value)]) -> RestoredNode {
        var value: Value?
        var order: [Step] = []
        var inside: [Step: [(steps: ArraySlice<Step>, value: Value)]] = [:]
        for entry in entries {
            guard let first = entry.steps.first else {
                value = entry.value
                continue
            }
            if inside[first] == nil { order.append(first) }
            inside[first, default: []].append((entry.steps.dropFirst(), entry.value))
        }
        return RestoredNode(step: step, value: value, children: order.map { node($0, inside[$0] ?? []) })
    }

    func child(_ name: String, _ position: Int) -> RestoredNode? {
        positions[Step(name: name, position: position)].map { children[$0] }
    }

    /// How many nodes of a name there were, as far as the remainder knows.
    func count(of name: String) -> Int { max(0, counts[name] ?? 0) }

    var isAbsent: Bool {
        if case .absent? = value { true } else { false }
    }
}

extension RestoredNode.Step {
    /// The steps of a path in the syntax of its message: an XPath with positions, or a JSON Pointer.
    static func steps(of path: String, syntax: WireTree.Syntax) -> [RestoredNode.Step] {
        path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst().map { part in
            let text = String(Substring(part))
            switch syntax {
            case .json: return RestoredNode.Step(name: unescaped(text), position: 0)
            case .xml:
                guard text.hasSuffix("]"), let open = text.lastIndex(of: "["),
                    let position = Int(text[text.index(after: open)...].dropLast())
                else { return RestoredNode.Step(name: text, position: 0) }
                return RestoredNode.Step(name: String(text[..<open]), position: position - 1)
            }
        }
    }

    private static func unescaped(_ step: String) -> String {
        guard step.contains("~") else { return step }
        var result = ""
        var isEscaped = false
        for scalar in step.unicodeScalars {
            if isEscaped {
                result += scalar == "1" ? "/" : "~"
                isEscaped = false
            } else if scalar == "~" {
                isEscaped = true
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
