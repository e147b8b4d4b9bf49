import GuaranteeModel
import JSONMessages

/// Writes one message by its plan: from the hub, the remainder and what else is known.
struct MessageWriter {
    /// What a message is written from.
    struct Job {
        var hub: BalanceMessage
        var supply: Supply
        /// What the remainder says, where the message is one that it brings back.
        var restored: RestoredNode?
        /// The condition's row, where the hub has a condition.
        var row: ConditionTable.Row?
        /// The lists that were filled from the row.
        var listsFromRow: Set<HubList> = []
        /// Whether the hub was read from the same format: its own words for an error are kept.
        var keepsWords = false
        /// Whose spelling of a condition is written, where a format has several.
        var spelling = SpellingSource.service
        var isLenient = false
        /// The plan's node to begin with.
        var root = MessagePlan.root
        /// The guarantee, where a message holds only one.
        var guarantee = 0
    }

    private let plan: MessagePlan
    private let job: Job
    private var generator: IdentifierGenerator?
    private var generated: [Generator: String] = [:]
    private var message: WrittenMessage
    private var remarks: [Remark] = []
    private var missing: [String] = []
    private var refusal: Failure?

    /// Why a message can't be written, and the hub's value that stands in the way, where it is one.
    struct Failure: Error {
        var code = TranslationError.Code.noCounterpart
        var message: String
        var field: HubField?
        var index = 0
    }

    init(plan: MessagePlan, job: Job, generator: IdentifierGenerator?) {
        self.plan = plan
        self.job = job
        self.generator = generator
        message = WrittenMessage(tree: WireTree(syntax: plan.format.syntax), plan: plan)
    }

    struct Result {
        var message: WrittenMessage
        var remarks: [Remark]
    }

    consuming func write() throws(Failure) -> Result {
        try accept()
        let name = plan.format == .v1XML ? plan.nodes[job.root].name : ""
        writeInstance(of: job.root, name: name, index: job.guarantee, restored: job.restored)
        if let refusal { throw refusal }
        guard missing.isEmpty else {
            var names: [String] = []
            for name in missing where !names.contains(name) { names.append(name) }
            throw Failure(
                code: .missingContext,
                message: "\(plan.title) needs \(names.joined(separator: ", ")): give a remainder or a context file")
        }
        return Result(message: message, remarks: remarks)
    }

    /// Checks that the format can speak of what the hub holds.
    private mutating func accept() throws(Failure) {
        guard job.restored == nil else { return }
        let indices = plan.holdsManyGuarantees ? Array(job.hub.guarantees.indices) : [job.guarantee]
        for acceptance in plan.file.acceptances {
            for index in indices {
                guard let (text, _) = job.supply.value(acceptance.field, index, in: job.hub),
                    !acceptance.pattern.matches(text)
                else { continue }
                guard job.isLenient else {
                    throw Failure(message: acceptance.why, field: acceptance.field, index: index)
                }
                remarks.append(
                    Remark(.warning, code: "no-counterpart", path: "", place: .none, message: acceptance.why))
            }
        }
    }

    // MARK: - The tree

    private mutating func writeChildren(of planNode: Int, index: Int, restored: RestoredNode?) {
        graftUnlisted(of: planNode, restored) { $0.position < 0 || $0.name.hasPrefix("@") }
        for child in plan.nodes[planNode].children {
            if plan.nodes[child].isRepeated {
                writeRepeated(child, index: index, restored: restored)
            } else if shouldWrite(child, index: index, restored: restored?.child(plan.nodes[child].name, 0)) {
                writeInstance(
                    of: child, name: plan.nodes[child].name, index: index,
                    restored: restored?.child(plan.nodes[child].name, 0))
                graftRepeated(child, restored)
            }
        }
        graftUnlisted(of: planNode, restored) { $0.position >= 0 && !$0.name.hasPrefix("@") }
    }

    /// Brings back what stood more than once, though the schema has it once.
    private mutating func graftRepeated(_ planNode: Int, _ restored: RestoredNode?) {
        let name = plan.nodes[planNode].name
        for position in 1..<max(1, restored?.count(of: name) ?? 0) {
            if case .content(let tree, let node)? = restored?.child(name, position)?.value {
                graft(tree, node, named: name)
            }
        }
    }

