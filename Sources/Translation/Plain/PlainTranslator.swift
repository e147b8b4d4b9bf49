import GuaranteeModel
import JSONMessages
import XMLMessages

/// The messages of a run that can be converted without a tree, and what they become.
package struct PlainSources: Sendable {
    let sources: [PlainSource]
    let mappings: MappingSet
    let masker: Masker
    let options: TranslationOptions

    package init(mappings: MappingSet, masker: Masker, options: TranslationOptions) {
        self.mappings = mappings
        self.masker = masker
        self.options = options
        let choice = MessageChoice(mappings: mappings, target: options.target, form: options.form)
        var sources: [PlainSource] = []
        for plan in mappings.plans where plan.format != options.target {
            if let format = options.source, plan.format != format { continue }
            guard case .kind(let kind) = plan.file.meaning,
                let target = try? choice.plan(saying: BalanceMessage(kind: kind), nil),
                let target = PlainTarget(target, bodyAlone: options.writesBodyAlone),
                let source = PlainSource(plan, number: sources.count, masker: masker, target: target)
            else { continue }
            sources.append(source)
        }
        self.sources = options.isLenient || options.verifies ? [] : sources
    }

    package var isEmpty: Bool { sources.isEmpty }

    /// What counts are kept by.
    package var all: [PlainSource] { sources }
}

/// Converts messages that are as they should be without building anything: read by tables, checked as they are read,
/// written straight to bytes. What it converts it converts as `Translator` does, to the byte and the count; what is
/// unusual in any way it leaves alone, and `Translator` converts it, or finds the words for what is wrong. One to a worker.
package final class PlainTranslator {
    private let sources: PlainSources
    private let xml: ShapedReader?
    private let xmlSources: [PlainSource]
    private let json = JSONReader(duplicates: .reject)
    private var jsonMemory = JSONReader.Memory()
    private let recogniser: Recogniser
    private var message = ShapedMessage()
    /// What the last message in JSON was, where nothing else can be taken for it: the next is likely to be the same.
    private var expected: Expected?
    private var unmistakable: [ObjectIdentifier: [Int: Bool]] = [:]

    private struct Expected {
        var source: PlainSource
        var element: Int
        var root: FieldPath
    }

    private var tree = WireTree(syntax: .json)
    private let reading = PlainReading()
    private var writing = PlainWriting()

    package init(_ sources: PlainSources) {
        self.sources = sources
        recogniser = Recogniser(mappings: sources.mappings, format: sources.options.source)
        xmlSources = sources.sources.filter { $0.plan.format == .v1XML }
        xml = xmlSources.isEmpty ? nil : ShapedReader(xmlSources.map(\.shape))
    }

    /// - Returns: what was read, where the message was converted.
    package func convert(_ payload: Payload, supply: Supply) -> PlainSource? {
        guard let source = read(payload), let target = source.target, reading.take(message, as: source) else {
            return nil
        }
        return writing.write(reading, message.texts, target, supply) ? source : nil
    }

    /// The message that was written last: one line.
    package var output: [UInt8] { writing.output }

    /// The same set out for people; nil where it is XML.
    package func document() -> [UInt8]? {
        guard sources.options.target.syntax == .json, let tree = try? json.read(writing.output) else { return nil }
        return try? tree.serialised(pretty: true)
    }

    /// Adds what became of the leaves of the message that was converted last.
    package func count(into counts: inout PlainCounts, of source: PlainSource) {
        counts.add(reading, writing.targets, written: writing.written, message, source)
    }

    /// What the digest of the message that was read last is taken over.
    package func canonicalNodes(of source: PlainSource) -> [UInt8]? {
        guard source.plan.format == .v1XML else { return sources.masker.canonicalNodes(of: tree) }
        return message.canonicalNodes(of: source, sources.masker)
    }

    private func read(_ payload: Payload) -> PlainSource? {
        switch payload.syntax {
        case .xml?:
            guard let xml,
                xml.read(
                    payload.bytes.span, encoding: payload.isDecodedText ? .decodedText : .declared, into: &message)
            else { return nil }
            return xmlSources[message.shape]
        case .json?: return readJSON(payload)
        case nil: return nil
        }
    }

    private func readJSON(_ payload: Payload) -> PlainSource? {
        // What begins so is no other encoding than UTF-8.
        guard payload.bytes.count > 3, payload.bytes[0] == UInt8(ascii: "{"), !payload.bytes[1...3].contains(0) else {
            return nil
        }
        do throws(JSONError) { try json.read(payload.bytes.span, into: &tree, using: &jsonMemory) } catch { return nil }
        if let expected, message.take(tree, as: expected.source, root: expected.element),
            recogniser.isRecognised(WireTree.root, in: tree, as: expected.source.plan, root: expected.root)
        {
            return expected.source
        }
        guard tree.nodes[WireTree.root].kind == .group, let match = (try? recogniser.recognise(tree))?.first,
            match.node == WireTree.root,
            let source = sources.sources.first(where: { $0.plan === match.plan }),
            let root = source.elements.firstIndex(where: { $0.planNode == match.root }),
            message.take(tree, as: source, root: root)
        else { return nil }
        let path = FieldPath(source.plan.nodes[match.root].field)
        let isUnmistakable = unmistakable[ObjectIdentifier(source.plan), default: [:]][match.root]
        let known = isUnmistakable ?? recogniser.isUnmistakable(source.plan, root: path)
        unmistakable[ObjectIdentifier(source.plan), default: [:]][match.root] = known
        expected = known ? Expected(source: source, element: root, root: path) : nil
        return source
    }
}

