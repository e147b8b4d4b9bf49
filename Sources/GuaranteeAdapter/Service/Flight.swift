import Synchronization
import Translation

/// A question that v2.0 is being asked, and everybody who waits for its answer.
final class Flight: Sendable {
    /// What those who wait hear.
    enum Ending: Sendable {
        case answered(BalanceMessage)
        /// No answer within v1.0's time: it can be asked for by this id.
        case pending(String)
        /// None: it could not be kept.
        case lost
    }

    private enum Stage {
        case waiting
        /// Too late for those who wait: it is being put where it can be asked for.
        case keeping(answer: [KeptAnswer]?)
        case over(Ending)
    }

    private struct State {
        var stage = Stage.waiting
        /// Those who have heard nothing yet.
        var waiters: [Waiter] = []

        /// - Returns: whom to tell of it.
        mutating func end(_ ending: Ending) -> [Waiter] {
            stage = .over(ending)
            defer { waiters = [] }
            return waiters
        }
    }

    /// Hears the ending, once.
    typealias Waiter = @Sendable (Ending) -> Void

    let question: BalanceQuestion
    let identity: BalanceQuestion.Identity
    /// When it took its locks.
    let startedAt: Duration
    private let state = Mutex(State())

    init(_ question: BalanceQuestion, _ identity: BalanceQuestion.Identity, at now: Duration) {
        self.question = question
        self.identity = identity
        startedAt = now
    }

    /// Has a waiter hear the answer, or that it is too late for one: when that is known, which may be now.
    func tell(_ waiter: @escaping Waiter) {
        let known: Ending? = state.withLock { state in
            if case .over(let ending) = state.stage { return ending }
            state.waiters.append(waiter)
            return nil
        }
        if let known { waiter(known) }
    }

    /// The answer is there.
    ///
    /// - Returns: the id under which it has to be kept; nil where all have heard it, or will.
    func answer(_ answers: [KeptAnswer], _ message: BalanceMessage) -> String? {
        let (waiters, id): ([Waiter], String?) = state.withLock { state in
            switch state.stage {
            case .waiting: return (state.end(.answered(message)), nil)
            case .keeping: state.stage = .keeping(answer: answers)
            case .over(.pending(let id)): return ([], id)
            case .over: break
            }
            return ([], nil)
        }
        for waiter in waiters { waiter(.answered(message)) }
        return id
    }

    /// It is too late for those who wait.
    ///
    /// - Returns: whether it has to be kept now; false where the answer is there.
    func beLate() -> Bool {
        state.withLock { state in
            guard case .waiting = state.stage else { return false }
            state.stage = .keeping(answer: nil)
            return true
        }
    }

    /// It was kept under an id, or could not be: nil.
    ///
    /// - Returns: the answers that came meanwhile.
    func wasKept(as id: String?) -> [KeptAnswer]? {
        let ending = id.map { Ending.pending($0) } ?? .lost
        let (waiters, answers): ([Waiter], [KeptAnswer]?) = state.withLock { state in
            guard case .keeping(let answers) = state.stage else { return ([], nil) }
            return (state.end(ending), answers)
        }
        for waiter in waiters { waiter(ending) }
        return answers
    }
}
