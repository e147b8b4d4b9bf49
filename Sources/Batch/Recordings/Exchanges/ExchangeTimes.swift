import Foundation
import Translation

/// The times that stand beside an exchange or a message, under the names that recorders use.
struct ExchangeTimes {
    /// When the request was sent, as far as anybody knows.
    var sent: Date?
    /// When the answer was there.
    var answered: Date?
    /// Seconds between the two: HAR's `time`, which is in milliseconds.
    var seconds: Double?

    private static let sentNames = ["sentAt", "startedDateTime", "requestedAt", "time", "timestamp", "at"]
    private static let answeredName = "answeredAt"
    static let names = sentNames + [answeredName]

    /// The last that is known.
    var latest: Date? { answered ?? sent }

    /// Reads an object's members. What is no text in ISO 8601 tells no time.
    init(of node: Int, in tree: WireTree) {
        func time(_ name: String) -> Date? {
            guard let member = tree.child(name, of: node), tree.nodes[member].kind == .string else { return nil }
            return RecordedTime.iso8601(tree.text(of: member))
        }
        guard tree.nodes[node].kind == .group else { return }
        sent = Self.sentNames.lazy.compactMap(time).first
        answered = time(Self.answeredName)
        // A number under this name is a duration only in HAR's company.
        if tree.child("startedDateTime", of: node) != nil, let member = tree.child("time", of: node),
            tree.nodes[member].kind == .number, let milliseconds = Double(tree.text(of: member)), milliseconds >= 0,
            milliseconds.isFinite
        {
            seconds = milliseconds / 1000
            answered = answered ?? sent?.addingTimeInterval(milliseconds / 1000)
        }
    }
}
