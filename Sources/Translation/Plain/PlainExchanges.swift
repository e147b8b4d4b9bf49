import GuaranteeModel
import JSONMessages
import Synchronization
import XMLMessages

/// Queries and answers of both versions' JSON that are as they should be, between hub and HTTP without a tree. What is
/// unusual it leaves to `ExchangeCodec`, which says the same of all that is done here.
final class PlainExchanges: Sendable {
    /// A message of HTTP: what stands around its body is the same each time, but for the path.
    struct Written {
        var status: Int?
        var method: String?
        var path: String?
        var headers: HeaderFields
        var body: [UInt8]
    }

    private struct Key: Hashable {
        var format: MessageFormat
        var kind: BalanceMessage.Kind
        var form: TranslationOptions.Form
    }

    fileprivate struct Frame: Sendable {
        let target: PlainTarget
        var status: Int?
        var method: String?
        var path: (binding: Rule.Binding, check: PlainCheck)?
        var headers = HeaderFields()
    }

    private struct Answer: Sendable {
        let source: PlainSource
        let root: Int
        let status: Int?
    }

    private let frames: [Key: Frame]
    private let answers: [MessageFormat: [Answer]]
    private let idle = Mutex<[Workbench]>([])

    init(_ mappings: MappingSet, masker: Masker) {
        var frames: [Key: Frame] = [:]
        for format in [MessageFormat.v1JSON, .v2JSON] {
            for form in TranslationOptions.Form.allCases {
                let choice = MessageChoice(mappings: mappings, target: format, form: form)
                for kind in [BalanceMessage.Kind.query, .answer] {
                    guard let plan = try? choice.plan(saying: BalanceMessage(kind: kind), nil) else { continue }
                    frames[Key(format: format, kind: kind, form: form)] = Frame(plan)
                }
            }
        }
        self.frames = frames
        var answers: [MessageFormat: [Answer]] = [:]
        for plan in mappings.plans where plan.format != .v1XML {
            guard case .kind(.answer) = plan.file.meaning, let body = plan.body,
                let source = PlainSource(plan, number: 0, masker: masker, target: nil),
                let root = source.elements.firstIndex(where: { $0.planNode == body })
            else { continue }
            answers[plan.format, default: []].append(
                Answer(source: source, root: root, status: plan.constant(at: "status").flatMap { Int($0) }))
        }
        self.answers = answers
    }

    // MARK: - Writing

    /// - Returns: nil where it is nothing plain.
    func write(_ hub: BalanceMessage, in format: MessageFormat, form: TranslationOptions.Form) -> Written? {
        guard hub.condition == nil, hub.guarantees.count == 1,
            let frame = frames[Key(format: format, kind: hub.kind, form: form)]
        else { return nil }
        for list in HubList.allCases where list != .guarantees && hub.count(of: list) > 0 { return nil }
        var written = Written(
            status: frame.status, method: frame.method, path: nil, headers: frame.headers, body: [])
        if let (binding, check) = frame.path {
            guard let text = hub[binding.field, 0],
                let path = binding.wireText(from: text, type: check.type, syntax: .json),
                check.accepts(Array(path.utf8)[...])
            else { return nil }
            written.path = path
        }
        return withBench { bench -> Written? in
            // An access code is kept no longer than it is needed.
            defer { bench.wipe() }
            bench.reading.take(hub, for: frame.target, &bench.texts)
            let isWritten = bench.writing.write(bench.reading, bench.texts, frame.target, Supply())
            written.body = bench.writing.takeOutput()
            return isWritten ? written : nil
        }
    }

    // MARK: - Reading

    /// - Returns: what an answer means; nil where it is nothing plain.
    func answer(in response: ExchangeResponse, of format: MessageFormat) -> BalanceMessage? {
        guard let answers = answers[format], response.body.count <= largestText else { return nil }
        return withBench { bench in
            guard (try? Self.reader.read(response.body.span, into: &bench.tree, using: &bench.memory)) != nil else {
                return nil
            }
            for answer in answers where answer.status == response.status {
                guard bench.message.take(bench.tree, as: answer.source, root: answer.root) else { continue }
                guard bench.reading.take(bench.message, as: answer.source) else { return nil }
                return bench.reading.hub(bench.message, answer.source)
            }
            return nil
        }
    }

