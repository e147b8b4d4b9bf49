package import Foundation

/// A question that was answered 202, as it is kept: nothing in it can be read without the key but when it was put.
package struct KeptRequest: Sendable, Equatable {
    /// The balance id: a version 4 UUID in lower case.
    package var id: String
    /// What stands for the token that made it; empty for none.
    package var client: String
    package var requestedAt: Date
    /// The question, sealed.
    package var question: Data
    /// The answers and when they came, sealed; nil while it is pending.
    package var answer: Data?

    package init(id: String, client: String, requestedAt: Date, question: Data, answer: Data? = nil) {
        self.id = id
        self.client = client
        self.requestedAt = requestedAt
        self.question = question
        self.answer = answer
    }
}

/// Where questions wait for those who will ask for their answers. What it has returned from is kept.
package protocol RequestStore: Sendable {
    func keep(_ request: KeptRequest) async throws
    /// Puts an answer to its question; one that is not kept any more is passed over.
    func complete(_ id: String, answer: Data) async throws
    func request(_ id: String) async throws -> KeptRequest?
    /// Those without an answer, oldest first.
    func pending() async throws -> [KeptRequest]
    /// How many have no answer.
    func pendingCount() async throws -> Int
    /// Forgets what is older, with its answers.
    func forget(before moment: Date) async throws
}

/// Keeps them as long as the program runs.
package actor MemoryRequestStore: RequestStore {
    private var requests: [String: KeptRequest] = [:]

    package init() {}

    package func keep(_ request: KeptRequest) { requests[request.id] = request }
    package func complete(_ id: String, answer: Data) { requests[id]?.answer = answer }
    package func request(_ id: String) -> KeptRequest? { requests[id] }
    package func pendingCount() -> Int { requests.values.count { $0.answer == nil } }

    package func pending() -> [KeptRequest] {
        requests.values.filter { $0.answer == nil }.sorted { ($0.requestedAt, $0.id) < ($1.requestedAt, $1.id) }
    }

    package func forget(before moment: Date) { requests = requests.filter { $0.value.requestedAt >= moment } }
}
