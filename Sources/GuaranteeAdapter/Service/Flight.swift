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
        case waiting([Waiter])
        /// Too late for those who wait: it is being put where it can be asked for.
        case keeping([Waiter], answer: [KeptAnswer]?)
        case over(Ending)
    }

    /// Hears the ending, once.
    typealias Waiter = @Sendable (Ending) -> Void

    let question: BalanceQuestion
    let identity: BalanceQuestion.Identity
    /// When it took its locks.
    let startedAt: Duration
    private let stage = Mutex(Stage.waiting([]))

    init(_ question: BalanceQuestion, _ identity: BalanceQuestion.Identity, at now: Duration) {
        self.question = question
        self.identity = identity
        startedAt = now
    }

    /// Has a waiter hear the answer, or that it is too late for one: when that is known, which may be now.
    func tell(_ waiter: @escaping Waiter) {
        let known: Ending? = stage.withLock { stage in
            switch stage {
            case .waiting(var waiters):
                // Let go of first: two owners of the waiters would cost a copy of them.
                stage = .waiting([])
                waiters.append(waiter)
                stage = .waiting(waiters)
            case .keeping(var waiters, let answer):
                stage = .keeping([], answer: nil)
                waiters.append(waiter)
                stage = .keeping(waiters, answer: answer)
            case .over(let ending): return ending
            }
            return nil
        }
        if let known { waiter(known) }
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
        for waiter in waiters { waiter(.answered(message)) }
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
        for waiter in waiters { waiter(ending) }
        return answers
    }
}