    /// Reads a body.
    func tree(of body: [UInt8]) throws(JSONError) -> WireTree {
        guard body.count <= largestText else { return try Self.reader.read(body) }
        return try withBench { bench throws(JSONError) in
            var tree = WireTree(syntax: .json)
            tree.reserveCapacity(forText: body.count)
            try Self.reader.read(body.span, into: &tree, using: &bench.memory)
            return tree
        }
    }

    static let reader = JSONReader(duplicates: .keepLast)

    // MARK: - Memory

    /// What reading and writing a message takes, used again for others.
    // @unchecked: who took it has it alone, until it is given back.
    private final class Workbench: @unchecked Sendable {
        var memory = JSONReader.Memory()
        var tree = WireTree(syntax: .json)
        var message = ShapedMessage()
        let reading = PlainReading()
        var texts: [UInt8] = []
        var writing = PlainWriting()

        /// Writes over the texts of a hub that was written.
        func wipe() {
            for index in texts.indices { texts[index] = 0 }
            texts.removeAll(keepingCapacity: texts.capacity <= largestText)
        }
    }

    private func withBench<Result, Failure>(_ body: (Workbench) throws(Failure) -> Result) throws(Failure) -> Result {
        let bench = idle.withLock { $0.popLast() } ?? Workbench()
        defer { idle.withLock { $0.append(bench) } }
        return try body(bench)
    }
}

/// What is longer is not read in memory that is kept.
private let largestText = 1 << 16

extension PlainExchanges.Frame {
    /// nil where the message is more than constants around a body.
    init?(_ plan: MessagePlan) {
        guard let body = plan.body, let target = PlainTarget(plan, bodyAlone: true), target.rootNode == body else {
            return nil
        }
        self.target = target
        for node in plan.nodes where node.isLeaf && !plan.isInside(body, node) {
            let constant = node.constant
            switch node.field {
            case "status":
                guard let constant else { return nil }
                status = Int(constant)
            case "method":
                guard let constant else { return nil }
                method = constant
            case "path":
                guard let binding = node.rule.binding, let type = node.type else { return nil }
                path = (binding, PlainCheck(type, plan.format.syntax))
            case let field where field.hasPrefix("headers/"):
                guard let constant else { return nil }
                headers.append(node.name, constant)
            default: return nil
            }
        }
    }
}

extension MessagePlan {
    /// What a leaf always says.
    fileprivate func constant(at field: String) -> String? { node(at: field).flatMap { nodes[$0].constant } }

    fileprivate func isInside(_ group: Int, _ node: Node) -> Bool {
        var parent = node.parent
        while parent >= 0 {
            if parent == group { return true }
            parent = nodes[parent].parent
        }
        return false
    }
}

extension MessagePlan.Node {
    /// What the leaf says where nothing is bound to it.
    fileprivate var constant: String? {
        guard rule.binding == nil, case .constant(let text)? = rule.sources.first else { return nil }
        return text
    }
}

extension PlainReading {
    /// Takes what a hub says, as far as a message says it.
    ///
    /// - Parameter texts: takes the bytes of it.
    func take(_ hub: BalanceMessage, for target: PlainTarget, _ texts: inout [UInt8]) {
        texts.removeAll(keepingCapacity: true)
        forget()
        for slot in target.needs {
            guard let text = hub[HubField.allCases[slot], 0] else { continue }
            let start = texts.count
            texts += text.utf8
            set(slot, start..<texts.count)
        }
    }

    /// The hub of a message that was taken.
    func hub(_ message: ShapedMessage, _ source: PlainSource) -> BalanceMessage {
        var hub = BalanceMessage(kind: source.kind)
        hub.append(to: .guarantees)
        for (slot, field) in HubField.allCases.enumerated() where values[slot].start >= 0 {
            let value = values[slot]
            hub[field, 0] =
                value.text
                ?? String(decoding: message.texts[value.start..<value.start + value.count], as: UTF8.self)
        }
        return hub
    }
}
