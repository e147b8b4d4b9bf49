package import Translation

/// The counts of a run. They add up: records read are converted, without counterpart, or rejected; leaves read and leaves
/// written are the sums over their outcomes. Their size depends on the mappings, never on the number of records.
package struct Tally: Sendable {
    package struct Records: Sendable {
        package var read = 0
        package var converted = 0
        package var noCounterpart = 0
        package var rejected = 0
    }

    /// A field of a message that did not arrive as it was.
    package struct Loss: Hashable, Sendable {
        package var message: String
        package var field: String
        package var outcome: ReadOutcome
    }

    package var records = Records()
    /// By message; `(unknown)` where it could not be told.
    package var messages: [String: Records] = [:]
    package var leavesRead: [ReadOutcome: Int] = [:]
    package var leavesWritten: [WrittenOutcome: Int] = [:]
    package var losses: [Loss: Int] = [:]
    /// Records that were not converted, by reason.
    package var rejects: [TranslationError.Code: Int] = [:]
    /// What was forgiven or is worth a look, by its code, in records that were converted.
    package var remarks: [String: Int] = [:]

    /// Of records that were converted without a tree; they count once they are settled.
    var plain = PlainCounts()

    package static let unknown = "(unknown)"

    package init() {}

    mutating func count(_ conversion: Conversion) {
        count(conversion.reading.plan.message) { $0.converted += 1 }
        let reading = conversion.reading
        for (leaf, outcome) in conversion.accounting.read.enumerated() {
            leavesRead[outcome, default: 0] += 1
            if outcome != .carried {
                let loss = Loss(message: reading.plan.message, field: reading.field(of: leaf), outcome: outcome)
                losses[loss, default: 0] += 1
            }
        }
        if let around = reading.container?.leaves.count, around > 0 {
            leavesRead[.lost, default: 0] += around
            losses[Loss(message: reading.plan.message, field: Reading.unlisted, outcome: .lost), default: 0] += around
        }
        for (message, outcomes) in zip(conversion.messages, conversion.accounting.written) {
            for outcome in outcomes { leavesWritten[outcome, default: 0] += 1 }
            if !message.envelopeLeaves.isEmpty { leavesWritten[.restored, default: 0] += message.envelopeLeaves.count }
        }
        for remark in conversion.remarks { remarks[remark.code, default: 0] += 1 }
    }

    /// Takes the counts of records that were converted without a tree to the others.
    mutating func settle(_ sources: [PlainSource]) {
        plain.forEach(of: sources) { source, count in
            var records = Records()
            records.read = count
            records.converted = count
            self.records.add(records)
            messages[source.plan.message, default: Records()].add(records)
        } read: { source, field, outcome, count in
            leavesRead[outcome, default: 0] += count
            if outcome != .carried {
                losses[Loss(message: source.plan.message, field: field, outcome: outcome), default: 0] += count
            }
        } written: { outcome, count in
            leavesWritten[outcome, default: 0] += count
        }
        plain = PlainCounts()
    }

    mutating func countReject(_ error: TranslationError, tree: WireTree?, reading: Reading?) {
        count(reading?.plan.message ?? Self.unknown) { records in
            if error.code == .noCounterpart { records.noCounterpart += 1 } else { records.rejected += 1 }
        }
        rejects[error.code, default: 0] += 1
        let leaves = reading?.leaves.count ?? tree.map { tree in tree.nodes.indices.count { tree.isLeaf($0) } } ?? 0
        if leaves > 0 { leavesRead[.rejected, default: 0] += leaves }
    }

    private mutating func count(_ message: String, _ body: (inout Records) -> Void) {
        records.read += 1
        body(&records)
        messages[message, default: Records()].read += 1
        body(&messages[message, default: Records()])
    }

    /// Adds the counts of another part of the run.
    package mutating func add(_ other: Tally) {
        records.add(other.records)
        for (message, count) in other.messages { messages[message, default: Records()].add(count) }
        leavesRead.merge(other.leavesRead, uniquingKeysWith: +)
        leavesWritten.merge(other.leavesWritten, uniquingKeysWith: +)
        losses.merge(other.losses, uniquingKeysWith: +)
        rejects.merge(other.rejects, uniquingKeysWith: +)
        remarks.merge(other.remarks, uniquingKeysWith: +)
    }
}

extension Tally.Records {
    fileprivate mutating func add(_ other: Self) {
        read += other.read
        converted += other.converted
        noCounterpart += other.noCounterpart
        rejected += other.rejected
    }
}
