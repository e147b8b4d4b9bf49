import GuaranteeAdapter
import Synchronization
import Testing

/// v2.0 as a test plays it, over no network.
final class PlayedService: AdapterTransport {
    typealias Play = @Sendable (AdapterRequest) async throws -> AdapterResponse

    private struct State {
        var play: Play
        var requests: [AdapterRequest] = []
    }

    private let state: Mutex<State>

    init(_ play: @escaping Play) {
        state = Mutex(State(play: play))
    }

    convenience init(_ answer: AdapterResponse = .balance("262626")) {
        self.init { _ in answer }
    }

    /// All that was asked, in order.
    var requests: [AdapterRequest] { state.withLock { $0.requests } }

    /// What it does from now on.
    func plays(_ play: @escaping Play) { state.withLock { $0.play = play } }
    func answers(_ answer: AdapterResponse) { plays { _ in answer } }

    func send(_ request: AdapterRequest) async throws -> AdapterResponse {
        let play = state.withLock { state in
            state.requests.append(request)
            return state.play
        }
        return try await play(request)
    }

    /// Waits until it has been asked so often.
    func asked(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation) async {
        await eventually("v2.0 is asked \(count) times", sourceLocation: sourceLocation) {
            self.requests.count >= count
        }
    }
}

/// What those wait for who come before the test opens it.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func passed() async {
        await withCheckedContinuation { waiter in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(waiter) }
                return state.isOpen
            }
            if isOpen { waiter.resume() }
        }
    }
}

/// Lets other tasks run until something holds, which is an issue if it never does.
func eventually(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ holds: () async throws -> Bool
) async rethrows {
    for _ in 0..<20_000 {
        if try await holds() { return }
        try? await Task.sleep(for: .milliseconds(1))
    }
    Issue.record(what, sourceLocation: sourceLocation)
}

extension AdapterResponse {
    static func json(_ status: Int, _ body: String) -> AdapterResponse {
        AdapterResponse(status: status, headers: [("Content-Type", "application/json")], body: Array(body.utf8))
    }

    static func balance(_ amount: String, currency: String? = "GBP") -> AdapterResponse {
        json(200, #"{"balance":\#(amount)\#(currency.map { #","currency":"\#($0)""# } ?? "")}"#)
    }

    static func error(_ status: Int, _ code: String, _ message: String) -> AdapterResponse {
        json(status, #"{"message":"\#(message)","code":"\#(code)"}"#)
    }

    static let notFound = error(
        404, "NOT_FOUND", "The guarantee reference number or access code did not match an existing guarantee.")
    static let throttled = error(429, "TOO_MANY_REQUESTS", "Too many requests")
    static let serverError = error(500, "INTERNAL_SERVER_ERROR", "Internal server error")
}
