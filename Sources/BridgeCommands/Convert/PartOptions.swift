import ArgumentParser
import Batch

/// Where standard input stands in a larger input: for the workers of a cluster.
struct PartOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Standard input is a part of this file: records tell of it by this name.", valueName: "name"))
    var sourceName: String?

    @Option(help: ArgumentHelp("The number of its first line in the file.", valueName: "number"))
    var firstLine: Int?

    @Option(
        help: ArgumentHelp(
            "How many records of the whole input stand before it (default: the lines before it).", valueName: "number"))
    var firstRecord: Int?

    @Option(help: "What the lines of the part are.")
    var lines = Lines.ndjson

    enum Lines: String, ExpressibleByArgument, CaseIterable {
        case ndjson, text
    }

    var isGiven: Bool { sourceName != nil || firstLine != nil || firstRecord != nil }

    func validate() throws {
        guard (firstLine ?? 1) >= 1 else { throw ValidationError("--first-line is 1 or more.") }
        guard (firstRecord ?? 0) >= 0 else { throw ValidationError("--first-record is 0 or more.") }
    }

    var value: InputPart? {
        guard isGiven else { return nil }
        return InputPart(
            lines: lines == .ndjson ? .ndjson : .text, firstLine: firstLine ?? 1,
            firstRecord: firstRecord ?? (firstLine ?? 1) - 1)
    }
}
