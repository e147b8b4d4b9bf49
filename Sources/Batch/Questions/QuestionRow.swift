import Translation

/// One row of a list before it is a question: its cells, of which none is empty.
struct QuestionRow {
    var source: String
    var cells: [QuestionColumn: String] = [:]

    /// - Parameters:
    ///   - problems: gets all that is wrong with the row, which then is no question.
    ///   - warnings: gets what is worth a look.
    func question(
        _ columns: QuestionColumns, _ environment: [String: String], _ problems: inout [QuestionProblem],
        _ warnings: inout [QuestionProblem]
    ) -> ListedQuestion? {
        var complaints: [String] = []
        let lineBreaks: ClosedRange<UInt8> = 0x0A...0x0D
        for (column, text) in cells
        where column != .label && text.utf8.contains(where: lineBreaks.contains) {
            complaints.append("\(columns.name(column)) holds a line break: see whether a quote is missing")
        }
        complaints.sort()
        if cells[.grn] == nil { complaints.append("\(columns.name(.grn)) is empty: each question needs one") }
        if let type = cells[.guaranteeType], !["0", "1", "2", "4", "9"].contains(type) {
            complaints.append("\(columns.name(.guaranteeType)) is none of 0, 1, 2, 4 and 9")
        }
        let accessCode = accessCode(columns, environment, &complaints)
        problems += complaints.map { QuestionProblem(source: source, message: $0) }
        guard complaints.isEmpty, let grn = cells[.grn] else { return nil }
        if cells[.accessCode] == AccessCode.mask {
            let message = "\(columns.name(.accessCode)) holds a mask in the code's place: the question has none"
            warnings.append(QuestionProblem(source: source, message: message))
        }
        let question = ListedQuestion(
            source: source, grn: GRN(grn), tin: cells[.tin], accessCode: accessCode, user: cells[.user],
            label: cells[.label], guaranteeType: cells[.guaranteeType])
        warnings += question.warnings
        return question
    }

    private func accessCode(
        _ columns: QuestionColumns, _ environment: [String: String], _ complaints: inout [String]
    ) -> AccessCode? {
        let name = columns.name(.accessCode)
        let variableName = columns.name(.accessCodeVariable)
        guard let variable = cells[.accessCodeVariable] else {
            return RecordingInterpreter.told(cells[.accessCode]).map { AccessCode($0) }
        }
        guard cells[.accessCode] == nil else {
            complaints.append("both \(name) and \(variableName) are filled: leave one of them empty")
            return nil
        }
        // The name is not repeated: somebody may have put the code itself in this column.
        guard let code = environment[variable], !code.isEmpty else {
            complaints.append(
                "the variable that \(variableName) names is not set, or empty: put the access code into it")
            return nil
        }
        return AccessCode(code)
    }
}

extension ListedQuestion {
    /// What is unusual about the GRN: HMRC's own documents show some that fail (contract section 2).
    var warnings: [QuestionProblem] {
        if grn.hasValidCheckDigit == false {
            [QuestionProblem(source: source, message: "the GRN's check digit does not fit")]
        } else if !grn.isWellFormed {
            [QuestionProblem(source: source, message: "the GRN has not the form of one")]
        } else {
            []
        }
    }
}
