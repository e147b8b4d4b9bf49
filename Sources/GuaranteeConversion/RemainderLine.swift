import GuaranteeModel
import JSONMessages
import Translation

/// A remainder as it is kept: a line of JSON that names the document that it belongs to by digest (`docs/loss-report.md`).
struct RemainderLine {
    private let tree: WireTree

    /// - Throws: `missing-context` where the bytes are no such line.
    init(parsing bytes: [UInt8]) throws(TranslationError) {
        do {
            // What was read leniently may hold members that stand twice, and so may its remainder.
            tree = try JSONReader(duplicates: .keepLast).read(bytes)
        } catch {
            throw TranslationError(.missingContext, "the remainder can't be read: \(error)")
        }
    }

    /// The format of what it belongs to.
    var format: MessageFormat? {
        text("to").flatMap { $0.split(separator: "+").first }.flatMap { MessageFormat(rawValue: String($0)) }
    }

    /// The remainder, for the document that it belongs to.
    ///
    /// - Throws: `missing-context` where it is another's.
    func remainder(of document: WireTree, _ translator: Translator) throws(TranslationError) -> Remainder {
        guard let digest = text("digest"), digest == MessageDigest.of(document, translator.masker) else {
            throw TranslationError(
                .missingContext, "the remainder belongs to another message: it is refused with any but its own")
        }
        do {
            return try Remainder(tree, reader: translator.xmlReader)
        } catch {
            throw TranslationError(.missingContext, "the remainder can't be read: \(error)")
        }
    }

    static func bytes(of conversion: Conversion, to target: String, _ mappings: MappingSet) -> [UInt8] {
        var json = JSONStream()
        json.object { json in
            json.member("to", target)
            json.member("digest", MessageDigest.of(conversion.document, conversion.masker))
            conversion.remainder.write(to: &json)
            json.object("mappings") { json in
                for (file, revision) in conversion.mappingRevisions(mappings) { json.member(file, revision) }
            }
        }
        return json.bytes
    }

    private func text(_ name: String) -> String? { tree.child(name, of: WireTree.root).map { tree.text(of: $0) } }
}
