import Translation

/// What a CSV file's header says: which columns matter.
struct CSVColumns: Equatable, Sendable {
    var delimiter: UInt8
    var count: Int
    var payload: Int
    var id: Int?
    var grn: Int?
    /// Whether a column holds secrets.
    var hasSecret = false

    /// Commas first; semicolons where a comma is the decimal point; tabs from spreadsheets.
    private static let delimiters = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

    /// Nil where the text does not begin with a row that names the payload's column.
    init?(headerOf text: [UInt8], isWhole: Bool, options: InputOptions) {
        let header = text.drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        for delimiter in Self.delimiters {
            guard case .row(let row) = CSVRow.parse(header, delimiter: delimiter, isEnd: isWhole) else { continue }
            let names = row.fields.map { $0[...].trimmed }
            func column(_ name: String?) -> Int? {
                name.flatMap { name in names.firstIndex { $0.elementsEqual(name.utf8) } }
            }
            guard let payload = options.payloadFields.lazy.compactMap({ column($0) }).first else { continue }
            self.init(
                delimiter: delimiter, count: names.count, payload: payload, id: column(options.idField),
                grn: column(options.grnField))
            hasSecret = options.masker.map { masker in names.contains { masker.isSecret(name: $0) } } ?? false
            return
        }
        return nil
    }

    init(delimiter: UInt8, count: Int, payload: Int, id: Int? = nil, grn: Int? = nil) {
        self.delimiter = delimiter
        self.count = count
        self.payload = payload
        self.id = id
        self.grn = grn
    }
}
