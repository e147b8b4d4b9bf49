import ArgumentParser
import Batch
import Foundation
import Translation

struct Convert: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Convert stored messages between v1.0's XML, v1.0's JSON and v2.0's JSON.",
        discussion: """
            Every record that was read is converted, has no counterpart, or is rejected with a code and a place; every \
            leaf of it is accounted for. What the target can't say goes to the remainder, with which the way back is \
            exact. Exit code 0: all were converted; 1: some were not.
            """)

    @OptionGroup var input: InputArguments
    @OptionGroup var context: ContextOptions
    @OptionGroup var mappings: MappingOptions

    @Option(help: ArgumentHelp("The format to convert to.", valueName: "format"))
    var to: Format

    @Option(
        help: ArgumentHelp(
            "A file, or a folder that mirrors the input (a name that ends with / or is a folder).", valueName: "path"))
    var output = "-"

    @Option(help: "What is written of a record: record (id, source, message), message, or body.")
    var emit: Emit?

    @Option(
        help: ArgumentHelp(
            "Write what the target can't say here; on the way back, read it from here.", valueName: "path"))
    var remainder: String?

    @Option(help: "A member or column of the record that names the guarantee (GRN).")
    var grnField: String?

    @Flag(help: "Take GRN and TIN of an answer from its query in the same input.")
    var pair = false

    @Option(help: ArgumentHelp("The shape of v1.0's JSON answers.", valueName: "post|get"))
    var v1Form = Form.post

    @Option(help: ArgumentHelp("Write the counts of the run as JSON.", valueName: "file"))
    var report: String?

    @Option(help: ArgumentHelp("Write what became of each leaf, record by record, as NDJSON.", valueName: "file"))
    var findings: String?

    @Option(help: ArgumentHelp("Write each record that was not converted, and why, as NDJSON.", valueName: "file"))
    var rejects: String?

    @Option(
        help: ArgumentHelp(
            "Write what was read, with what, and what was written, with digests: for verify.", valueName: "file"))
    var manifest: String?

    @Option(
        help: ArgumentHelp(
            "Sign the manifest with this Ed25519 private key (PEM); the signature is written beside it.",
            valueName: "file"))
    var manifestKey: String?

    @Flag(help: "Go on where the same command was cut off: from the checkpoint beside its output.")
    var resume = false

    @Option(help: ArgumentHelp("How many records lie between two checkpoints.", valueName: "records"))
    var checkpointEvery = 65_536

    @Flag(help: "Keep access codes in the payloads of --rejects.")
    var keepSecrets = false

    @Flag(help: "Undo each conversion with its remainder and compare leaf for leaf.")
    var verify = false

    @OptionGroup(title: "Parts of an input") var part: PartOptions

    @Option(help: "How many records are converted at once (default: one per core).")
    var jobs: Int?

    @Flag(name: .shortAndLong, help: "No summary and no progress.")
    var quiet = false

    func validate() throws {
        if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is from 1 to 1024.") }
        if pair, input.inputs.contains("-") {
            throw ValidationError("--pair reads the input twice: standard input can't be.")
        }
        guard checkpointEvery > 0 else { throw ValidationError("--checkpoint-every is 1 or more.") }
        if resume, input.inputs.contains("-") || output == "-" {
            throw ValidationError("--resume goes on with files: standard input and output are none.")
        }
        if manifest != nil, input.inputs.contains("-") || output == "-" {
            throw ValidationError("--manifest tells of files: standard input and output are none.")
        }
        if let remainder, [".gz", ".zst"].contains(where: remainder.hasSuffix) {
            throw ValidationError("--remainder is looked through on the way back: it can't be compressed.")
        }
        if manifestKey != nil, manifest == nil { throw ValidationError("--manifest-key signs what --manifest names.") }
        if part.isGiven, input.inputs != ["-"] {
            throw ValidationError("--source-name, --first-line and --first-record are for standard input alone.")
        }
        if emit == .body, to == .v1XML {
            throw ValidationError("--emit body is for JSON: XML has no exchange around it.")
        }
    }

    func run() async throws {
        try await Exit.reporting {
            let (tally, written, found, moment) = try await convert(at: RunMoment())
            if let manifest {
                try write(
                    manifest, tally, found, written + (report.map { [WrittenFile(kind: "report", path: $0)] } ?? []),
                    moment)
            }
            if tally.records.converted < tally.records.read { throw Exit.rejected }
        }
    }

    /// - Returns: the counts, the files that were written but for the report, and those that were read.
    ///   and the moment that counted, which is that of the run that is gone on with.
    func convert(
        at moment: RunMoment
    ) async throws -> (tally: Tally, written: [WrittenFile], read: [InputFile], at: RunMoment) {
        let mappings = try mappings.load()
        var found = try input.find()
        if let name = part.sourceName { found.files = [.standardInput(named: name)] }
        var options = ConvertOptions(translation: translation)
        options.emit = emit?.value
        options.keepsSecrets = keepSecrets
        options.writesFindings = findings != nil
        var outputs = try outputs(options)
        let check = try OutputCheck(self, outputs.write)
        try check.check(against: found)
        outputs.write.reserved = check.reserved
        let resuming = try Resuming(self, found.files, outputs.write, mappings)
        let checkpoint = try resuming?.checkpoint(at: moment, self)
        let moment = checkpoint.flatMap { RunMoment($0) } ?? moment
        options.context = try context.load(mappings, at: moment)
        options.writesRemainder = outputs.write.remainder != nil
        // A remainder knows the format of what it belongs to, where content alone would not tell.
        if input.from == nil { options.translation.source = try outputs.read?.format() }
        let workers = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        var inputOptions = input.options
        inputOptions.grnField = grnField
        inputOptions.part = part.value
        inputOptions.masker = keepSecrets ? nil : Masker(mappings)
        let pairs =
            pair
            ? await PairingRun(mappings: mappings, options: options, input: inputOptions, workers: workers)
                .run(found.files) : nil
        let run = ConvertRun(
            mappings: mappings, options: options, input: inputOptions, workers: workers,
            remainders: outputs.read, pairs: pairs)
        var progress = ProgressLine(files: found.files, isShown: !quiet && Terminal.isWatched)
        let (tally, written) = try await run.run(
            found.files, outputs: outputs.write, checkpoint: checkpoint,
            save: { checkpoint throws(OutputError) in try resuming?.save(checkpoint) }
        ) { progress.show($0) }
        progress.clear()
        let result = RunReport(
            tally: tally, target: to.rawValue, revisions: mappings.revisions, toolVersion: ToolVersion.current,
            hiddenFiles: found.hidden)
        if let report {
            let file = try OutputFile(report)
            try file.write(result.json)
            try file.finish()
        }
        if !quiet { Terminal.error(result.summary) }
        resuming?.end()
        return (tally, written, found.files, moment)
    }

    private var translation: TranslationOptions {
        var options = TranslationOptions(target: to.value)
        options.source = input.from?.value
        options.isLenient = input.lenient
        options.form = v1Form.value
        options.verifies = verify
        return options
    }

    /// Where the outputs go. A remainder that another run has written is read, unless it is this one's own from before.
    private func outputs(_ options: ConvertOptions) throws -> (write: RunOutputs, read: RemainderSource?) {
        let isFolder = input.inputs.contains { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
        }
        var outputs = RunOutputs(output: output == "-" ? .file("-") : OutputPlace(output, inputIsFolder: isFolder))
        outputs.findings = findings
        outputs.rejects = rejects
        guard let remainder else { return (outputs, nil) }
        let source = RemainderSource(path: remainder)
        if let target = try source.target(), target != options.targetName { return (outputs, source) }
        outputs.remainder = OutputPlace(remainder, inputIsFolder: isFolder)
        return (outputs, nil)
    }
}

extension Convert {
    /// The remainder where it is read: where none is written.
    func remainderRead(besides outputs: RunOutputs) -> String? { outputs.remainder == nil ? remainder : nil }

    enum Emit: String, ExpressibleByArgument, CaseIterable {
        case record, message, body

        var value: ConvertOptions.Emit {
            switch self {
            case .record: .record
            case .message: .message
            case .body: .body
            }
        }
    }

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case post, get

        var value: TranslationOptions.Form { self == .post ? .post : .get }
    }
}
