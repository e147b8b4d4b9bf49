import Translation

/// Lists in CSV.
extension QuestionListReader {
    mutating func readRows(
        _ file: InputFile, _ window: TextWindow, _ header: QuestionHeader
    ) throws(ReadFault) {
        guard check(header, of: file) else { return }
        var rows = QuestionRows(window, header)
        while let row = try rows.next() {
            switch row {
            case .problem(let message, let line): complain("\(file.path):\(line)", message)
            case .fields(let fields, let line):
                var row = QuestionRow(source: "\(file.path):\(line)")
                for (column, text) in zip(header.columns, fields) where !text.isEmpty {
                    if let column { row.cells[column] = text }
                }
                take(row)
            }
        }
    }

    /// Whether the header can be read by.
    private mutating func check(_ header: QuestionHeader, of file: InputFile) -> Bool {
        let place = "\(file.path):1"
        let count = list.problems.count
        for column in QuestionColumn.allCases where header.columns.count(where: { $0 == column }) > 1 {
            complain(place, "the column \(columns.name(column)) stands here twice: keep one of the two")
        }
        if !header.columns.contains(.grn) {
            complain(place, "there is no column \(columns.name(.grn)): each question needs one")
        }
        for (name, column) in zip(header.names, header.columns) where column == nil { warn(ofUnknown: name, place) }
        holdsSecrets = header.columns.contains(.accessCode)
        return list.problems.count == count
    }
}
