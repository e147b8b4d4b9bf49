import Foundation
import Translation

/// Takes files apart into exchanges and messages: finds the records, opens archives and arrays of exchanges, and takes a
/// record's message out of it.
struct RecordedPieces {
    private let options: InputOptions
    private let reader = JSONReader(duplicates: .keepLast)
    /// What browsers note beside an exchange (who called whom) lies deeper than any message.
    private let entryReader = JSONReader(maximumDepth: 1000, duplicates: .keepLast)
    private static let chunkSize = 128 << 10
    /// How often a record may be the payload of another.
    private static let maximumLevel = 4

    init(options: InputOptions) {
        self.options = options
    }

    func read<Failure: Error>(
        _ file: InputFile, _ body: (RecordedPiece) throws(Failure) -> Void
    ) throws(Failure) {
        var input = PeekedInput(FileSource(file), chunkSize: Self.chunkSize)
        let isAll = input.peek(Layout.peekSize)
        try read(file, input, isAll: isAll, body)
    }

    /// - Parameters:
    ///   - input: the file, of which `Layout.peekSize` bytes were looked at.
    ///   - isAll: whether these are all there are.
    func read<Failure: Error>(
        _ file: InputFile, _ input: PeekedInput, isAll: Bool, _ body: (RecordedPiece) throws(Failure) -> Void
    ) throws(Failure) {
        let head = input.head
        if HAREntries.begin(head) {
            return try open(TextWindow(input, encoding: TextEncoding(of: head)), file.path, body)
        }
        let isWhole = isAll && head.count <= Layout.peekSize
        let layout = Layout(of: head.prefix(Layout.peekSize), isWhole: isWhole, options: options)
        var lineOptions = options
        // A time may stand beside the message: lines are wanted whole, so the reader is told of a member that none has.
        if layout.container != .csv { lineOptions.payloadField = "\u{0}" }
        var records = RecordReader(
            file, options: lineOptions, source: HeldSource(input), chunkSize: Self.chunkSize)
        while let record = records.next() {
            var piece = RecordedPiece(source: record.line.map { "\(file.path):\($0)" } ?? file.path, record.payload)
            piece.grn = Self.named(record.grn)
            if let failure = record.failure { piece.content = .failure(failure) }
            try open(piece, level: 0, body)
        }
    }

    // MARK: - Archives

    private func open<Failure: Error>(
        _ window: TextWindow, _ source: String, _ body: (RecordedPiece) throws(Failure) -> Void
    ) throws(Failure) {
        var entries = HAREntries(window)
        while let part = entries.next() {
            switch part {
            case .failure(let error): try body(RecordedPiece(source: source, content: .failure(error)))
            case .entry(let number, let entry):
                var piece = RecordedPiece(source: "\(source), entry \(number)", content: entry.content(entryReader))
                piece.isEntry = true
                try body(piece)
            }
        }
    }

    // MARK: - Records

    private func open<Failure: Error>(
        _ piece: RecordedPiece, level: Int, _ body: (RecordedPiece) throws(Failure) -> Void
    ) throws(Failure) {
        guard case .message(let wrapped) = piece.content else { return try body(piece) }
        var piece = piece
        let payload = PayloadDecoding.decode(wrapped)
        guard payload.syntax == .json else {
            piece.content = .message(payload)
            return try body(piece)
        }
        let bytes: [UInt8]
        let tree: WireTree
        do throws(JSONError) {
            bytes = payload.isDecodedText ? payload.bytes : try JSONText.utf8(from: payload.bytes)
            tree = try HAREntries.begin(bytes) ? WireTree(syntax: .json) : reader.read(bytes)
        } catch {
            piece.content = .failure(TranslationError(error))
            return try body(piece)
        }
        guard !tree.isEmpty else {
            let window = TextWindow(
                PeekedInput(HeldSource(bytes), chunkSize: Self.chunkSize), encoding: TextEncoding(of: bytes))
            return try open(window, piece.source, body)
        }
        piece.content = .json(tree, bytes)
        piece.grn = piece.grn ?? grn(beside: tree)
        piece.at = piece.at ?? ExchangeTimes(of: WireTree.root, in: tree).latest
        guard level < Self.maximumLevel else { return try body(piece) }
        if tree.nodes[WireTree.root].kind == .array, !tree.isLeaf(WireTree.root) {
            return try split(piece, tree, bytes, level, body)
        }
        if let inner = payloadPiece(of: piece, tree, bytes) {
            return try open(inner, level: level + 1, body)
        }
        try body(piece)
    }

    /// An array is as many pieces: each of its items has its own times, and a trader of its own.
    private func split<Failure: Error>(
        _ piece: RecordedPiece, _ tree: WireTree, _ bytes: [UInt8], _ level: Int,
        _ body: (RecordedPiece) throws(Failure) -> Void
    ) throws(Failure) {
        for (index, item) in tree.children(of: WireTree.root).enumerated() {
            var part = piece
            part.source += ", entry \(index + 1)"
            part.content = .message(Payload(tree.spelling(of: item, in: bytes), isDecodedText: true))
            try open(part, level: level + 1, body)
        }
    }

    /// The message that a record holds as a member; nil where the piece is the message itself.
    private func payloadPiece(of piece: RecordedPiece, _ tree: WireTree, _ bytes: [UInt8]) -> RecordedPiece? {
        guard options.payloadFields.contains(where: { tree.child($0, of: WireTree.root) != nil }) else { return nil }
        switch ExchangeShape.shape(at: WireTree.root, in: tree) {
        // A status and headers may stand beside a payload, which then is the body.
        case .response?: if tree.child("body", of: WireTree.root) != nil { return nil }
        case .exchange?, .request?: return nil
        case nil: break
        }
        var parser = JSONLineParser(options: options)
        let line = parser.parse(bytes)
        guard line.isRecord else { return nil }
        var inner = piece
        switch line.payload {
        case .success(let payload): inner.content = .message(payload)
        case .failure(let error): inner.content = .failure(error)
        }
        return inner
    }

    private func grn(beside tree: WireTree) -> String? {
        guard let field = options.grnField, tree.nodes[WireTree.root].kind == .group,
            let member = tree.child(field, of: WireTree.root), tree.nodes[member].kind == .string
        else { return nil }
        return Self.named(tree.text(of: member))
    }

    /// What a field names; a blank names nothing.
    private static func named(_ text: String?) -> String? {
        text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }
}

extension RecordedPiece {
    fileprivate init(source: String, _ payload: Payload) {
        self.init(source: source, content: .message(payload))
    }
}

extension Result<[UInt8], TranslationError> {
    fileprivate func content(_ reader: JSONReader) -> RecordedPiece.Content {
        do throws(TranslationError) {
            let bytes = try get()
            do throws(JSONError) {
                return .json(try reader.read(bytes), bytes)
            } catch {
                throw TranslationError(error)
            }
        } catch {
            return .failure(error)
        }
    }
}