    /// Brings back what the schema does not list: attributes and superseded members in front, the rest behind.
    private mutating func graftUnlisted(
        of planNode: Int, _ restored: RestoredNode?, where isDue: (RestoredNode.Step) -> Bool
    ) {
        for child in restored?.children ?? [] where isDue(child.step) {
            let isListed = plan.child(Array(child.step.name.utf8)[...], of: planNode) != nil
            if !isListed || child.step.position < 0, case .content(let tree, let node)? = child.value {
                graft(tree, node, named: child.step.name)
            }
        }
    }

    private mutating func writeRepeated(_ planNode: Int, index: Int, restored: RestoredNode?) {
        let node = plan.nodes[planNode]
        let known = node.list.map { job.hub.count(of: $0) } ?? 0
        if node.isArray {
            let array = restored?.child(node.name, 0)
            if case .content(let tree, let content)? = array?.value {
                graft(tree, content, named: node.name)
                return
            }
            let count = max(array?.isAbsent == true ? 0 : known, array?.itemCount ?? 0)
            guard count > 0 else {
                require(planNode)
                return
            }
            message.tree.begin(.array, name: node.name)
            for item in 0..<count {
                writeInstance(of: planNode, name: "", index: item, restored: array?.child("\(item)", 0))
            }
            message.tree.end()
        } else {
            let count = max(known, restored?.count(of: node.name) ?? 0)
            if count == 0 { require(planNode) }
            for item in 0..<count {
                writeInstance(
                    of: planNode, name: node.name, index: node.list == nil ? index : item,
                    restored: restored?.child(node.name, item))
            }
        }
    }

    private mutating func require(_ planNode: Int) {
        if plan.nodes[planNode].minimum > 0, job.restored == nil { missing.append(plan.nodes[planNode].name) }
    }

    /// Writes one node that is due: a leaf, or a group with all in it.
    private mutating func writeInstance(of planNode: Int, name: String, index: Int, restored: RestoredNode?) {
        if plan.nodes[planNode].isLeaf {
            writeLeaf(planNode, name: name, index: index, restored: restored)
            return
        }
        if case .content(let tree, let node)? = restored?.value {
            graft(tree, node, named: name)
            return
        }
        message.tree.begin(.group, name: name)
        writeChildren(of: planNode, index: index, restored: restored)
        message.tree.end()
    }

    /// Whether a node that occurs at most once is due. Where a message is brought back, what neither the remainder nor the
    /// hub knows was not there; else an optional group is due once the hub has something to say in it.
    private func shouldWrite(_ planNode: Int, index: Int, restored: RestoredNode?) -> Bool {
        if restored?.hasContent == true { return true }
        if restored?.isAbsent == true { return false }
        if job.restored == nil, plan.nodes[planNode].minimum > 0 { return true }
        return isDue(planNode, index: index, restored: restored)
    }

    /// Whether there is something to say in a node that may be absent.
    private func isDue(_ planNode: Int, index: Int, restored: RestoredNode?) -> Bool {
        if restored?.isAbsent == true { return false }
        let node = plan.nodes[planNode]
        guard node.isLeaf else {
            return node.children.contains {
                isDue($0, index: index, restored: restored?.child(plan.nodes[$0].name, 0))
            }
        }
        return hasValue(planNode, index) || job.restored == nil && node.rule.makesDue(in: plan.format)
    }

    private func hasValue(_ planNode: Int, _ index: Int) -> Bool {
        guard let binding = plan.nodes[planNode].rule.binding, binding.isWritten else { return false }
        if case .spelling = binding, job.restored == nil { return spelling(binding.field) != nil }
        guard let (text, from) = job.supply.value(binding.field, index, in: job.hub) else { return false }
        if job.restored != nil, case .message = from {} else if job.restored != nil { return false }
        guard let type = plan.nodes[planNode].type else { return false }
        return binding.wireText(from: text, type: type, syntax: plan.format.syntax) != nil
    }

    // MARK: - Leaves

