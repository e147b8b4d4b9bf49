package import Foundation

/// Hears of each call before it is made and when it is over, so that what was sent is known even where the process ends
/// in between.
package protocol CallJournal: Sendable {
    /// The call is about to be made: pacing lets it go. Throwing keeps it from being made.
    func willSend(_ method: String, _ path: String, at moment: Date) async throws -> CallJournalEntry
    /// The call is over.
    ///
    /// - Parameter mayHaveArrived: whether it may have taken its lock.
    func ended(_ exchange: Exchange, _ entry: CallJournalEntry, mayHaveArrived: Bool) async throws
}

/// A call in a journal.
package struct CallJournalEntry: Hashable, Sendable {
    package let number: Int64

    package init(_ number: Int64) {
        self.number = number
    }
}
