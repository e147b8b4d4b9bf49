import ArgumentParser
import Batch
import Foundation
import Translation

/// Which mappings a command runs on.
struct MappingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Use the mapping files of this folder in place of the built-in ones.", valueName: "dir"))
    var mappings: String?

    var files: MappingFiles {
        get throws { try mappings.map { folder in try MappingFiles(folder: folder) } ?? .embedded }
    }

    func load() throws -> MappingSet { try MappingSet(files) }
}

/// How records are found in the input.
struct InputArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Files and folders; - is standard input.",
            discussion: """
                One message per file, NDJSON, CSV, or text with a message to a line; also in .gz, .zst, .tar, .tar.gz, \
                .tar.zst and .zip: told by content.
                """))
    var inputs: [String]

    @Option(help: ArgumentHelp("The format of the input, where content does not tell.", valueName: "format"))
    var from: Format?

    @Option(help: "The member or column that holds the message (default: payload, else message).")
    var payloadField: String?

    @Option(help: "The member or column that holds a record's id.")
    var idField = "id"

    @Flag(help: "Take what looser systems have stored; each leniency is a finding.")
    var lenient = false

    @Option(help: ArgumentHelp("Messages larger than this are rejected.", valueName: "MiB"))
    var maxMessageSize = 16

    @Option(help: ArgumentHelp("How many times its size a compressed input may grow to.", valueName: "times"))
    var maxExpansion = 200

    func validate() throws {
        guard (1...1_000_000).contains(maxExpansion) else {
            throw ValidationError("--max-expansion is from 1 to 1000000.")
        }
        guard !inputs.isEmpty else { throw ValidationError("Name at least one input; - is standard input.") }
        guard (1...1024).contains(maxMessageSize) else {
            throw ValidationError("--max-message-size is from 1 to 1024 MiB.")
        }
    }

    var options: InputOptions {
        var options = InputOptions(
            payloadField: payloadField, idField: idField, maximumMessageSize: maxMessageSize << 20)
        options.maximumExpansion = maxExpansion
        return options
    }

    func find() throws -> InputFiles {
        let found = try InputFiles.find(inputs)
        guard !found.files.isEmpty else {
            throw InputError(path: inputs.joined(separator: " "), message: "holds no files to read")
        }
        return found
    }
}

/// A format's name on the command line.
enum Format: String, ExpressibleByArgument, CaseIterable {
    case v1XML = "v1-xml"
    case v1JSON = "v1-json"
    case v2JSON = "v2-json"

    var value: MessageFormat {
        switch self {
        case .v1XML: .v1XML
        case .v1JSON: .v1JSON
        case .v2JSON: .v2JSON
        }
    }
}

/// What can't be known from a message and is told from outside.
struct ContextOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A YAML file with what messages can't tell: TIN, GRN, office, clock …", valueName: "file"))
    var context: String?

    /// The context with this run's clock and identifiers, where the file asks for them.
    func load(_ mappings: MappingSet, at moment: RunMoment = RunMoment()) throws -> TranslationContext {
        guard let context else { return TranslationContext() }
        guard let bytes = FileManager.default.contents(atPath: context) else {
            throw InputError(path: context, message: "can't be read")
        }
        return try TranslationContext(parsing: Array(bytes), file: context, mappings: mappings)
            .settled(now: moment.now, randomSeed: moment.seed)
    }
}

/// What a run takes for the present, and what its generated identifiers are made of, where a context file asks for them.
struct RunMoment {
    var now = Date().formatted(.iso8601)
    var seed = UInt64.random(in: .min ... .max)
}
