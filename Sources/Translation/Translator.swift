package import GuaranteeModel
import JSONMessages
package import XMLMessages

/// What a translator is to do with each record.
package struct TranslationOptions: Sendable {
    /// The shape of v1.0's JSON answers (contract section 3): to the `POST`, or to the `GET` that asks for a stored request.
    package enum Form: String, Sendable, CaseIterable {
        case post, get
    }

    package var target: MessageFormat
    /// The format of the input; nil where content tells.
    package var source: MessageFormat?
    package var isLenient = false
    package var form = Form.post
    /// Whether JSON messages are written without the exchange around them: the body alone.
    package var writesBodyAlone = false
    /// Whether each conversion is undone and compared.
    package var verifies = false

    package init(target: MessageFormat) {
        self.target = target
    }
}

/// Converts one record after another between the formats. One to a worker: it reuses its parsers' memory.
package struct Translator {
    package let mappings: MappingSet
    package let masker: Masker
    package let options: TranslationOptions
    private let parser: PayloadParser

    package init(mappings: MappingSet, masker: Masker, options: TranslationOptions) {
        self.mappings = mappings
        self.masker = masker
        self.options = options
        parser = PayloadParser(isLenient: options.isLenient)
    }

    /// Reads XML that remainders keep.
    package var xmlReader: XMLReader { parser.xml }

    // MARK: - Reading

    /// Reads a record's message; what the schema forbids stands in the reading's remarks.
    package func read(_ payload: Payload) throws(TranslationError) -> Reading {
        try read(try parser.parse(payload), as: options.source)
    }

    /// Parses a payload and no more: for what must be known of a message that can't be read.
    package func parse(_ payload: Payload) throws(TranslationError) -> WireTree { try parser.parse(payload) }

    package func read(_ tree: WireTree) throws(TranslationError) -> Reading { try read(tree, as: options.source) }

    private func read(_ tree: WireTree, as format: MessageFormat?) throws(TranslationError) -> Reading {
        let matches = try Recogniser(mappings: mappings, format: format).recognise(tree)
        var whole: Reading?
        for match in matches {
            let part = MessageReader(
                plan: match.plan, conditions: mappings.conditions, isLenient: options.isLenient, tree: tree,
                node: match.node, root: match.root
            ).read()
            if whole == nil { whole = part } else { whole?.add(part) }
        }
        guard var whole else { throw TranslationError(.unknownMessage, "holds no message") }
        whole.noteEnvelope()
        return whole
    }

    // MARK: - Writing

    /// Converts what was read.
    ///
    /// - Parameter remainder: the remainder that belongs to the message, where it is the way back.
    package func write(_ reading: Reading, supply: Supply, remainder: Remainder?) throws(TranslationError) -> Conversion
    {
        if let first = reading.remarks.first(where: { $0.severity == .error }) {
            let others = reading.remarks.count { $0.severity == .error } - 1
            throw TranslationError(
                .schema, at: first.place, path: first.path,
                first.message + (others > 0 ? " (and \(others) more)" : ""))
        }
        if reading.format == .v1XML, options.target == .v1XML { return copied(reading, remainder) }
        var reading = reading
        if let remainder, remainder.format == options.target { remainder.spread(&reading) }
        try separate(&reading)
        var writing = Writing(translator: self, reading: reading, supply: supply, remainder: remainder)
        var conversion = try writing.write()
        if options.verifies { try verify(&conversion) }
        return conversion
    }

    /// Sets apart what has no counterpart: the record when strict, the guarantees concerned when lenient.
    private func separate(_ reading: inout Reading) throws(TranslationError) {
        guard let first = reading.separations.first, options.target != reading.format else { return }
        let dropped = Set(reading.separations.compactMap(\.guarantee))
        guard options.isLenient, dropped.count < reading.hub.guarantees.count else {
            throw TranslationError(.noCounterpart, at: first.place, path: first.path, first.why)
        }
        reading.drop(dropped)
        for separation in reading.separations {
            reading.remarks.append(
                Remark(
                    .warning, code: "no-counterpart", path: separation.path, place: separation.place,
                    message: "is left out: \(separation.why)"))
        }
    }

    /// NCTS4 XML as NCTS4 XML: the message taken out of its envelope, or put back in it, and nothing else.
    private func copied(_ reading: Reading, _ remainder: Remainder?) -> Conversion {
        var tree = WireTree(syntax: .xml)
        let node = reading.messageNodes[0]
        tree.graft(reading.tree, node)
        var written = WrittenMessage(tree: tree, plan: reading.plan)
        for leaf in tree.nodes.indices where tree.isLeaf(leaf) {
            written.leaves.append(WrittenLeaf(node: leaf, origin: .hub(.message), isExact: true))
        }
        return Conversion(copying: reading, as: written, envelope: remainder?.surroundings, masker: masker)
    }

    // MARK: - The law

    /// Undoes a conversion with its remainder and compares leaf for leaf.
    private func verify(_ conversion: inout Conversion) throws(TranslationError) {
        let undone: WireTree
        do {
            undone = try undo(conversion)
        } catch {
            throw TranslationError(.law, "the conversion can't be undone: \(error.message)")
        }
        let before = masker.sortedLeaves(of: conversion.reading.tree)
        let after = masker.sortedLeaves(of: undone)
        guard before != after else { return }
        let paths = Set(before).symmetricDifference(after).map(\.path).sorted()
        throw TranslationError(
            .law, path: paths.first ?? "",
            "is not the same when the conversion is undone (\(paths.count) leaves differ)")
    }

    private func undo(_ conversion: Conversion) throws(TranslationError) -> WireTree {
        var back = options
        back.target = conversion.reading.format
        back.source = options.target
        back.verifies = false
        back.writesBodyAlone = false
        let translator = Translator(mappings: mappings, masker: masker, options: back)
        let bytes: [UInt8]
        do { bytes = try conversion.document.serialised() } catch { throw TranslationError(.law, "\(error)") }
        let reading = try translator.read(Payload(bytes, isDecodedText: true))
        return try translator.write(reading, supply: Supply(), remainder: conversion.remainder).document
    }
}

extension WireTree {
    /// The document in its syntax: one line of UTF-8.
    package func serialised(pretty: Bool = false) throws(XMLWritingError) -> [UInt8] {
        var bytes: [UInt8] = []
        switch syntax {
        case .xml: try XMLWriter.write(self, style: pretty ? .pretty : .compact, declaration: pretty, into: &bytes)
        case .json: JSONWriter.write(self, style: pretty ? .pretty : .compact, into: &bytes)
        }
        return bytes
    }
}

extension Masker {
    struct Leaf: Hashable {
        var path: String
        var kind: WireTree.Kind
        var text: String
    }

    /// The leaves of a document by path, secrets masked.
    func sortedLeaves(of tree: WireTree) -> [Leaf] {
        let paths = tree.allPaths()
        return tree.nodes.indices.filter { tree.isLeaf($0) || !tree.textBytes(of: $0).isEmpty }.map { node in
            let mask = mask(for: node, in: tree)
            return Leaf(
                path: paths[node], kind: mask == nil ? tree.nodes[node].kind : .string,
                text: mask ?? tree.text(of: node))
        }.sorted { ($0.path, $0.text) < ($1.path, $1.text) }
    }
}
