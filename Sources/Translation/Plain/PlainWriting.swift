import GuaranteeModel
import XMLMessages

/// Writes a plain message from a hub's values. Used again for each message.
final class PlainWriting {
    private(set) var output: [UInt8] = []
    private(set) var written = [Int](repeating: 0, count: WrittenOutcome.allCases.count)

    /// What was written of a hub's field: of the leaves that say it, the most exact.
    struct Target {
        var isWritten = false
        var isExact = false
        var keepsMeaning = true
    }

    private(set) var targets = [Target](repeating: Target(), count: HubField.allCases.count)

    /// Whether a member stands before in the object that is open.
    private var needsComma = false
    private var generator: IdentifierGenerator?
    private var generated: [(Generator, String)] = []
    /// What the record's surroundings know of the hub's fields, once it was looked up.
    private var supplied: [Int: (text: String, from: Provenance)?] = [:]
    private var hub = BalanceMessage(kind: .query)
    private var hasHub = false
    /// Those by which messages were written, the last first.
    private var scripts: [PlainScript] = []
    /// That of the message that is being written; nil where it can't be one.
    private var script: PlainScript?
    /// Where the last value ended in the output.
    private var scripted = 0

    /// What the writing of one message works on.
    private final class Job {
        let reading: PlainReading
        let texts: [UInt8]
        let kind: BalanceMessage.Kind
        let target: PlainTarget
        let supply: Supply

        init(
            _ reading: PlainReading, _ texts: [UInt8], _ target: PlainTarget, _ kind: BalanceMessage.Kind,
            _ supply: Supply
        ) {
            self.reading = reading
            self.texts = texts
            self.target = target
            self.kind = kind
            self.supply = supply
        }

        /// nil where the message does not say it.
        func text(of value: PlainReading.Value) -> String? {
            guard value.isBytes else { return value.text }
            return String(decoding: texts[value.start..<value.start + value.count], as: UTF8.self)
        }
    }

    /// - Returns: false where the message has no counterpart that is plain: what was written then means nothing.
    ///
    /// - Parameter texts: of the message that was read.
    func write(
        _ reading: PlainReading, _ texts: [UInt8], _ target: PlainTarget, _ kind: BalanceMessage.Kind, _ supply: Supply
    ) -> Bool {
        output.removeAll(keepingCapacity: true)
        let filled = reading.filled
        if filled != 0, let known = scripts.firstIndex(where: { $0.target === target && $0.filled == filled }) {
            if known > 0 { scripts.swapAt(0, known) }
            return writeByScript(reading, texts, target)
        }
        script = filled == 0 ? nil : PlainScript(target, filled: filled)
        scripted = 0
        guard writeAnew(reading, texts, target, kind, supply) else { return false }
        if var script {
            script.end(output[scripted...])
            script.written = written
            script.targets = targets
            scripts.insert(script, at: 0)
            if scripts.count > 8 { scripts.removeLast() }
        }
        return true
    }

    private func writeByScript(_ reading: PlainReading, _ texts: [UInt8], _ target: PlainTarget) -> Bool {
        var bytes: [UInt8] = []
        swap(&bytes, &output)
        defer { swap(&bytes, &output) }
        let values = reading.values
        let script = scripts[0]
        written = script.written
        targets = script.targets
        return texts.withUnsafeBufferPointer { texts in
            for acceptance in target.acceptances {
                let value = values[acceptance.slot]
                let text = UnsafeBufferPointer(rebasing: texts[value.start..<value.start + value.count])
                guard acceptance.pattern.matchesASCII(text) == true else { return false }
            }
            return script.write(values, texts, into: &bytes)
        }
    }

    private func writeAnew(
        _ reading: PlainReading, _ texts: [UInt8], _ target: PlainTarget, _ kind: BalanceMessage.Kind, _ supply: Supply
    ) -> Bool {
        for index in written.indices { written[index] = 0 }
        for index in targets.indices where targets[index].isWritten { targets[index] = Target() }
        if !supplied.isEmpty { supplied.removeAll(keepingCapacity: true) }
        if !generated.isEmpty { generated.removeAll(keepingCapacity: true) }
        generator = nil
        hasHub = false
        needsComma = false
        let job = Job(reading, texts, target, kind, supply)
        guard accepts(job) else { return false }
        let root = target.root
        if target.syntax == .xml { return write(root, job) }
        output.append(UInt8(ascii: "{"))
        guard writeMembers(of: root, job) else { return false }
        output.append(UInt8(ascii: "}"))
        return true
    }