extension ShapedMessage {
    /// Takes the members of a message in JSON as its plan has them.
    ///
    /// - Returns: false where it has others, or is otherwise not as it should be.
    mutating func take(_ tree: WireTree, as source: PlainSource, root: Int) -> Bool {
        removeAll()
        return source.canonical.withUnsafeBufferPointer { names in
            take(tree, WireTree.root, as: root, source.members, names)
        }
    }

    private mutating func take(
        _ tree: borrowing WireTree, _ node: Int, as number: Int, _ members: UnsafePointer<PlainMember>,
        _ names: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let member = members[number]
        guard tree.nodes[node].kind == member.leafKind else { return false }
        elements.append(Element(element: Int32(number), start: Int32(texts.count)))
        if member.leafKind != .group {
            tree.appendText(of: node, to: &texts)
            elements[elements.count - 1].count = Int32(texts.count) - elements[elements.count - 1].start
            return true
        }
        let end = Int(tree.nodes[node].end)
        guard end > node + 1 else { return false }
        var found: Int32 = 0
        var due = member.firstChild
        var child = node + 1
        while child < end {
            // Most messages have their members in the plan's order.
            if due == member.endOfChildren || !tree.hasName(names.part(of: members[Int(due)]), child) {
                due = member.firstChild
                while due < member.endOfChildren, !tree.hasName(names.part(of: members[Int(due)]), child) { due += 1 }
                if due == member.endOfChildren { return false }
            }
            guard !tree.nodes[child].isSuperseded, take(tree, child, as: Int(due), members, names) else { return false }
            if members[Int(due)].isRequired { found += 1 }
            due += 1
            child = Int(tree.nodes[child].end)
        }
        // No member stands twice that counts: the reader sees to that.
        return found == member.required
    }

    /// As `Masker.canonicalNodes` has them; nil where a text needs a closer look.
    func canonicalNodes(of source: PlainSource, _ masker: Masker) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(texts.count + 40 * elements.count)
        let steps = source.steps
        let isPlain = source.canonical.withUnsafeBufferPointer { canonical in
            texts.withUnsafeBufferPointer { texts in
                for entry in elements {
                    let step = steps[Int(entry.element)]
                    bytes.appendDigits(Int(entry.extent))
                    bytes.append(contentsOf: canonical.part(step.canonicalStart, step.canonicalCount))
                    if step.isSecret {
                        bytes.append(contentsOf: AccessCode.mask.utf8)
                    } else if entry.count > 0 {
                        let text = texts.part(entry.start, entry.count)
                        guard masker.isPlain(text) else { return false }
                        bytes.append(contentsOf: text)
                    }
                    bytes.append(0x0A)
                }
                return true
            }
        }
        return isPlain ? bytes : nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// A member's name, among what the digests have.
    fileprivate func part(of member: PlainMember) -> Self { part(member.nameStart, member.nameCount) }

    fileprivate func part(_ start: Int32, _ count: Int32) -> Self {
        Self(rebasing: self[Int(start)..<Int(start) + Int(count)])
    }
}

extension [UInt8] {
    mutating func appendDigits(_ number: Int) {
        if number >= 10 { appendDigits(number / 10) }
        append(UInt8(0x30 + number % 10))
    }
}