    private mutating func writeLeaf(_ planNode: Int, name: String, index: Int, restored: RestoredNode?) {
        if case .content(let tree, let node)? = restored?.value {
            if !writeSecret(planNode, name: name, index: index, asIn: tree, node) {
                graft(tree, node, named: name, planNode: planNode)
            }
            return
        }
        guard let type = plan.nodes[planNode].type, restored?.isAbsent != true else { return }
        let rule = plan.nodes[planNode].rule
        if let binding = rule.binding, binding.isWritten, let (text, from) = hubValue(binding, index),
            let wire = binding.wireText(from: text, type: type, syntax: plan.format.syntax)
        {
            check(wire, planNode, field: binding.field, index: index)
            add(planNode, name, wire, .hub(from), field: binding.field, index: index)
            message.leaves[message.leaves.count - 1].isExact = binding.isExact(wire, of: text)
            message.leaves[message.leaves.count - 1].keepsMeaning = binding.keepsMeaning(of: text)
            return
        }
        guard job.restored == nil else { return }
        for source in rule.sources {
            switch source {
            case .context(let key):
                guard let text = job.supply.context.value(key, grn: grn(index)) else { continue }
                check(text, planNode)
                return add(planNode, name, text, .supplied)
            case .generator(let maker):
                guard let text = generate(maker, index) else { continue }
                return add(planNode, name, text, .synthesised)
            case .constant(let text):
                return add(planNode, name, text, .defaulted)
            }
        }
        if let why = rule.absence {
            refusal = refusal ?? Failure(message: why)
        } else {
            missing.append(rule.contextWord ?? plan.nodes[planNode].name)
        }
    }

    private func hubValue(_ binding: Rule.Binding, _ index: Int) -> (text: String, from: Provenance)? {
        if case .spelling = binding, job.restored == nil { return spelling(binding.field) }
        guard let value = job.supply.value(binding.field, index, in: job.hub) else { return nil }
        if let list = binding.field.list, job.listsFromRow.contains(list) { return (value.text, .table) }
        return value
    }

    /// The words of the condition in this format: the message's own where it came from the same format, or where any words
    /// will do; else the format's spelling.
    private func spelling(_ field: HubField) -> (text: String, from: Provenance)? {
        let own = job.hub[field, 0]
        if job.keepsWords, let own { return (own, .message) }
        let spellings = job.row?.expressions[plan.format]?.spellings ?? []
        let known = job.keepsWords ? spellings.first { $0.code == job.hub.error.code } : nil
        let chosen = known ?? spellings.first { $0.source == job.spelling } ?? spellings.first
        guard let spelling = chosen else { return own.map { ($0, .message) } }
        let word: String? =
            switch field {
            case .errorStatus: spelling.status
            case .errorCode: spelling.code
            default: spelling.message?.filled(as: own)
            }
        guard let word else { return own.map { ($0, .message) } }
        return word == own ? (word, .message) : (word, .table)
    }

    private func grn(_ index: Int) -> String? {
        let guarantee = plan.holdsManyGuarantees ? index : job.guarantee
        return job.supply.value(.grn, guarantee, in: job.hub)?.text
    }

    private mutating func generate(_ name: Generator, _ index: Int) -> String? {
        if let known = generated[name] { return known }
        guard generator != nil else { return nil }
        let text: String? =
            switch name {
            case .reference, .queryReference: generator?.reference()
            case .balanceReference:
                generator?.balanceReference(balanceID: job.supply.value(.balanceID, index, in: job.hub)?.text)
            }
        generated[name] = text
        return text
    }

    private mutating func add(
        _ planNode: Int, _ name: String, _ text: String, _ origin: WrittenLeaf.Origin, field: HubField? = nil,
        index: Int = 0
    ) {
        let node = message.tree.leaf(
            plan.nodes[planNode].type?.wireKind(plan.format.syntax) ?? .string, name: name, text: text)
        message.leaves.append(
            WrittenLeaf(
                node: node, planNode: planNode, field: field, index: field?.list == nil ? 0 : index, origin: origin))
    }

