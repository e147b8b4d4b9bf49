import GuaranteeModel
import XMLMessages

/// Writes a plain message from a hub's values. Used again for each message.
struct PlainWriting {
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
    private var known = PlainSupply()
    /// Those by which messages were written, the last first.
    private var scripts: [PlainScript] = []
    /// That of the message that is being written; nil where it can't be one.
    private var script: PlainScript.Draft?
    /// Where the last value ended in the output.
    private var scripted = 0
    /// Whether what the leaf that is being written says may be another record's otherwise, though the message were the same.
    private var isRecordsOwn = false

    /// Hands over what was written, and keeps nothing of it.
    mutating func takeOutput() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &output)
        return taken
    }

    /// - Parameter texts: of the message that was read.
    /// - Returns: false where the message has no counterpart that is plain: what was written then means nothing.
    mutating func write(
        _ reading: PlainReading, _ texts: [UInt8], _ target: PlainTarget, _ supply: Supply
    ) -> Bool {
        output.removeAll(keepingCapacity: true)
        known.removeAll()
        let filled = reading.filled
        let job = PlainJob(
            reading: reading, texts: texts, target: target, supply: supply, isSilent: supply.isSilent)
        script = nil
        if filled != 0 {
            for index in scripts.indices
            where scripts[index].fits(target, filled: filled, supply, isSilent: job.isSilent)
                && answers(scripts[index], job)
            {
                if index > 0 { scripts.swapAt(0, index) }
                return write(by: scripts[0], job)
            }
            script = PlainScript.Draft(target, filled: filled)
        }
        scripted = 0
        guard writeAnew(job) else { return false }
        if let script {
            scripts.insert(
                PlainScript(script, end: output[scripted...], written: written, targets: targets), at: 0)
            if scripts.count > 8 { scripts.removeLast() }
        }
        return true
    }

    // MARK: - By a script

    /// Whether what a script asks is answered from where it was.
    private mutating func answers(_ script: PlainScript, _ job: borrowing PlainJob) -> Bool {
        for question in script.questions {
            switch question {
            case .slot(let slot, let from): if known.value(slot, job)?.from != from { return false }
            case .context(let key, let isAnswered): if isAnswered != (known.context(key, job) != nil) { return false }
            }
        }
        return true
    }

    private mutating func write(by script: PlainScript, _ job: borrowing PlainJob) -> Bool {
        let values = job.reading.values
        for acceptance in job.target.acceptances where values[acceptance.slot].start >= 0 {
            let value = values[acceptance.slot]
            let isAccepted = job.texts.withUnsafeBufferPointer { texts in
                acceptance.pattern.matchesASCII(
                    UnsafeBufferPointer(rebasing: texts[value.start..<value.start + value.count]))
            }
            guard isAccepted == true else { return false }
        }
        var position = 0
        for (index, part) in script.parts.enumerated() {
            output.append(script.literals, position..<part.literalEnd)
            position = part.literalEnd
            guard part.slot >= 0 else {
                guard let check = script.leaves[index].check, writeLeaf(script.leaves[index], check, job) else {
                    return false
                }
                continue
            }
            let value = values[part.slot]
            let text = value.start..<value.start + value.count
            guard job.texts.isVerbatim(text) else { return false }
            let start = output.count - part.prefix
            output.append(job.texts, text)
            output.append(script.literals, position..<position + part.suffix)
            position += part.suffix
            let isRight = output.withUnsafeBufferPointer { bytes in
                let text = UnsafeBufferPointer(rebasing: bytes[start...])
                if let step = part.step, step.accepts(text) { return true }
                return script.leaves[index].check?.accepts(text) ?? false
            }
            guard isRight else { return false }
        }
        output.append(script.literals, position..<script.literals.count)
        written = script.written
        targets = script.targets
        return true
    }

    // MARK: - Anew

    private mutating func writeAnew(_ job: borrowing PlainJob) -> Bool {
        for index in written.indices { written[index] = 0 }
        for index in targets.indices where targets[index].isWritten { targets[index] = Target() }
        needsComma = false
        guard accepts(job) else { return false }
        let root = job.target.root
        if job.target.syntax == .xml { return write(root, job) }
        output.append(UInt8(ascii: "{"))
        guard writeMembers(of: root, job) else { return false }
        output.append(UInt8(ascii: "}"))
        return true
    }

    /// Whether the target can speak of what the message holds.
    private mutating func accepts(_ job: borrowing PlainJob) -> Bool {
        for acceptance in job.target.acceptances {
            let slot = acceptance.slot
            isRecordsOwn = false
            let value = job.reading.values[slot]
            if value.isBytes {
                guard acceptance.pattern.matches(job.texts[value.start..<value.start + value.count]) else {
                    return false
                }
            } else if let text = value.text ?? supplied(slot, job)?.text {
                if isRecordsOwn { script = nil }
                guard acceptance.pattern.matches(text) else { return false }
            }
        }
        return true
    }

    // MARK: - The tree

    private mutating func writeMembers(of group: PlainTarget.Node, _ job: borrowing PlainJob) -> Bool {
        for node in group.children {
            if node.isNeverDue {
                guard node.minimum == 0 else { return false }
            } else if node.minimum > 0 || node.isList || node.canBeDue && isDue(node, job) {
                guard write(node, job) else { return false }
            }
        }
        return true
    }

    private mutating func write(_ node: PlainTarget.Node, _ job: borrowing PlainJob) -> Bool {
        if job.target.syntax == .json, needsComma { output.append(UInt8(ascii: ",")) }
        output.append(contentsOf: node.opening)
        if let check = node.check {
            needsComma = true
            isRecordsOwn = false
            let start = output.count
            guard writeLeaf(node, check, job) else { return false }
            if isRecordsOwn {
                script?.add(output[scripted..<start], node)
                scripted = output.count
            }
            output.append(contentsOf: node.closing)
            return true
        }
        if job.target.syntax == .json {
            needsComma = false
            output.append(UInt8(ascii: "{"))
        }
        let start = output.count
        guard writeMembers(of: node, job), output.count > start else { return false }
        if job.target.syntax == .json {
            needsComma = true
            output.append(UInt8(ascii: "}"))
        }
        output.append(contentsOf: node.closing)
        return true
    }

    /// Whether an optional node is due: once the hub has something to say in it, or its rule asks for it.
    private mutating func isDue(_ node: PlainTarget.Node, _ job: borrowing PlainJob) -> Bool {
        guard let check = node.check else {
            for child in node.children where isDue(child, job) { return true }
            return false
        }
        return node.makesDue || hasValue(node, check, job)
    }

    private mutating func hasValue(_ node: PlainTarget.Node, _ check: PlainCheck, _ job: borrowing PlainJob) -> Bool {
        guard node.slot >= 0, let binding = node.binding else { return false }
        let value = job.reading.values[node.slot]
        if value.isBytes, binding.takesBytes { return true }
        isRecordsOwn = false
        return words(of: node, binding, check, job) != nil
    }

    /// How a leaf spells what is known of it, where that is not the bytes of the message.
    private mutating func words(
        of node: PlainTarget.Node, _ binding: Rule.Binding, _ check: PlainCheck, _ job: borrowing PlainJob
    ) -> (wire: String, text: String, from: Provenance)? {
        let said = job.text(of: job.reading.values[node.slot])
        let known = said.map { ($0, Provenance.message) } ?? supplied(node.slot, job)
        // The leaf may have no words for what another message says, or is told.
        if !binding.takesBytes, said != nil || isRecordsOwn { script = nil }
        guard let (text, from) = known,
            let wire = binding.wireText(from: text, type: check.type, syntax: job.target.syntax)
        else { return nil }
        return (wire, text, from)
    }

    private mutating func supplied(_ slot: Int, _ job: borrowing PlainJob) -> PlainSupply.Value? {
        guard isAskable(job) else { return nil }
        let value = known.value(slot, job)
        if script != nil, !job.supply.isCommon(HubField.allCases[slot]) {
            answersItself(.slot(slot, from: value?.from))
        }
        return value
    }

    private mutating func context(_ key: String, _ job: borrowing PlainJob) -> String? {
        guard isAskable(job) else { return nil }
        let text = known.context(key, job)
        if script != nil, job.supply.context.dependsOnGRN(key) { answersItself(.context(key, isAnswered: text != nil)) }
        return text
    }

    /// Whether what the message does not say may be known.
    private mutating func isAskable(_ job: borrowing PlainJob) -> Bool {
        if let isTold = script?.ask(job.supply, isSilent: job.isSilent), !isTold { script = nil }
        return !job.isSilent
    }

    /// Takes down that an answer is the record's own.
    private mutating func answersItself(_ question: PlainScript.Question) {
        isRecordsOwn = true
        script?.add(question)
    }

    // MARK: - Leaves

    private mutating func writeLeaf(_ node: PlainTarget.Node, _ check: PlainCheck, _ job: borrowing PlainJob) -> Bool {
        if node.slot >= 0, let binding = node.binding {
            let value = job.reading.values[node.slot]
            if value.isBytes, binding.takesBytes {
                return write(job.texts[value.start..<value.start + value.count], binding, node, check, job)
            }
            if let (wire, text, from) = words(of: node, binding, check, job) {
                guard spell(wire, check, job) else { return false }
                switch from {
                case .supplied: count(.supplied)
                case .synthesised: count(.synthesised)
                case .remainder, .table: return false
                case .message:
                    script = nil
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

    private mutating func writeSource(_ node: PlainTarget.Node, _ check: PlainCheck, _ job: borrowing PlainJob) -> Bool
    {
        for source in node.sources {
            switch source {
            case .context(let key):
                guard let text = context(key, job) else { continue }
                count(.supplied)
                return spell(text, check, job)
            case .generator(let maker):
                guard isAskable(job), let text = known.identifier(maker, job) else { continue }
                isRecordsOwn = true
                count(.synthesised)
                return PlainTarget.spell(text, as: check.kind, job.target.syntax, into: &output)
            case .constant(let bytes):
                count(.defaulted)
                output.append(contentsOf: bytes)
                return true
            }
        }
        return false
    }

    /// Writes a value as it stands in the message.
    private mutating func write(
        _ text: ArraySlice<UInt8>, _ binding: Rule.Binding, _ node: PlainTarget.Node, _ check: PlainCheck,
        _ job: borrowing PlainJob
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
                output[scripted..<value], node, slot: node.slot, prefix: prefix.count, suffix: suffix.count)
            scripted = value + text.count
        } else {
            // Something in it had to be escaped.
            script = nil
        }
        note(node.slot, isExact: true, keepsMeaning: true, job.reading.values[node.slot])
        return true
    }

    private mutating func spell(_ text: ArraySlice<UInt8>, _ check: PlainCheck, _ job: borrowing PlainJob) -> Bool {
        check.accepts(text)
            && text.withUnsafeBufferPointer { PlainTarget.spell($0, as: check.kind, job.target.syntax, into: &output) }
    }

    private mutating func spell(_ text: String, _ check: PlainCheck, _ job: borrowing PlainJob) -> Bool {
        var text = text
        return text.withUTF8 { text in
            check.accepts(text) && PlainTarget.spell(text, as: check.kind, job.target.syntax, into: &output)
        }
    }

    private mutating func note(_ slot: Int, isExact: Bool, keepsMeaning: Bool, _ value: PlainReading.Value) {
        count(!keepsMeaning ? .merged : isExact && value.isExact ? .carried : .normalised)
        if !targets[slot].isWritten || isExact && !targets[slot].isExact {
            targets[slot] = Target(isWritten: true, isExact: isExact, keepsMeaning: keepsMeaning)
        }
    }

    private mutating func count(_ outcome: WrittenOutcome) { written[outcome.place] += 1 }
}

extension [UInt8] {
    fileprivate func isVerbatim(_ range: Range<Int>) -> Bool {
        withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[range]).isVerbatim }
    }

    fileprivate mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
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
