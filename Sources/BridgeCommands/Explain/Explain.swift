import ArgumentParser
import Batch
import Translation

struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show every leaf's way: from where, to where, by which rule, and what became of it.")

    @OptionGroup var input: InputArguments
    @OptionGroup var context: ContextOptions
    @OptionGroup var mappings: MappingOptions

    @Option(help: ArgumentHelp("The format to convert to.", valueName: "format"))
    var to: Format

    @Option(help: ArgumentHelp("The shape of v1.0's JSON answers.", valueName: "post|get"))
    var v1Form = Convert.Form.post

    @Flag(help: "One JSON object per record, as convert --findings writes it.")
    var json = false

    func run() async throws {
        try await Exit.reporting {
            let mappings = try mappings.load()
            var options = ConvertOptions(translation: TranslationOptions(target: to.value))
            options.translation.source = input.from?.value
            options.translation.isLenient = input.lenient
            options.translation.form = v1Form.value
            options.context = try context.load(mappings)
            let explainer = RecordExplainer(mappings: mappings, options: options)
            var areAllConverted = true
            for file in try input.find().files {
                var reader = RecordReader(file, options: input.options)
                while let record = reader.next() {
                    let result = explainer.explain(record, asJSON: json)
                    areAllConverted = areAllConverted && result.isConverted
                    try Terminal.output(result.text)
                }
            }
            if !areAllConverted { throw Exit.rejected }
        }
    }
}