    /// Whether the target can speak of what the message holds.
    private func accepts(_ job: Job) -> Bool {
        for acceptance in job.target.acceptances {
            let slot = acceptance.slot
            let value = job.reading.values[slot]
            if value.isBytes {
                guard acceptance.pattern.matches(job.texts[value.start..<value.start + value.count]) else {
                    return false
                }
            } else if let text = value.text ?? supplied(slot, job)?.text {
                guard acceptance.pattern.matches(text) else { return false }
            }
        }
        return true
    }

    // MARK: - The tree

    private func writeMembers(of number: Int, _ job: Job) -> Bool {
        for child in job.target.nodes[number].children {
            let node = job.target.nodes[child]
            if node.isNeverDue {
                guard node.minimum == 0 else { return false }
            } else if node.minimum > 0 || node.isList || node.canBeDue && isDue(child, job) {
                guard write(child, job) else { return false }
            }
        }
        return true
    }

    private func write(_ number: Int, _ job: Job) -> Bool {
        let node = job.target.nodes[number]
        if job.target.syntax == .json, needsComma { output.append(UInt8(ascii: ",")) }
        output.append(contentsOf: node.opening)
        if let check = node.check {
            needsComma = true
            guard writeLeaf(node, check, job) else { return false }
            output.append(contentsOf: node.closing)
            return true
        }
        if job.target.syntax == .json {
            needsComma = false
            output.append(UInt8(ascii: "{"))
        }
        let start = output.count
        guard writeMembers(of: number, job), output.count > start else { return false }
        if job.target.syntax == .json {
            needsComma = true
            output.append(UInt8(ascii: "}"))
        }
        output.append(contentsOf: node.closing)
        return true
    }

    /// Whether an optional node is due: once the hub has something to say in it, or its rule asks for it.
    private func isDue(_ number: Int, _ job: Job) -> Bool {
        let node = job.target.nodes[number]
        guard let check = node.check else { return node.children.contains { isDue($0, job) } }
        return node.makesDue || hasValue(node, check, job)
    }

    private func hasValue(_ node: PlainTarget.Node, _ check: PlainCheck, _ job: Job) -> Bool {
        guard node.slot >= 0, let binding = node.binding else { return false }
        let value = job.reading.values[node.slot]
        if value.isBytes, binding.takesBytes { return true }
        guard let text = job.text(of: value) ?? supplied(node.slot, job)?.text else { return false }
        return binding.wireText(from: text, type: check.type, syntax: job.target.syntax) != nil
    }

    // MARK: - Leaves

    private func writeLeaf(_ node: PlainTarget.Node, _ check: PlainCheck, _ job: Job) -> Bool {
        if node.slot >= 0, let binding = node.binding {
            let value = job.reading.values[node.slot]
            if value.isBytes, binding.takesBytes {
                return write(job.texts[value.start..<value.start + value.count], binding, node, check, job)
            }
            if let (text, from) = job.text(of: value).map({ ($0, Provenance.message) }) ?? supplied(node.slot, job),
                let wire = binding.wireText(from: text, type: check.type, syntax: job.target.syntax)
            {
                guard spell(Array(wire.utf8)[...], check, job) else { return false }
                switch from {
                case .supplied: count(.supplied)
                case .synthesised: count(.synthesised)
                case .remainder, .table: return false
                case .message:
                    note(
                        node.slot, isExact: binding.isExact(wire, of: text),
                        keepsMeaning: binding.keepsMeaning(of: text),
                        value)
                }
                return true
            }
        }
        return writeSource(node, check, job)
    }

    private func writeSource(_ node: PlainTarget.Node, _ check: PlainCheck, _ job: Job) -> Bool {
        for source in node.sources {
            switch source {
            case .context(let key):
                script = nil
                let grn = job.supply.value(.grn, 0, in: knownHub(job))?.text
                guard let text = job.supply.context.value(key, grn: grn) else { continue }
                count(.supplied)
                return spell(Array(text.utf8)[...], check, job)
            case .generator(let maker):
                script = nil
                guard let text = generate(maker, job) else { continue }
                count(.synthesised)
                return PlainTarget.spell(Array(text.utf8)[...], as: check.kind, job.target.syntax, into: &output)
            case .constant(let bytes):
                count(.defaulted)
                output.append(contentsOf: bytes)
                return true
            }
        }
        return false
    }

