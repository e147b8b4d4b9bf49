import ArgumentParser
import Batch
import Translation

struct Validate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check stored messages against their schemas, and their values.",
        discussion: """
            Each problem has a code, a path and a place. A GRN whose check digit does not fit is a warning: HMRC's own \
            documents hold such. Exit code 0: all are valid; 1: some are not.
            """)

    @OptionGroup var input: InputArguments
    @OptionGroup var mappings: MappingOptions

    @Flag(help: "One JSON object per record, in order.")
    var json = false

    func run() async throws {
        try await Exit.reporting {
            let mappings = try mappings.load()
            var options = TranslationOptions(target: .v2JSON)
            options.source = input.from?.value
            options.isLenient = input.lenient
            let validator = RecordValidator(mappings: mappings, options: options)
            var areAllValid = true
            var count = 0
            for file in try input.find().files {
                var reader = RecordReader(file, options: input.options)
                while let record = reader.next() {
                    let result = validator.validate(record)
                    areAllValid = areAllValid && result.isValid
                    count += 1
                    if json { try Terminal.output(result.json) } else { try Terminal.output(result.text) }
                }
            }
            if count == 0 { throw InputError(path: input.inputs.joined(separator: " "), message: "holds no records") }
            if !areAllValid { throw Exit.rejected }
        }
    }
}