    /// A value that the target's schema forbids has no counterpart; leniently it is written all the same, unless it is a
    /// number, since no number may be written that the format would read as another.
    private mutating func check(_ text: String, _ planNode: Int, field: HubField? = nil, index: Int = 0) {
        // What is brought back was there: a lenient reader took it once.
        guard job.restored == nil, let type = plan.nodes[planNode].type else { return }
        let kind = type.wireKind(plan.format.syntax)
        guard let violation = type.violation(in: Array(text.utf8)[...], kind: kind, syntax: plan.format.syntax) else {
            guard kind == .number, !JSONText.isNumber(text.utf8.span) else { return }
            let message = "\(plan.nodes[planNode].field) is no number that JSON can hold"
            refusal = refusal ?? Failure(message: message, field: field, index: index)
            return
        }
        let message = "\(plan.message)'s \(plan.nodes[planNode].field) can't hold the value: it \(violation.message)"
        if job.isLenient, !plan.nodes[planNode].rule.holdsAmount {
            remarks.append(Remark(.warning, code: violation.code, path: "", place: .none, message: message))
        } else {
            refusal = refusal ?? Failure(message: message, field: field, index: index)
        }
    }

    /// Writes what the message says where the remainder has a secret's mask with white space around it.
    ///
    /// - Returns: false where it has none, or the message does not say it.
    private mutating func writeSecret(
        _ planNode: Int, name: String, index: Int, asIn tree: WireTree, _ node: Int
    ) -> Bool {
        let text = tree.textBytes(of: node)
        let node = plan.nodes[planNode]
        guard let mask = text.withoutXMLSpace, mask.count < text.count, mask.elementsEqual(AccessCode.mask.utf8),
            let type = node.type, let binding = node.rule.binding, binding.isWritten,
            case (let value, .message)? = hubValue(binding, index),
            let wire = binding.wireText(from: value, type: type, syntax: plan.format.syntax)
        else { return false }
        let spelled = text[..<mask.startIndex] + wire.utf8 + text[mask.endIndex...]
        add(
            planNode, name, String(decoding: spelled, as: UTF8.self), .hub(.message), field: binding.field, index: index
        )
        return true
    }

    /// Copies what the remainder kept: each leaf in it counts as restored.
    private mutating func graft(_ tree: WireTree, _ node: Int, named name: String, planNode: Int? = nil) {
        let first = message.tree.nodes.count
        message.tree.graft(tree, node, named: name)
        for copy in first..<message.tree.nodes.count where message.tree.isLeaf(copy) {
            message.leaves.append(WrittenLeaf(node: copy, planNode: copy == first ? planNode : nil, origin: .restored))
        }
    }
}

extension RestoredNode {
    /// How many items an array had, as far as the remainder knows.
    var itemCount: Int {
        children.reduce(0) { count, item in
            guard item.hasContent, let position = Int(item.step.name) else { return count }
            return max(count, position + 1)
        }
    }
}

extension Rule {
    /// What a user calls the value that is missing: the context's name for it.
    var contextWord: String? {
        switch binding {
        case .date?, .time?, .timestamp?: return "clock"
        case let binding?: return binding.field.contextName ?? binding.field.rawValue
        case nil: break
        }
        for source in sources {
            switch source {
            case .context(let name): return name
            case .generator: return "ids"
            case .constant: continue
            }
        }
        return nil
    }

    var holdsAmount: Bool {
        if case .amount? = binding { true } else { false }
    }

    /// Whether the rule alone makes an optional leaf due: what HTTP asks of every message (headers), and what a message must
    /// have.
    func makesDue(in format: MessageFormat) -> Bool {
        isRequired || format != .v1XML && binding == nil && !sources.isEmpty
    }
}

extension Wildcard {
    /// The text itself where it fits; else the wording, with what `*` stands for masked.
    fileprivate func filled(as text: String?) -> String {
        if let text, matches(text) { return text }
        return replacing(with: AccessCode.mask)
    }
}

extension ValueType {
    /// How a value of the type is written.
    func wireKind(_ syntax: WireTree.Syntax) -> WireTree.Kind {
        switch kind {
        case .string: .string
        case .number, .integer: syntax == .json ? .number : .string
        case .boolean: .boolean
        case .null: .null
        }
    }
}
