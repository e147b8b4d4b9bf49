import Foundation
import Testing

@testable import Gateway

/// What the documents and the samples tell of settings, held to the settings.
@Suite struct `The documents on settings` {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let sample = root.appendingPathComponent("samples/deploy/gateway.yaml")

    @Test func `list all of them, as they are`() throws {
        let page = try String(contentsOf: Self.root.appendingPathComponent("docs/gateway.md"), encoding: .utf8)
        #expect(
            page.contains(GatewaySettings.reference), "docs/gateway.md lacks this:\n\(GatewaySettings.reference)")
    }

    @Test func `have a sample that is in order as it is`() {
        #expect(problems([:], file: Self.sample.path) == [])
    }

    @Test func `whose settings that are not in use are some all the same`() throws {
        let lines = try String(contentsOf: Self.sample, encoding: .utf8).components(separatedBy: "\n")
        let isOff = { (line: String) in line.hasPrefix("#") && line.count > 1 && !line.hasPrefix("# ") }
        #expect(lines.count(where: isOff) > 10)
        let all = lines.map { isOff($0) ? String($0.dropFirst()) : $0 }.joined(separator: "\n")
        // What does not go together, and files that are not there, is meant so: one takes what one needs.
        let meant = ["there is no file", "there is upstream", "goes with upstream", "needs it"]
        #expect(try problems(yaml: all).filter { problem in !meant.contains(where: problem.contains) } == [])
    }
}
