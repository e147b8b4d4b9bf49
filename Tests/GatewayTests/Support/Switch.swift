import Synchronization

/// Something that happens once, and that any number may wait for.
final class Switch: Sendable {
    private let isOn = Atomic(false)

    func flip() { isOn.store(true, ordering: .releasing) }

    func wait() async throws {
        while !isOn.load(ordering: .acquiring) { try await Task.sleep(for: .milliseconds(5)) }
    }
}
