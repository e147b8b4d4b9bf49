import GuaranteeModel
import JSONMessages
import XMLMessages

@testable import Translation

/// One way of converting and undoing: the translators there and back, and what surrounds a record.
struct RoundTrip {
    let mappings: MappingSet
    let masker: Masker
    private(set) var there: Translator
    private(set) var back: Translator

    init(from source: MessageFormat, to options: TranslationOptions, mappings: MappingSet = Fixtures.mappings) {
        self.mappings = mappings
        masker = Masker(mappings)
        there = Translator(mappings: mappings, masker: masker, options: options)
        var way = TranslationOptions(target: source)
        way.source = options.target
        way.isLenient = options.isLenient
        back = Translator(mappings: mappings, masker: masker, options: way)
    }

    /// Undoes a conversion by what was written alone: the document's bytes and the remainder's.
    func undo(_ conversion: Conversion) throws -> WireTree {
        let bytes = try conversion.document.serialised()
        var json = JSONStream()
        json.object { conversion.remainder.write(to: &$0) }
        // What is kept whole may hold members twice.
        let kept = try JSONReader(duplicates: .keepLast).read(json.bytes)
        let remainder = try Remainder(kept, reader: back.xmlReader)
        let reading = try back.read(Payload(bytes))
        return try back.write(reading, supply: Supply(), remainder: remainder).document
    }

    /// The leaves in which two documents differ: nothing where they are the same leaf for leaf, lexeme for lexeme.
    /// Where the text that came back is masked, it must be the mask of the original's.
    func differences(_ before: WireTree, _ after: WireTree) -> [String] {
        guard !isSame(before, after) else { return [] }
        let left = leaves(of: before, masked: false)
        let right = leaves(of: after, masked: false)
        let masked = leaves(of: before, masked: true)
        var differences: [String] = []
        for (path, texts) in left {
            let found = right[path] ?? []
            let isSame =
                found.count == texts.count
                && found.indices.allSatisfy { found[$0] == texts[$0] || found[$0] == masked[path]?[$0] }
            if !isSame { differences.append("\(path) was \(texts), is \(found)") }
        }
        for (path, texts) in right where left[path] == nil { differences.append("\(path) is new: \(texts)") }
        return differences.sorted()
    }

    private func isSame(_ before: WireTree, _ after: WireTree) -> Bool {
        guard before.nodes.count == after.nodes.count else { return false }
        return before.nodes.indices.allSatisfy { node in
            before.nodes[node].kind == after.nodes[node].kind && before.nodes[node].end == after.nodes[node].end
                && before.nameBytes(of: node) == after.nameBytes(of: node)
                && before.textBytes(of: node) == after.textBytes(of: node)
        }
    }

    private func leaves(of tree: WireTree, masked: Bool) -> [String: [String]] {
        let paths = tree.allPaths()
        var leaves: [String: [String]] = [:]
        for node in tree.nodes.indices where tree.isLeaf(node) {
            let mask = masked ? masker.mask(for: node, in: tree) : nil
            // A number that is a secret is masked as a text.
            let kind = mask != nil && tree.nodes[node].kind == .number ? .string : tree.nodes[node].kind
            leaves[paths[node], default: []].append("\(kind) \((mask ?? tree.text(of: node)).debugDescription)")
        }
        return leaves
    }
}

/// What many tests need once.
enum Fixtures {
    static let mappings: MappingSet = {
        do { return try MappingSet(.embedded) } catch { fatalError("the built-in mappings don't load: \(error)") }
    }()

    /// A context that knows everything.
    static let context: TranslationContext = {
        let text = """
            tin: GB123456789012
            grn: 23GB0000010000854
            guaranteeType: "1"
            currency: GBP
            sender: MDTP-GUA-0123456789abcdef01234567
            receiver: NTA.GB
            office: GB000001
            accessDate: "20260131"
            monitoringCode: "1"
            exposure: "10.50"
            exposureCount: "3"
            originalMessage: abcdefghij1234
            clock: 2026-02-03T04:05:06Z
            ids: {seed: 7}
            """
        do {
            return try TranslationContext(parsing: Array(text.utf8), file: "context.yaml", mappings: mappings)
        } catch {
            fatalError("the context does not load: \(error)")
        }
    }()

    static func plan(_ message: String) -> MessagePlan {
        guard let plan = mappings.plan(named: message) else { fatalError("there is no plan for \(message)") }
        return plan
    }

    /// The messages that can be read.
    static let readable = mappings.plans.filter { $0.format == .v1XML || !$0.file.recognitions.isEmpty }
}