    /// Writes a value as it stands in the message.
    private func write(
        _ text: ArraySlice<UInt8>, _ binding: Rule.Binding, _ node: PlainTarget.Node, _ check: PlainCheck, _ job: Job
    ) -> Bool {
        let quotes = job.target.syntax == .json && check.kind == .string ? 1 : 0
        let start = output.count
        let (prefix, suffix): ([UInt8], [UInt8])
        switch binding {
        case .move, .amount:
            (prefix, suffix) = ([], [])
            guard spell(text, check, job) else { return false }
        case .template(let before, let after, _):
            (prefix, suffix) = (Array(before.utf8), Array(after.utf8))
            guard spell(prefix + text + suffix, check, job) else { return false }
        default: return false
        }
        if output.count == start + 2 * quotes + prefix.count + text.count + suffix.count {
            let value = start + quotes + prefix.count
            script?.add(
                output[scripted..<value], slot: node.slot, prefix: prefix.count, suffix: suffix.count, check)
            scripted = value + text.count
        } else {
            // Something in it had to be escaped.
            script = nil
        }
        note(node.slot, isExact: true, keepsMeaning: true, job.reading.values[node.slot])
        return true
    }

    private func spell(_ text: ArraySlice<UInt8>, _ check: PlainCheck, _ job: Job) -> Bool {
        check.accepts(text) && PlainTarget.spell(text, as: check.kind, job.target.syntax, into: &output)
    }

    private func note(_ slot: Int, isExact: Bool, keepsMeaning: Bool, _ value: PlainReading.Value) {
        count(!keepsMeaning ? .merged : isExact && value.isExact ? .carried : .normalised)
        if !targets[slot].isWritten || isExact && !targets[slot].isExact {
            targets[slot] = Target(isWritten: true, isExact: isExact, keepsMeaning: keepsMeaning)
        }
    }

    private func count(_ outcome: WrittenOutcome) { written[outcome.place] += 1 }

    // MARK: - What else is known

    private func supplied(_ slot: Int, _ job: Job) -> (text: String, from: Provenance)? {
        script = nil
        if let known = supplied[slot] { return known }
        let value = job.supply.value(HubField.allCases[slot], 0, in: knownHub(job))
        supplied[slot] = .some(value)
        return value
    }

    /// As much of the hub as what is supplied depends on.
    private func knownHub(_ job: Job) -> BalanceMessage {
        if !hasHub {
            hasHub = true
            hub = BalanceMessage(kind: job.kind)
            hub.guarantees = [Guarantee()]
            for slot in [PlainReading.grn, Self.balanceID] where job.reading.values[slot].start >= 0 {
                hub[HubField.allCases[slot], 0] = job.text(of: job.reading.values[slot])
            }
        }
        return hub
    }

    private static let balanceID = HubField.allCases.firstIndex(of: .balanceID) ?? 0

    private func generate(_ name: Generator, _ job: Job) -> String? {
        if let known = generated.first(where: { $0.0 == name }) { return known.1 }
        guard var maker = generator ?? job.supply.generator(part: 0) else { return nil }
        let text =
            switch name {
            case .reference, .queryReference: maker.reference()
            case .balanceReference:
                maker.balanceReference(balanceID: job.supply.value(.balanceID, 0, in: knownHub(job))?.text)
            }
        generator = maker
        generated.append((name, text))
        return text
    }
}

extension Rule.Binding {
    /// Whether a value is written as the bytes that it is.
    fileprivate var takesBytes: Bool {
        switch self {
        case .move, .amount, .template: true
        default: false
        }
    }
}

extension WrittenOutcome {
    /// Its place among all.
    var place: Int {
        switch self {
        case .carried: 0
        case .normalised: 1
        case .merged: 2
        case .restored: 3
        case .supplied: 4
        case .defaulted: 5
        case .synthesised: 6
        case .ambiguous: 7
        }
    }
}
