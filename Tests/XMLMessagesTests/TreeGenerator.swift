import GuaranteeModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where generated trees come from: the same seed gives the same trees.
struct Seed: CustomStringConvertible {
    var value: UInt64

    /// The one in `NCTSBRIDGE_SEED`, or another each time.
    static var current: Seed {
        let text = getenv("NCTSBRIDGE_SEED").map { String(cString: $0) }
        return Seed(value: text.flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max))
    }

    var description: String { "NCTSBRIDGE_SEED=\(value)" }
}

/// A small generator of numbers that is the same on every platform (a Weyl sequence, mixed).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Makes trees of every shape that reading XML can give.
struct TreeGenerator {
    let seed: Seed
    var numbers: SeededNumbers

    init(seed: Seed) {
        self.seed = seed
        numbers = SeededNumbers(state: seed.value)
    }

    mutating func tree() -> WireTree {
        var tree = WireTree(syntax: .xml)
        element(in: &tree, depth: 0)
        return tree
    }

    private mutating func element(in tree: inout WireTree, depth: Int) {
        let isGroup = depth < 6 && chance(depth < 2 ? 80 : 40)
        let node = tree.begin(isGroup ? .group : .string, name: name())
        if chance(15) { tree.leaf(.string, name: "@xmlns:p", text: "urn:p") }
        for attribute in ["@x", "@y", "@p:z"] where chance(15) {
            tree.leaf(.string, name: attribute, text: text())
        }
        if isGroup {
            let isMixed = chance(15)
            for _ in 0...Int.random(in: 0...4, using: &numbers) {
                if isMixed, chance(50) { tree.leaf(.string, name: "#text", text: text() + "x") }
                element(in: &tree, depth: depth + 1)
            }
            if isMixed { tree.leaf(.string, name: "#text", text: "x" + text()) }
        } else {
            tree.setText(text(), of: node)
        }
        tree.end()
    }

    private mutating func name() -> String {
        ["GUAREF2", "a", "AccDatREF24", "p:b", "é", "x-1.2_3", "CD037A"].randomElement(using: &numbers) ?? "a"
    }

    private mutating func text() -> String {
        let pieces = [
            "21GB0000010000SX7", "12345678.90", " ", "\n", "\r", "\r\n", "\t", "&", "<", ">", "\"", "'", "]]>", "&amp;",
            "é", "e\u{301}", "€", "😀", "\u{85}", "\u{2028}", "\u{FFFD}", "\u{7F}", "<!--", "<![CDATA[", "{}",
        ]
        return (0..<Int.random(in: 0...5, using: &numbers)).map { _ in pieces.randomElement(using: &numbers) ?? "" }
            .joined()
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &numbers) < percent }
}
