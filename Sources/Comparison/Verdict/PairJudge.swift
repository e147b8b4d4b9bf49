package import Translation

/// What one side of a pair brought.
package enum SideOutcome: Sendable {
    /// An answer, and when it was given: seconds since some moment that both sides share; nil where nobody knows.
    case message(ComparedMessage, at: Double?)
    /// None, and why: a time-out, a token that was refused, an exchange that nobody recorded.
    case nothing(why: String)
}

/// A pair's class, with what it rests on.
package struct Judgement: Sendable, Equatable {
    package var pairClass: PairClass
    package var differences: [Difference] = []
    /// The rule that explains them; nil where none does.
    package var rule: String?
    /// Why, in words: the rule's reason, what was not answered, how far apart the answers are.
    package var why: String?

    package init(_ pairClass: PairClass, differences: [Difference] = [], rule: String? = nil, why: String? = nil) {
        self.pairClass = pairClass
        self.differences = differences
        self.rule = rule
        self.why = why
    }
}

/// Puts pairs of answers into classes (design section 6).
package struct PairJudge: Sendable {
    private let comparison: MeaningComparison
    private let table: DifferenceTable
    /// How far apart answers may be for their amounts to be comparable: seconds.
    private let comparableWithin: Double

    package init(_ codec: ExchangeCodec, _ table: DifferenceTable, comparableWithin: Double = 300) {
        comparison = MeaningComparison(codec)
        self.table = table
        self.comparableWithin = comparableWithin
    }

    /// What a dual run must do after both sides were asked.
    package enum Step: Sendable, Equatable {
        case judged(Judgement)
        /// The amounts differ: v1.0 is to be asked again, for the balance may have moved.
        case askAgain
    }

    /// Judges a pair, or asks for a second look where one can be had.
    package func step(v1: SideOutcome, v2: SideOutcome) -> Step {
        let judgement = judge(v1: v1, v2: v2)
        let isAmountAlone = judgement.pairClass == .different && judgement.differences.map(\.aspect) == [.balance]
        return isAmountAlone ? .askAgain : .judged(judgement)
    }

    /// Judges a pair of answers.
    package func judge(v1: SideOutcome, v2: SideOutcome) -> Judgement {
        let first: ComparedMessage
        let second: ComparedMessage
        var apart: Double?
        switch (v1, v2) {
        case (.nothing(let why), _): return Judgement(.inconclusive, why: "v1.0: \(why)")
        case (.message(let one, _), .nothing(let why)):
            // Where neither said anything, the first is the reason: the other may not have been asked for it.
            if let why = table.inconclusive(one.message) { return Judgement(.inconclusive, why: "v1.0: \(why)") }
            return Judgement(.inconclusive, why: "v2.0: \(why)")
        case (.message(let one, let at), .message(let other, let later)):
            if let why = table.inconclusive(one.message) { return Judgement(.inconclusive, why: "v1.0: \(why)") }
            if let why = table.inconclusive(other.message) { return Judgement(.inconclusive, why: "v2.0: \(why)") }
            (first, second) = (one, other)
            // Answers of which nobody knows when they were given may be any time apart.
            apart = at.flatMap { at in later.map { abs($0 - at) } } ?? .infinity
        }
        let differences = comparison.differences(first, second)
        if differences.isEmpty, !isStale(apart) { return Judgement(.same) }
        if differences.allSatisfy({ $0.aspect == .form }), !isStale(apart) {
            return Judgement(.equivalent, differences: differences)
        }
        let rule = table.rule(v1: first.message, v2: second.message)
        let unexplained = differences.filter { $0.aspect != .form && rule?.explains.contains($0.aspect) != true }
        // What kind of answer it is does not change with time; amounts do, and a rule about something else excuses none.
        let isComparable = !isStale(apart) || differences.contains { $0.aspect == .kind || $0.aspect == .condition }
        if isComparable, unexplained.isEmpty, let rule, differences.contains(where: { $0.aspect != .form }) {
            return Judgement(.explained, differences: differences, rule: rule.name, why: rule.why)
        }
        let distance = isStale(apart) ? Self.distance(apart) : nil
        if let distance, unexplained.allSatisfy({ $0.aspect == .balance }) {
            return Judgement(.stale, differences: differences, why: distance)
        }
        return Judgement(.different, differences: differences, why: distance)
    }

    /// Judges a pair whose amounts differed, with v1.0's second answer.
    package func judge(v1: SideOutcome, v2: SideOutcome, again: SideOutcome) -> Judgement {
        let judgement = judge(v1: v1, v2: v2)
        guard case .message(let first, _) = v1, case .message(let second, _) = v2 else { return judgement }
        guard case .message(let last, _) = again else {
            if case .nothing(let why) = again {
                return Judgement(.inconclusive, differences: judgement.differences, why: "v1.0, again: \(why)")
            }
            return judgement
        }
        if let why = table.inconclusive(last.message) {
            return Judgement(.inconclusive, differences: judgement.differences, why: "v1.0, again: \(why)")
        }
        if MeaningComparison.meaning(last.message, second.message).isEmpty {
            return Judgement(
                .drifted, differences: judgement.differences, why: "asked again, v1.0 said what v2.0 had said")
        }
        if MeaningComparison.meaning(last.message, first.message).isEmpty { return judgement }
        return Judgement(
            .inconclusive, differences: judgement.differences,
            why: "asked again, v1.0 said something else than either had said: the balance moves too fast to tell")
    }

    private func isStale(_ apart: Double?) -> Bool { apart.map { $0 > comparableWithin } ?? true }

    private static func distance(_ apart: Double?) -> String {
        guard let apart, apart.isFinite else { return "nobody knows how far apart the answers are" }
        let seconds = Int(apart.rounded())
        switch seconds {
        case ..<120: return "the answers are \(seconds) seconds apart"
        case ..<7200: return "the answers are \(seconds / 60) minutes apart"
        case ..<172_800: return "the answers are \(seconds / 3600) hours apart"
        default: return "the answers are \(seconds / 86_400) days apart"
        }
    }
}
