import GuaranteeModel
import TestSupport

@testable import Translation

/// Breaks a JSON message in one place, or says a member twice: perhaps so that it stays valid.
struct JSONBreaker {
    enum Way: CaseIterable {
        case drop, double, rename, null, number, text, lengthen, object, array, spread
    }

    static func broken(_ tree: WireTree, _ random: inout SeededRandom) -> WireTree {
        let way = random.pick(Way.allCases)
        let victim = random.int(in: 1...max(1, tree.nodes.count - 1))
        var copy = WireTree(syntax: .json)
        self.copy(tree, 0, into: &copy, way, victim)
        return copy
    }

    private static func copy(
        _ tree: WireTree, _ node: Int, into copy: inout WireTree, _ way: Way, _ victim: Int
    ) {
        let name = tree.name(of: node)
        guard node == victim else { return plain(tree, node, name, into: &copy, way, victim) }
        switch way {
        case .drop: return
        case .null: copy.leaf(.null, name: name, text: "null")
        case .number: copy.leaf(.number, name: name, text: "7")
        case .text: copy.leaf(.string, name: name, text: "seven")
        case .object:
            copy.begin(.group, name: name)
            copy.leaf(.string, name: "x", text: "y")
            copy.end()
        case .array:
            copy.begin(.array, name: name)
            plain(tree, node, "", into: &copy, way, victim)
            copy.end()
        case .spread:
            copy.begin(.group, name: name)
            copy.end()
        case .rename: plain(tree, node, name.isEmpty ? "" : name + "x", into: &copy, way, victim)
        case .double:
            if !name.isEmpty {
                copy.begin(.group, name: name)
                copy.leaf(.number, name: "first", text: "1.50")
                copy.end()
                copy.leaf(.string, name: name, text: "second")
            }
            plain(tree, node, name, into: &copy, way, victim)
        case .lengthen:
            guard tree.nodes[node].kind == .string else { return plain(tree, node, name, into: &copy, way, victim) }
            copy.leaf(.string, name: name, text: tree.text(of: node) + String(repeating: "9", count: 30))
        }
    }

    private static func plain(
        _ tree: WireTree, _ node: Int, _ name: String, into copy: inout WireTree, _ way: Way, _ victim: Int
    ) {
        let new = copy.begin(tree.nodes[node].kind, name: name)
        if !tree.nodes[node].kind.isContainer { copy.setText(tree.text(of: node), of: new) }
        for child in tree.children(of: node) { self.copy(tree, child, into: &copy, way, victim) }
        copy.end()
    }
}
