import DualRun
import Foundation

/// Ctrl-C and SIGTERM, so that what is under way ends in order.
enum Interruption {
    /// They cancel the body.
    static func heeding<Value: Sendable, Failure: Error>(
        _ body: @Sendable @escaping () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let task = Task { () async -> Result<Value, Failure> in
            do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
        }
        let watch = SignalWatch { _ in task.cancel() }
        defer { watch.end() }
        return try await task.value.get()
    }

    /// The first stops a run in order: what is in flight is finished. The next ends the process at once.
    static func watching<Value>(_ stopSwitch: StopSwitch, _ body: () async throws -> Value) async throws -> Value {
        let watch = SignalWatch { number in
            if stopSwitch.isStopped {
                signal(number, SIG_DFL)
                kill(getpid(), number)
            } else {
                Terminal.error("\nWhat is in flight is finished; Ctrl-C again ends at once.")
                stopSwitch.stop()
            }
        }
        defer { watch.end() }
        return try await body()
    }
}

/// Hears SIGINT and SIGTERM in place of their default, which would end the process before anything could be told.
private struct SignalWatch {
    private static let numbers = [SIGINT, SIGTERM]
    private let sources: [any DispatchSourceSignal]

    init(_ onSignal: @escaping @Sendable (Int32) -> Void) {
        sources = Self.numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { onSignal(number) }
            source.activate()
            return source
        }
    }

    func end() {
        for source in sources { source.cancel() }
        for number in Self.numbers { signal(number, SIG_DFL) }
    }
}
