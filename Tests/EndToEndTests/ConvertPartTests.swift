import Foundation
import Testing

/// Parts of an input, as the workers of a cluster read them, become what they become in the whole.
@Suite struct `nctsbridge convert of a part` {
    private static let archive = "samples/archive/archive.ndjson"
    private static let options = ["--to", "v1-xml", "--context", "samples/archive/context.yaml", "--quiet"]

    @Test func `tells of its records as the whole does, to the byte`() throws {
        let scratch = try Scratch()
        let whole = try Bridge.run(
            ["convert", Self.archive] + Self.options
                + ["--output", scratch.path("whole"), "--rejects", scratch.path("whole.rejects")])
        #expect(whole.exitCode == 1)
        let lines = try String(contentsOf: Bridge.package.appendingPathComponent(Self.archive), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        var outputs = Data()
        var rejects = Data()
        var first = 0
        for length in [1, 99, 7, lines.count - 107] {
            let text = lines[first..<first + length].joined(separator: "\n") + "\n"
            let part = try scratch.write("part", text)
            let result = try Bridge.run(
                ["convert", "-"] + Self.options
                    + ["--source-name", Self.archive, "--first-line", "\(first + 1)"]
                    + ["--output", scratch.path("out"), "--rejects", scratch.path("rejects")],
                input: URL(fileURLWithPath: part))
            #expect(result.exitCode < 2)
            outputs += try Data(contentsOf: scratch.url("out"))
            rejects += try Data(contentsOf: scratch.url("rejects"))
            first += length
        }
        #expect(try outputs == Data(contentsOf: scratch.url("whole")))
        #expect(try rejects == Data(contentsOf: scratch.url("whole.rejects")))
    }

    @Test(arguments: [
        ([archive, "--source-name", "x"], "standard input alone"), (["-", "--first-line", "0"], "1 or more"),
        (["-", "--first-record=-1"], "0 or more"), (["-", archive, "--first-line", "3"], "standard input alone"),
    ])
    func `is standard input alone`(arguments: [String], complaint: String) throws {
        let result = try Bridge.run(["convert", "--to", "v2-json"] + arguments)
        #expect(result.exitCode == 64)
        #expect(result.errorText.contains(complaint))
    }
}
