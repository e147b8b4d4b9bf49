import Foundation
import GuaranteeAdapter
import Testing

@Suite struct `Requests in memory` {
    private let store = MemoryRequestStore()

    private func request(_ id: String, _ second: Int) -> KeptRequest {
        KeptRequest(
            id: id, client: "", requestedAt: Date(timeIntervalSince1970: Double(second)), question: Data(id.utf8))
    }

    @Test func `are kept with their answers`() async {
        await store.keep(request("a", 1))
        await store.complete("a", answer: Data([1]))
        await store.complete("b", answer: Data([2]))
        #expect(await store.request("a")?.answer == Data([1]))
        #expect(await store.request("b") == nil)
    }

    @Test func `are pending until they are answered, the oldest first`() async {
        for (id, second) in [("b", 2), ("c", 1), ("a", 2), ("d", 3)] { await store.keep(request(id, second)) }
        await store.complete("d", answer: Data())
        #expect(await store.pending().map(\.id) == ["c", "a", "b"])
        #expect(await store.pendingCount() == 3)
    }

    @Test func `are forgotten when they are old, answered or not`() async {
        for second in 0..<10 { await store.keep(request("\(second)", second)) }
        await store.complete("3", answer: Data())
        await store.forget(before: Date(timeIntervalSince1970: 5))
        #expect(await store.pending().map(\.id) == ["5", "6", "7", "8", "9"])
        #expect(await store.request("3") == nil)
    }
}
