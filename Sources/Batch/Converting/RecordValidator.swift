package import Translation

/// Checks records against the schemas, and their values.
package struct RecordValidator {
    private let mappings: MappingSet
    private let options: TranslationOptions
    private let masker: Masker

    package init(mappings: MappingSet, options: TranslationOptions) {
        self.mappings = mappings
        self.options = options
        masker = Masker(mappings)
    }

    package func validate(_ record: InputRecord) -> ValidationResult {
        var result = ValidationResult(
            input: record.line.map { "\(record.file.path):\($0)" } ?? record.file.path, id: record.identity)
        if let failure = record.failure {
            result.problems = [Remark(failure)]
            return result
        }
        do throws(TranslationError) {
            result.take(try read(PayloadDecoding.decode(record.payload), as: options.source))
        } catch {
            result.problems = [Remark(error)]
            if error.code == .ambiguousFormat { validateAsEither(record, &result) }
        }
        return result
    }

    private func read(_ payload: Payload, as format: MessageFormat?) throws(TranslationError) -> Reading {
        var options = options
        options.source = format
        return try Translator(mappings: mappings, masker: masker, options: options).readNested(payload)
    }

    /// What means the same in both versions is valid if it is in either: that the version is unknown is only a warning.
    private func validateAsEither(_ record: InputRecord, _ result: inout ValidationResult) {
        for format in [MessageFormat.v1JSON, .v2JSON] {
            guard let reading = try? read(PayloadDecoding.decode(record.payload), as: format), reading.isValid else {
                continue
            }
            result.problems = result.problems.map { problem in
                var problem = problem
                problem.severity = .warning
                return problem
            }
            return
        }
    }
}

/// What was found in one record.
package struct ValidationResult: Sendable {
    /// The file, with the line where it holds several records.
    package var input: String
    /// The record's id as JSON.
    package var id: [UInt8]
    package var format: MessageFormat?
    package var message: String?
    package var problems: [Remark] = []

    package init(input: String, id: [UInt8]) {
        self.input = input
        self.id = id
    }

    package var isValid: Bool { !problems.contains { $0.severity == .error } }

    mutating func take(_ reading: Reading) {
        format = reading.format
        message = reading.plan.message
        problems = reading.remarks + reading.unaccepted
    }

    /// The result as one line of JSON.
    package var json: [UInt8] {
        var json = JSONStream()
        json.object { json in
            json.member("input", input)
            json.member("id", raw: id)
            json.member("valid", isValid)
            if let format { json.member("format", format.rawValue) } else { json.null("format") }
            if let message { json.member("message", message) } else { json.null("message") }
            json.array("problems") { json in
                for problem in problems { json.object { $0.write(problem) } }
            }
        }
        json.newline()
        return json.bytes
    }

    /// The result for people: a line for the record and one for each problem.
    package var text: String {
        let what = [message, format?.rawValue].compactMap(\.self).joined(separator: ", ")
        var lines = ["\(input): \(isValid ? "valid" : "not valid")\(what.isEmpty ? "" : " (\(what))")"]
        for problem in problems {
            let place =
                problem.place.line > 0
                ? "line \(problem.place.line), column \(problem.place.column)"
                    + (problem.place.offset >= 0 ? " (offset \(problem.place.offset))" : "") + ": " : ""
            let path = problem.path.isEmpty ? "" : "\(problem.path) "
            lines.append("  \(problem.severity.rawValue) \(problem.code): \(place)\(path)\(problem.message)")
        }
        return lines.joined(separator: "\n")
    }
}

extension Remark {
    fileprivate init(_ error: TranslationError) {
        self.init(.error, code: error.code.rawValue, path: error.path, place: error.place, message: error.message)
    }
}
