/// Rows and columns of texts, to be drawn in a terminal, in Markdown or in HTML. Who draws them escapes them.
struct ReportTable {
    struct Column {
        var title: String
        var isNumber = false
    }

    /// What the table is about.
    var caption: String
    var columns: [Column]
    var rows: [[String]]
    /// How many more rows there would be.
    var left = 0

    init(_ caption: String, texts: [String], numbers: [String] = [], rows: [[String]] = []) {
        self.caption = caption
        columns = texts.map { Column(title: $0) } + numbers.map { Column(title: $0, isNumber: true) }
        self.rows = rows
    }
}
