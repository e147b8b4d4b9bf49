import Comparison
import Evidence
import Foundation

extension JSONStream {
    mutating func orNull(_ name: String, _ value: String?) {
        if let value { member(name, value) } else { null(name) }
    }

    mutating func orNull(_ name: String, _ value: Int?) {
        if let value { member(name, value) } else { null(name) }
    }

    mutating func orNull(_ name: String, _ date: Date?) { orNull(name, date.map { Moment($0).iso8601 }) }

    /// A number with no more than so many digits after the point; null where there is none.
    mutating func number(_ name: String, _ value: Double?, digits: Int = 12) {
        guard let value, value.isFinite else { return null(name) }
        member(name, raw: Array(Numbers.decimal(value, digits: digits).utf8))
    }

    /// Seconds as milliseconds.
    mutating func milliseconds(_ name: String, _ seconds: Double?) {
        number(name, seconds.map { $0 * 1000 }, digits: 3)
    }

    mutating func objectOrNull<Value>(
        _ name: String, _ value: Value?, _ body: (inout JSONStream, Value) -> Void
    ) {
        guard let value else { return null(name) }
        object(name) { body(&$0, value) }
    }

    /// A count for each class; zeros too.
    mutating func write(_ classes: [PairClass: Int]) {
        for pairClass in PairClass.allCases { member(pairClass.rawValue, classes[pairClass, default: 0]) }
    }
}
