import Synchronization
import Translation

/// A question that v2.0 is being asked, and everybody who waits for its answer.
final class Flight: Sendable {
    /// What those who wait hear.
    enum Ending: Sendable {
        case answered(BalanceMessage)
        /// No answer within v1.0's time: it can be asked for by this id.
        case pending(String)
        /// None: it could not be kept, or the one who waits was cancelled.
        case lost
    }

    private enum Stage {
        case waiting([Waiter])
        /// Too late for those who wait: it is being put where it can be asked for.
        case keeping([Waiter], answer: [KeptAnswer]?)
        case over(Ending)
    }

    /// One who waits, and is told once: by the flight, or by its own cancellation.
    private final class Waiter: Sendable {
        private let continuation: Mutex<CheckedContinuation<Ending, Never>?>

        init(_ continuation: CheckedContinuation<Ending, Never>? = nil) {
            self.continuation = Mutex(continuation)
        }

        /// - Returns: whether it was cancelled before it began to wait.
        func wait(_ waiting: CheckedContinuation<Ending, Never>) -> Bool {
            continuation.withLock { continuation in
                guard !Task.isCancelled else { return true }
                continuation = waiting
                return false
            }
        }

        func hear(_ ending: Ending) {
            continuation.withLock { continuation in
                defer { continuation = nil }
                return continuation
            }?.resume(returning: ending)
        }
    }

    let question: BalanceQuestion
    /// When it took its locks.
    let startedAt: Duration
    private let stage = Mutex(Stage.waiting([]))

    init(_ question: BalanceQuestion, at now: Duration) {
        self.question = question
        startedAt = now
    }

    /// Waits for the answer, or until it is too late for one.
    ///
    /// - Parameter heedsCancellation: whether a task that is cancelled hears `lost` at once.
    func ending(heedsCancellation: Bool) async -> Ending {
        guard heedsCancellation else {
            return await withCheckedContinuation { continuation in add(Waiter(continuation)) }
        }
        let waiter = Waiter()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if waiter.wait(continuation) { continuation.resume(returning: .lost) } else { add(waiter) }
            }
        } onCancel: {
            waiter.hear(.lost)
        }
    }

    private func add(_ waiter: Waiter) {
        let known: Ending? = stage.withLock { stage in
            switch stage {
            case .waiting(let waiters): stage = .waiting(waiters + [waiter])
            case .keeping(let waiters, let answer): stage = .keeping(waiters + [waiter], answer: answer)
            case .over(let ending): return ending
            }
            return nil
        }
        if let known { waiter.hear(known) }
    }

    /// The answer is there.
    ///
    /// - Returns: the id under which it has to be kept; nil where all have heard it, or will.
    func answer(_ answers: [KeptAnswer], _ message: BalanceMessage) -> String? {
        let (waiters, id): ([Waiter], String?) = stage.withLock { stage in
            switch stage {
            case .waiting(let waiters):
                stage = .over(.answered(message))
                return (waiters, nil)
            case .keeping(let waiters, _):
                stage = .keeping(waiters, answer: answers)
                return ([], nil)
            case .over(.pending(let id)): return ([], id)
            case .over: return ([], nil)
            }
        }
        for waiter in waiters { waiter.hear(.answered(message)) }
        return id
    }

    /// It is too late for those who wait.
    ///
    /// - Returns: whether it has to be kept now; false where the answer is there.
    func beLate() -> Bool {
        stage.withLock { stage in
            guard case .waiting(let waiters) = stage else { return false }
            stage = .keeping(waiters, answer: nil)
            return true
        }
    }

    /// It was kept under an id, or could not be: nil.
    ///
    /// - Returns: the answers that came meanwhile.
    func wasKept(as id: String?) -> [KeptAnswer]? {
        let ending = id.map { Ending.pending($0) } ?? .lost
        let (waiters, answers): ([Waiter], [KeptAnswer]?) = stage.withLock { stage in
            guard case .keeping(let waiters, let answers) = stage else { return ([], nil) }
            stage = .over(ending)
            return (waiters, answers)
        }
        for waiter in waiters { waiter.hear(ending) }
        return answers
    }
}
