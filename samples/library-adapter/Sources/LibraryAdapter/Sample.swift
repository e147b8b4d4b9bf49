import Foundation
import GuaranteeAdapter

/// Asks about guarantees as it asked v1.0, and is answered by v2.0: of HMRC's sandbox, or of a simulator.
@main
struct Sample {
    static func main() async throws {
        guard CommandLine.arguments.count == 2,
            let token = ProcessInfo.processInfo.environment["NCTS_TOKEN"], !token.isEmpty
        else {
            FileHandle.standardError.write(Data("usage: NCTS_TOKEN=… LibraryAdapter https://host-of-v2\n".utf8))
            exit(64)
        }
        var options = AdapterOptions()
        options.holders = Questions.holders
        let adapter = try GuaranteeAdapter(
            upstream: CommandLine.arguments[1], transport: SessionTransport(), token: { token }, options: options)

        print("What v1.0 would have told about")
        for (what, request) in Questions.all {
            print("- \(what): \(try await adapter.told(about: request))")
            // The platform takes three calls a second.
            try await Task.sleep(for: .milliseconds(400))
        }
        print("\nA stored answer of v1.0 in v2.0's words")
        for line in try StoredAnswer.lines() { print("- \(line)") }
    }
}
