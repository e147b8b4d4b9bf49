import GuaranteeModel
import TestSupport

@testable import Translation

/// Breaks an XML message in one place: perhaps so that it stays valid.
struct XMLBreaker {
    enum Way: CaseIterable {
        case drop, double, swap, rename, empty, lengthen, shorten, garble, nest, attribute, text, space
    }

    static func broken(_ tree: WireTree, _ random: inout SeededRandom) -> WireTree {
        let way = random.pick(Way.allCases)
        let victim = random.int(in: 1...max(1, tree.nodes.count - 1))
        let number = random.below(20)
        var copy = WireTree(syntax: .xml)
        self.copy(tree, 0, into: &copy, way, victim, number)
        return copy
    }

    private static func copy(
        _ tree: WireTree, _ node: Int, into copy: inout WireTree, _ way: Way, _ victim: Int, _ number: Int
    ) {
        let isVictim = node == victim
        if isVictim, way == .drop { return }
        let name = isVictim && way == .rename ? tree.name(of: node) + "x" : tree.name(of: node)
        let text = isVictim ? changed(tree.text(of: node), way, number) : tree.text(of: node)
        var children = Array(tree.children(of: node))
        if way == .swap, let position = children.firstIndex(of: victim), position > 0 {
            children.swapAt(position, number % position)
        }
        for _ in 0..<(isVictim && way == .double && !name.hasPrefix("@") ? 2 : 1) {
            let new = copy.begin(children.isEmpty ? .string : .group, name: name)
            if isVictim, way == .attribute { copy.leaf(.string, name: "@x", text: "1") }
            if isVictim, way == .text, !children.isEmpty { copy.leaf(.string, name: "#text", text: "stray") }
            if isVictim, way == .nest, children.isEmpty {
                copy.setKind(.group, of: new)
                copy.leaf(.string, name: "X", text: text)
            } else if children.isEmpty {
                copy.setText(text, of: new)
            }
            for child in children { self.copy(tree, child, into: &copy, way, victim, number) }
            copy.end()
        }
    }

    private static func changed(_ text: String, _ way: Way, _ number: Int) -> String {
        switch way {
        case .empty: ""
        case .lengthen: text + String(repeating: "9", count: number + 1)
        case .shorten: String(text.dropLast(1 + number % 3))
        case .garble: number % 2 == 0 ? "é" + text.dropFirst() : String(text.dropLast()) + "7"
        case .space:
            [" \(text) ", text + "\u{A0}", "\n", text.replacingOccurrence(of: "a", with: " "), "a\u{85}b"][number % 5]
        default: text
        }
    }
}
