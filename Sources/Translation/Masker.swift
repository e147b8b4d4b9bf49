package import GuaranteeModel

/// Knows which parts of a message are secret, and hides them (design section 8).
package final class Masker: Sendable {
    private let rules: [(name: [UInt8], secret: Rule.Secret)]
    private let identifiers: [(name: [UInt8], rule: Rule.Secret)]
    /// What leaves mean that hold no secret as long as they look like what they are.
    let meanings: [[UInt8]: [Rule.Binding]]
    private let wordings: [Wildcard]
    private let shortestWording: Int
    private let foldedNames: [[UInt8]]
    private let conditions: ConditionTable

    package init(_ mappings: MappingSet) {
        var seen: Set<String> = []
        var rules: [(name: [UInt8], secret: Rule.Secret)] = mappings.plans.flatMap(\.nodes).compactMap { node in
            guard let secret = node.rule.secret, seen.insert(node.name).inserted else { return nil }
            return (node.nameBytes, secret)
        }
        // The group around a secret holds nothing else: what stands in it in the secret's stead is no less secret.
        var groups: [[UInt8]] = []
        for plan in mappings.plans where plan.format == .v1XML {
            for node in plan.nodes where node.rule.secret != nil && node.rule.secret?.witness == nil {
                let group = plan.nodes[node.parent]
                guard group.children.count == 1, seen.insert(group.name).inserted else { continue }
                rules.append((group.nameBytes, Rule.Secret()))
                groups.append(group.nameBytes)
            }
        }
        var meanings: [[UInt8]: [Rule.Binding]] = [:]
        for node in mappings.plans.flatMap(\.nodes) {
            if let binding = node.rule.binding { meanings[node.nameBytes, default: []].append(binding) }
        }
        self.meanings = meanings
        var known: Set<String> = []
        identifiers = mappings.plans.flatMap(\.nodes).compactMap { node in
            guard let rule = node.rule.identifier, known.insert(node.name).inserted else { return nil }
            return (node.nameBytes, rule)
        }
        self.rules = rules
        secretGroups = groups
        conditions = mappings.conditions
        wordings = mappings.conditions.secretWordings
        shortestWording = wordings.map { $0.text.utf8.count - 1 }.min() ?? .max
        let names = rules.map(\.name) + [Self.credential]
        foldedNames = names.map { $0.map { $0 | 0x20 } }
        secretNames = names + rules.flatMap { Self.divided($0.name) }
        secretWordings = wordings.compactMap(\.surroundings)
    }

    /// The names of groups that hold nothing but a secret.
    let secretGroups: [[UInt8]]

    /// The names of leaves that may hold secrets.
    let secretNames: [[UInt8]]

    /// Whether a column or member of this name, however it is cased or divided, holds a secret.
    package func isSecret(name: some Collection<UInt8>) -> Bool {
        guard let first = name.first else { return false }
        // Nearly every name is told apart by its length or first letter.
        let candidates = foldedNames.lazy.filter { (0...2).contains(name.count - $0.count) && $0.first == first | 0x20 }
        guard !candidates.isEmpty else { return false }
        let letters = name.filter { !Self.dividers.contains($0) }.map { $0 | 0x20 }
        return candidates.contains(letters)
    }

    /// What people put between the words of a name.
    private static let dividers: [UInt8] = [UInt8(ascii: "_"), UInt8(ascii: "-"), 0x20]

    /// A name like `oneTwo` as `one_two`, `one-two` and `one two`; nothing where it is one word.
    private static func divided(_ name: [UInt8]) -> [[UInt8]] {
        let capitals = name.indices.dropFirst().filter { (0x41...0x5A).contains(name[$0]) }
        guard capitals.count == 1, let capital = capitals.first, (0x61...0x7A).contains(name[0]) else { return [] }
        return dividers.map { Array(name[..<capital]) + [$0] + Array(name[capital...]) }
    }

    /// The texts around a secret in wordings that repeat one.
    let secretWordings: [(before: [UInt8], after: [UInt8])]

    /// The header that carries a token in captured exchanges.
    static let credential = Array("authorization".utf8)

    /// What stands in a leaf's place wherever it is not the message itself; nil where it is no secret.
    package func mask(for node: Int, in tree: WireTree) -> String? {
        guard tree.nodes[node].kind == .string || tree.nodes[node].kind == .number else { return nil }
        // What stands inside a secret's place is secret too, whatever its shape.
        var around = node
        while around >= 0 {
            if isSecret(tree.nameBytes(of: around), around, tree) { return AccessCode.mask }
            around = Int(tree.nodes[around].parent)
        }
        let text = tree.textBytes(of: node)
        if let wording = wordings.first(where: { $0.matches(text) }) { return wording.replacing(with: AccessCode.mask) }
        // A text may be a message itself, or a part of one.
        guard text.count > 12, text.contains(where: Self.divides) else { return nil }
        let plain = Self.unescapingLetters(Array(text))
        let masked = masked(plain)
        return masked == plain ? nil : String(decoding: masked, as: UTF8.self)
    }

    /// Whether a byte can stand between a secret's name and the secret.
    private static func divides(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: ";")
    }

    private func isSecret(_ name: ArraySlice<UInt8>, _ node: Int, _ tree: WireTree) -> Bool {
        let name = name.first == UInt8(ascii: "@") ? name.dropFirst() : name
        if name.count == Self.credential.count, name.map({ $0 | 0x20 }) == Self.credential { return true }
        guard let (_, secret) = rules.first(where: { name.elementsEqual($0.name) }) else {
            return isSecret(name: name)
        }
        return isMarked(secret, node, tree)
    }

    /// Whether what has this name is masked wherever it stands.
    func secrecy(ofName name: [UInt8]) -> Secrecy {
        if name.count == Self.credential.count, name.map({ $0 | 0x20 }) == Self.credential { return .secret }
        guard let (_, secret) = rules.first(where: { name == $0.name }) else {
            return isSecret(name: name) ? .secret : .open
        }
        return secret.witness == nil ? .secret : .depends
    }

    /// Whether a text needs no mask, whatever its name: none that repeats a secret, and no part of a message.
    func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if text.count <= 12, text.count < shortestWording { return true }
        if text.contains(where: Self.divides) { return false }
        return text.count < shortestWording || !wordings.contains { $0.matches(Array(text)[...]) }
    }

    /// Whether a leaf is what a rule says of it; where the leaf that would tell is missing, it is taken to be.
    private func isMarked(_ rule: Rule.Secret, _ node: Int, _ tree: WireTree) -> Bool {
        guard let witness = rule.witness else { return true }
        let parent = Int(tree.nodes[node].parent)
        guard parent >= 0, let leaf = tree.child(witness.name, of: parent) else { return true }
        return witness.says.matches(tree.textBytes(of: leaf))
    }

    /// Whether a leaf holds a tax identifier.
    func isIdentifier(_ node: Int, in tree: WireTree) -> Bool {
        let name = tree.nameBytes(of: node)
        guard let (_, rule) = identifiers.first(where: { name.elementsEqual($0.name) }) else { return false }
        return isMarked(rule, node, tree)
    }

    /// A document as its nodes, one to a line, secrets masked: what digests are taken over. How the syntax is spelled (white
    /// space, escapes, encoding) makes no difference; names, values and their order do.
    package func canonicalNodes(of tree: WireTree) -> [UInt8] {
        var bytes: [UInt8] = []
        for node in tree.nodes.indices {
            // The end tells how deep a node stands, without counting its ancestors.
            let mask = mask(for: node, in: tree)
            let kind = mask == nil ? tree.nodes[node].kind : .string
            bytes += "\(tree.nodes[node].end - Int32(node))\t\(kind.rawValue)\t".utf8
            bytes += tree.nameBytes(of: node)
            bytes.append(0x09)
            if let mask { bytes += mask.utf8 } else { bytes += tree.textBytes(of: node) }
            bytes.append(0x0A)
        }
        return bytes
    }
}

extension Wildcard {
    /// The texts before and behind the only `*`.
    fileprivate var surroundings: (before: [UInt8], after: [UInt8])? {
        let parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        return parts.count == 2 ? (Array(parts[0]), Array(parts[1])) : nil
    }
}
