package import Translation

/// The queries of an input by the names that their answers use (contract section 6): what `--pair` knows. It is as large
/// as there are queries.
package struct QueryIndex: Sendable {
    package struct Query: Hashable, Sendable {
        package var grn: String?
        package var tin: String?
        package var requestedAt: String?
    }

    /// nil where queries of one name ask about different guarantees: no answer is paired with either.
    private var queries: [String: Query?] = [:]

    package init() {}

    package mutating func add(_ reading: Reading) {
        guard reading.hub.guarantees.count == 1 else { return }
        let query = Query(
            grn: reading.hub.guarantees[0].grn?.text, tin: reading.hub.tin, requestedAt: reading.hub.requestedAt)
        for key in reading.queryKeys {
            if let known = queries[key], known != query { queries[key] = .some(nil) } else { queries[key] = query }
        }
    }

    package mutating func add(_ other: QueryIndex) {
        for (key, query) in other.queries {
            if let known = queries[key], known != query { queries[key] = .some(nil) } else { queries[key] = query }
        }
    }

    /// The query that a message answers.
    func query(of reading: Reading) -> Query? {
        for key in reading.answerKeys {
            if let query = queries[key] { return query }
        }
        return nil
    }
}
