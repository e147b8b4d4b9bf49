import Foundation
import Translation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Reads the files of a list of questions, one after another.
struct QuestionListReader {
    let columns: QuestionColumns
    let environment: [String: String]
    let options: InputOptions
    /// v1.0's and v2.0's.
    let interpreters: [RecordingInterpreter]
    var list = QuestionList()
    /// Whether the file that is being read holds access codes.
    var holdsSecrets = false
    /// Columns that nobody knows, and of which was warned.
    var unknownNames: Set<String> = []

    init(
        columns: QuestionColumns, environment: [String: String], options: InputOptions,
        interpreters: [RecordingInterpreter]
    ) {
        self.columns = columns
        self.environment = environment
        self.options = options
        self.interpreters = interpreters
    }

    /// - Throws: where the user named the file, and it is empty or can't be read. In a folder that is a problem.
    mutating func read(_ file: InputFile) throws(InputError) {
        holdsSecrets = false
        unknownNames = []
        var input = PeekedInput(FileSource(file), chunkSize: 128 << 10)
        let isAll = input.peek(Layout.peekSize)
        if input.head.allSatisfy({ $0.isWhiteSpace || [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x00].contains($0) }),
            let message = whyEmpty(input)
        {
            guard !file.isNamed else { throw InputError(path: file.path, message: message) }
            return complain(file.path, message)
        }
        do {
            try read(file, input, isAll: isAll)
        } catch {
            complain(file.path, "can't be read further: \(error.message)")
        }
        if holdsSecrets, file != .standardInput, Self.isOpenToOthers(file.path) {
            let message = "holds access codes and can be read by others: run chmod 600 on it"
            list.warnings.append(QuestionProblem(source: file.path, message: message))
        }
    }

    private mutating func read(_ file: InputFile, _ input: PeekedInput, isAll: Bool) throws(ReadFault) {
        let encoding = TextEncoding(of: input.head)
        var text = Array(input.head.dropFirst(encoding.markSize))
        if var decoder = encoding.decoder {
            let encoded = text
            text = []
            decoder.decode(encoded, into: &text)
        }
        let isWhole = isAll && input.head.count <= Layout.peekSize
        let header =
            MessageStart.isThere(in: text[...])
            ? nil : QuestionHeader(of: text, isWhole: isWhole, columns)
        if let header, header.columns.contains(.grn) || !isStored(input.head, text, isWhole) {
            try readRows(file, TextWindow(input, encoding: encoding), header)
        } else if header != nil || MessageStart.isThere(in: text[...]) || isStored(input.head, text, isWhole) {
            readPieces(file, input, isAll: isAll)
        } else {
            complain(
                "\(file.path):1",
                "the first row is no header: write one above the rows, with names out of \(columns.list)")
        }
    }

    /// Whether a text that is neither XML nor JSON holds stored messages.
    private func isStored(_ head: [UInt8], _ text: [UInt8], _ isWhole: Bool) -> Bool {
        switch Layout(of: head.prefix(Layout.peekSize), isWhole: isWhole, options: options).container {
        case .csv, .lines, .ndjson: true
        case .file: PayloadDecoding.decode(Payload(text, isDecodedText: true)).syntax != nil
        }
    }

    // MARK: - Telling

    mutating func complain(_ source: String, _ message: String) {
        list.problems.append(QuestionProblem(source: source, message: message))
    }

    /// Warns of a column or member that nobody knows, once to a file.
    mutating func warn(ofUnknown name: ArraySlice<UInt8>, _ source: String) {
        let name = String(String(decoding: name, as: UTF8.self).prefix(40))
        guard unknownNames.insert(name).inserted else { return }
        let message = "there is no column \"\(name)\": it is passed over. Columns are \(columns.list)"
        list.warnings.append(QuestionProblem(source: source, message: message))
    }

    mutating func take(_ row: QuestionRow) {
        if row.cells[.accessCode] != nil { holdsSecrets = true }
        if let question = row.question(columns, environment, &list.problems, &list.warnings) {
            list.questions.append(question)
        }
    }

    private func whyEmpty(_ input: PeekedInput) -> String? {
        var input = input
        do {
            while true {
                let chunk = try input.next()
                if chunk.isEmpty { return "is empty: write questions into it" }
                guard chunk.allSatisfy({ $0.isWhiteSpace || [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x00].contains($0) }) else {
                    return nil
                }
            }
        } catch {
            return "can't be read: \(error.message)"
        }
    }

    private static func isOpenToOthers(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & (S_IRGRP | S_IROTH) != 0
    }
}
