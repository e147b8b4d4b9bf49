import DualRun
import Foundation

/// Ctrl-C and SIGTERM: they cancel what is under way, so that it ends in order.
enum Interruption {
    static func heeding<Value: Sendable, Failure: Error>(
        _ body: @Sendable @escaping () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let task = Task { () async -> Result<Value, Failure> in
            do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
        }
        let sources = [SIGINT, SIGTERM].map { number in
            // The default would end the process before anything could be told.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { task.cancel() }
            source.activate()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        }
        return try await task.value.get()
    }
}

extension Interruption {
    /// The first Ctrl-C or SIGTERM stops a run in order: what is in flight is finished. The next ends the process at once.
    static func watching<Value>(_ stopSwitch: StopSwitch, _ body: () async throws -> Value) async throws -> Value {
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                if stopSwitch.isStopped {
                    signal(number, SIG_DFL)
                    kill(getpid(), number)
                } else {
                    Terminal.error("\nWhat is in flight is finished; Ctrl-C again ends at once.")
                    stopSwitch.stop()
                }
            }
            source.activate()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        }
        return try await body()
    }
}
