import Translation

/// Tells by a file's beginning whether it is one message, or lines with a message each.
struct ContainerDetection {
    private let text: [UInt8]
    private let isWhole: Bool
    private let options: InputOptions
    private let lines: [HeadLine]
    /// The text from its first character that is not white space.
    private let content: ArraySlice<UInt8>

    /// - Parameter text: the beginning in UTF-8 or another encoding that includes ASCII, without a byte order mark.
    init(_ text: [UInt8], isWhole: Bool, options: InputOptions) {
        self.text = text
        self.isWhole = isWhole
        self.options = options
        lines = HeadLine.lines(of: text, isWhole: isWhole)
        content = text.drop { $0.isWhiteSpace }
    }

    /// The header, where the text is CSV with a column for the payload.
    func columns() -> CSVColumns? {
        switch content.first {
        case UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "["), nil: nil
        default: CSVColumns(headerOf: text, isWhole: isWhole, options: options)
        }
    }

    /// What the text is where it is no CSV.
    func container() -> InputRecord.Container {
        guard let first = lines.first else { return containerOfEndlessLine }
        switch content.first {
        case UInt8(ascii: "<"): return isXMLByLine(first) ? .lines : .file
        case UInt8(ascii: "{"):
            if isWhole, lines.count == 1 { return isRecord(first) ? .ndjson : .file }
            return isJSONByLine(first) ? containerOfLines : .file
        case UInt8(ascii: "["): return isJSONByLine(first) ? .lines : .file
        default: return lines.count > 1 && lines.contains(where: \.isMessage) ? containerOfLines : .file
        }
    }

    /// There may be more lines behind the one whose end is not in sight, so it is taken for the first of many: as a
    /// message it is read the same.
    private var containerOfEndlessLine: InputRecord.Container {
        switch content.first {
        case UInt8(ascii: "{"): .ndjson
        case UInt8(ascii: "<"), UInt8(ascii: "["): .lines
        case nil: .file
        default: Base64.message(in: content) == nil ? .file : .lines
        }
    }

    /// NDJSON, unless messages of other kinds are between the lines.
    private var containerOfLines: InputRecord.Container {
        lines.allSatisfy { $0.messageSyntax ?? UInt8(ascii: "{") == UInt8(ascii: "{") } ? .ndjson : .lines
    }

    /// Whether something follows the first line.
    private var hasMore: Bool { !isWhole || lines.count > 1 }

    // MARK: - JSON

    private func isRecord(_ line: HeadLine) -> Bool {
        var parser = JSONLineParser(options: options)
        return parser.parse(Array(line.text)).isRecord
    }

    private func isJSONByLine(_ first: HeadLine) -> Bool {
        if JSONOutline.endOfContainer(first.text) == first.text.endIndex { return hasMore }
        if isOneJSONValue { return false }
        return lines.dropFirst().contains { line in
            guard !line.isIndented, line.text.last != UInt8(ascii: ",") else { return false }
            return line.isMessage || line.text.first == UInt8(ascii: "{") && line.text.count > 2
        }
    }

    /// Whether the text, as far as it is there, can be one JSON value.
    private var isOneJSONValue: Bool {
        let end = isWhole ? text.endIndex : (text.lastIndex(of: UInt8(ascii: "\n")) ?? text.endIndex)
        do {
            _ = try JSONReader(maximumDepth: 1000, duplicates: .keepLast).read(Array(text[..<end]))
            return true
        } catch {
            return error.code == .tooDeep || !isWhole && error.place.offset == Int32(clamping: end)
        }
    }

    // MARK: - XML

    private func isXMLByLine(_ first: HeadLine) -> Bool {
        if content.starts(with: PayloadDecoding.cdataStart) { return hasMore && first.isMessage }
        let document = XMLOutline(content)
        let name = document.rootName
        guard case .complete(let end) = document.state else {
            let opening = XMLOutline(first.text)
            return lines.dropFirst().contains { line in
                isOneLineDocument(line, named: name, isCut: name.endIndex == first.text.endIndex)
                    || !opening.isBareOpening && !line.isIndented && line.isMessage
            }
        }
        if end <= first.text.endIndex { return hasMore }
        // A declaration on a line of its own, and then document after document.
        guard let start = document.rootStart, !content[start..<end].contains(UInt8(ascii: "\n")) else { return false }
        return lines.contains { $0.text.startIndex >= end && isOneLineDocument($0, named: name, isCut: false) }
    }

    /// Whether the line begins a document, and more of it than its first tag.
    ///
    /// - Parameter isCut: whether the root's name may go on behind `name`.
    private func isOneLineDocument(_ line: HeadLine, named name: ArraySlice<UInt8>, isCut: Bool) -> Bool {
        guard !line.isIndented else { return false }
        let outline = XMLOutline(line.text)
        guard outline.hasContent else { return false }
        if line.text.starts(with: "<?xml".utf8) { return true }
        guard line.text.dropFirst().starts(with: name), !name.isEmpty else { return false }
        return isCut || outline.rootName.elementsEqual(name)
    }
}
