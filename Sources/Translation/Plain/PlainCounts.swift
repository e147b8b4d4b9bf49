package import GuaranteeModel
import XMLMessages

/// What became of the leaves of plain messages: counts by element, since dictionaries cost more than converting does.
package struct PlainCounts: Sendable {
    private struct OfSource {
        var records = 0
        /// By element and outcome.
        var read: [Int] = []
    }

    private var sources: [OfSource] = []
    private var written = [Int](repeating: 0, count: WrittenOutcome.allCases.count)

    package init() {}

    mutating func add(
        _ reading: PlainReading, _ targets: [PlainWriting.Target], written: [Int], _ message: borrowing ShapedMessage,
        _ source: PlainSource
    ) {
        while sources.count <= source.number { sources.append(OfSource()) }
        if sources[source.number].read.isEmpty {
            sources[source.number].read = [Int](repeating: 0, count: source.elements.count * 4)
        }
        sources[source.number].records += 1
        for (index, entry) in message.elements.enumerated() {
            let number = Int(entry.element)
            guard source.elements[number].check != nil else { continue }
            var outcome = ReadOutcome.lost
            let slot = source.elements[number].slot
            if slot >= 0, reading.values[slot].start >= 0, targets[slot].isWritten {
                let target = targets[slot]
                outcome =
                    !target.keepsMeaning ? .merged : reading.isExact[index] && target.isExact ? .carried : .normalised
            }
            sources[source.number].read[4 * number + outcome.place] += 1
        }
        for index in written.indices { self.written[index] += written[index] }
    }

    /// The counts by what the leaves are.
    package func forEach(
        of all: [PlainSource], records: (PlainSource, Int) -> Void,
        read: (PlainSource, _ field: String, ReadOutcome, Int) -> Void, written: (WrittenOutcome, Int) -> Void
    ) {
        for (source, counts) in zip(all, sources) where counts.records > 0 {
            records(source, counts.records)
            for (number, element) in source.elements.enumerated() {
                for outcome in [ReadOutcome.carried, .normalised, .merged, .lost] {
                    let count = counts.read[4 * number + outcome.place]
                    if count > 0 { read(source, source.plan.nodes[element.planNode].field, outcome, count) }
                }
            }
        }
        for outcome in WrittenOutcome.allCases where self.written[outcome.place] > 0 {
            written(outcome, self.written[outcome.place])
        }
    }
}

extension ReadOutcome {
    /// Its place among those of messages that were converted.
    fileprivate var place: Int {
        switch self {
        case .carried: 0
        case .normalised: 1
        case .merged: 2
        case .lost, .rejected: 3
        }
    }
}
