import GuaranteeModel

/// How a message was written, to write others like it: what stands between values is the same each time.
final class PlainScript {
    /// A leaf that is not the same each time, in bare numbers.
    struct Part {
        /// Where what stands before its text ends among the literals.
        var literalEnd: Int
        /// That the bytes of the message fill which are its text; -1: the text is each record's own.
        var slot: Int
        /// How much of the literals before and behind those bytes belongs to the leaf's text.
        var prefix: Int
        var suffix: Int
        /// Its check, where that is no more.
        var step: PlainStep?
    }

    /// What it depends on, beside what the message fills.
    enum Basis {
        case nothing
        /// It was asked for what the message does not say, and nothing tells that.
        case silence
        /// It was told what the message does not say.
        case told(TranslationContext.Settlement, Supply.Voices)
    }

    /// Whose answer is each record's own, though where it comes from is not: nil, from nowhere.
    enum Question {
        case slot(Int, from: Provenance?)
        case context(String, isAnswered: Bool)
    }

    let target: PlainTarget
    /// The slots that the message filled.
    let filled: UInt32
    let basis: Basis
    let questions: [Question]
    let literals: [UInt8]
    let parts: [Part]
    /// The leaves that the parts are.
    let leaves: [PlainTarget.Node]
    let written: [Int]
    let targets: [PlainWriting.Target]

    /// - Parameters:
    ///   - literal: what was written since the last part.
    ///   - written: what became of all leaves.
    ///   - targets: what became of the hub's fields.
    init(_ draft: Draft, end literal: ArraySlice<UInt8>, written: [Int], targets: [PlainWriting.Target]) {
        target = draft.target
        filled = draft.filled
        basis = draft.basis
        questions = draft.questions
        literals = draft.literals + literal
        parts = draft.parts
        leaves = draft.leaves
        self.written = written
        self.targets = targets
    }

    /// Whether a message can be written by it, as far as what it says tells.
    func fits(_ target: PlainTarget, filled: UInt32, _ supply: Supply, isSilent: Bool) -> Bool {
        guard self.target === target, self.filled == filled else { return false }
        switch basis {
        case .nothing: return true
        case .silence: return isSilent
        case .told(let settlement, let voices):
            return settlement === supply.context.settlement && voices == supply.voices
        }
    }
}

extension PlainScript {
    /// What is taken down while the message is written that it is made of.
    struct Draft {
        let target: PlainTarget
        let filled: UInt32
        private(set) var basis = Basis.nothing
        private(set) var questions: [Question] = []
        private(set) var literals: [UInt8] = []
        private(set) var parts: [Part] = []
        private(set) var leaves: [PlainTarget.Node] = []

        init(_ target: PlainTarget, filled: UInt32) {
            self.target = target
            self.filled = filled
        }

        /// Takes down that a supply was asked.
        ///
        /// - Returns: false where nobody can say for which other messages it would answer alike.
        mutating func ask(_ supply: Supply, isSilent: Bool) -> Bool {
            guard case .nothing = basis else { return true }
            if isSilent {
                basis = .silence
                return true
            }
            guard let settlement = supply.context.settlement, !supply.voices.contains(.remainder) else { return false }
            basis = .told(settlement, supply.voices)
            return true
        }

        mutating func add(_ question: Question) { questions.append(question) }

        /// - Parameter literal: what was written since the last part.
        mutating func add(
            _ literal: ArraySlice<UInt8>, _ leaf: PlainTarget.Node, slot: Int = -1, prefix: Int = 0, suffix: Int = 0
        ) {
            literals += literal
            leaves.append(leaf)
            parts.append(
                Part(
                    literalEnd: literals.count, slot: slot, prefix: prefix, suffix: suffix,
                    step: leaf.check?.step(.moved, slot: slot)))
        }
    }
}
