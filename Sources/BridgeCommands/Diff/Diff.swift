import ArgumentParser
import Batch
import Comparison
import Foundation
import Translation

struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare two messages, of any versions and formats, by what they mean.",
        discussion: "Exit codes: 0 equal in meaning, 1 different, 2 they can't be compared.")

    @Argument(help: "A message, or a recorded exchange; - is standard input.")
    var left: String

    @Argument(help: "Another.")
    var right: String

    @Option(help: ArgumentHelp("The format of LEFT, where content does not tell.", valueName: "format"))
    var leftFrom: Format?

    @Option(help: ArgumentHelp("The format of RIGHT, where content does not tell.", valueName: "format"))
    var rightFrom: Format?

    @Option(help: "How to tell: text, json, or patch (RFC 6902: from LEFT's v2.0 form to RIGHT's).")
    var format = Telling.text

    @OptionGroup var mappings: MappingOptions

    enum Telling: String, ExpressibleByArgument, CaseIterable {
        case text, json, patch
    }

    func validate() throws {
        guard left != "-" || right != "-" else { throw ValidationError("Only one of the two can be standard input.") }
    }

    func run() async throws {
        try await Exit.reporting {
            let files = try mappings.files
            let mappings = try MappingSet(files)
            let codec = ExchangeCodec(mappings)
            let first = try read(left, leftFrom, codec)
            let second = try read(right, rightFrom, codec)
            let report = DiffReport(first, second, codec, try DifferenceTable(files, mappings: mappings))
            guard report.isComparable else {
                throw Exit.fail("one is a question and the other an answer: they can't be compared", Exit.inconclusive)
            }
            switch format {
            case .text: try Terminal.output(report.text)
            case .json: try Terminal.output(report.json)
            case .patch:
                guard let patch = report.patch else {
                    throw Exit.fail("v2.0 can't say one of the two, so there is no patch", Exit.inconclusive)
                }
                try Terminal.output(patch)
            }
            if !report.isEqual { throw Exit.rejected }
        }
    }

    private func read(_ path: String, _ format: Format?, _ codec: ExchangeCodec) throws -> DiffSide {
        let bytes: [UInt8]
        if path == "-" {
            bytes = Array(try FileHandle.standardInput.readToEnd() ?? Data())
        } else {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw InputError(path: path, message: "can't be read")
            }
            bytes = Array(data)
        }
        do {
            return try DiffSide(bytes, format?.value, codec)
        } catch {
            throw Exit.fail("\(path): \(error)", Exit.inconclusive)
        }
    }
}
