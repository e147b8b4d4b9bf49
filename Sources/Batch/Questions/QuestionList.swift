package import Translation

/// The questions of a run: a list of our own (CSV with a header, NDJSON, JSON), or the queries among stored messages.
package struct QuestionList: Sendable {
    package var questions: [ListedQuestion] = []
    /// Rows and messages that are no questions, though they ought to be. Each costs no other.
    package var problems: [QuestionProblem] = []
    /// What is worth a look: check digits, columns that nobody knows, files that others can read.
    package var warnings: [QuestionProblem] = []
    /// Answers among stored messages: they were passed over.
    package var answers = 0
    /// Other addresses in recordings: they were passed over.
    package var foreign = 0

    package init() {}

    /// Reads a file, a folder with all that is in it, or standard input (`-`). The format of each file is told by its content.
    ///
    /// - Parameters:
    ///   - options: how records are found among stored messages.
    ///   - environment: the variables that a list may name for its access codes.
    /// - Throws: where there is nothing to read: the path leads nowhere, to a folder without files, or to a file that is
    ///   empty or can't be read.
    package static func read(
        _ path: String, mappings: MappingSet, masker: Masker, options: InputOptions, environment: [String: String]
    ) throws(InputError) -> QuestionList {
        let files = try InputFiles.find([path]).files
        guard !files.isEmpty else {
            throw InputError(path: path, message: "holds no files to read: put a list of questions into it")
        }
        guard let columns = QuestionColumns(ExchangeCodec(mappings)) else {
            throw InputError(
                path: path, message: "can't be read: these mappings have no question of v1.0, which names its columns")
        }
        var reader = QuestionListReader(
            columns: columns, environment: environment, options: options,
            interpreters: [.v1, .v2].map { RecordingInterpreter(side: $0, mappings: mappings, masker: masker) })
        for file in files { try reader.read(file) }
        return reader.list
    }
}
