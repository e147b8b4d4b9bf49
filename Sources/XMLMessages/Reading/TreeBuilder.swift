import GuaranteeModel

/// Builds a message's tree out of what the parser reports, as plain values: it knows nothing of libxml2.
///
/// Offsets are into the message's text. After a failure everything that is reported is ignored.
struct TreeBuilder {
    /// An element that is open.
    private struct Frame {
        var node: Int
        var holdsElements: Bool
    }

    private let limits: XMLReader.Limits
    private(set) var failure: XMLError?
    private var tree = WireTree(syntax: .xml)
    private var frames: [Frame] = []
    /// The character data since the last tag.
    private var run: [UInt8] = []
    private var runStart = 0
    private var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var lines: LineTracker

    /// What the buffers of one message may keep for the next.
    private static let keptCapacity = 1 << 20

    init(limits: XMLReader.Limits) {
        self.limits = limits
        lines = LineTracker(text: text, columnsCountCharacters: false)
    }

    /// Begins a message, whose text must stay where it is until `finish`, and whose tree is built in place of `tree`.
    mutating func start(_ tree: inout WireTree, text: UnsafeBufferPointer<UInt8>, columnsCountCharacters: Bool) {
        swap(&self.tree, &tree)
        self.tree.removeAll()
        self.tree.syntax = .xml
        self.text = text
        lines = LineTracker(text: text, columnsCountCharacters: columnsCountCharacters)
        failure = nil
        frames.removeAll(keepingCapacity: true)
        run.removeAll(keepingCapacity: run.capacity <= Self.keptCapacity)
        runStart = 0
    }

    /// Hands the tree over, emptied where the message failed, and forgets the text.
    mutating func finish(_ tree: inout WireTree) {
        if failure != nil { self.tree.removeAll() }
        swap(&self.tree, &tree)
        text = UnsafeBufferPointer(start: nil, count: 0)
        lines = LineTracker(text: text, columnsCountCharacters: false)
    }

    /// The name of the innermost open element, short enough for a message.
    var openElement: String? {
        guard let node = frames.last?.node else { return nil }
        let name = tree.nameBytes(of: node)
        return name.count <= 64 ? String(decoding: name, as: UTF8.self) : nil
    }

    /// Remembers why the message is refused; only the first reason counts.
    mutating func fail(_ code: XMLError.Code, at offset: Int, _ message: String) {
        guard failure == nil else { return }
        failure = XMLError(code, at: lines.place(of: max(0, min(offset, text.count))), message)
    }

    /// The offset of the nearest `byte` before `end`, or nil.
    func lastOffset(of byte: UInt8, before end: Int) -> Int? {
        var index = min(end, text.count) - 1
        while index >= 0 {
            if text[index] == byte { return index }
            index -= 1
        }
        return nil
    }
}

// MARK: - What the parser reports

extension TreeBuilder {
    /// An element begins with the tag at `offset`; its attributes follow as calls of `attribute`.
    ///
    /// - Returns: false where a limit is passed.
    mutating func startElement(tagAt offset: Int, tagEnd: Int) -> Bool {
        guard failure == nil else { return false }
        endRun(at: offset)
        guard frames.count < min(limits.maximumDepth, Self.depthOfLibxml2) else {
            fail(.tooDeep, at: offset, "more than \(frames.count) elements inside one another")
            return false
        }
        guard tree.nodes.count < limits.maximumNodes else {
            fail(.tooLarge, at: offset, "more than \(limits.maximumNodes) nodes")
            return false
        }
        if let last = frames.indices.last, !frames[last].holdsElements {
            frames[last].holdsElements = true
            tree.setKind(.group, of: frames[last].node)
        }
        let name = UnsafeBufferPointer(rebasing: text[offset + 1..<nameEnd(from: offset + 1)])
        let node = tree.begin(.string, name: name.span, at: lines.place(of: offset))
        frames.append(Frame(node: node, holdsElements: false))
        runStart = tagEnd
        return true
    }

    /// An attribute or namespace declaration of the element that has just begun.
    ///
    /// - Parameter name: `@` and the qualified name.
    mutating func attribute(name: [UInt8], value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard failure == nil, let element = frames.last?.node else { return false }
        let place = tree.nodes[element].place
        guard tree.nodes.count < limits.maximumNodes else {
            failure = XMLError(.tooLarge, at: place, "more than \(limits.maximumNodes) nodes")
            return false
        }
        let node = tree.begin(.string, name: name.span, at: place)
        tree.setText(value.span, of: node)
        tree.end()
        return true
    }

    mutating func characters(_ data: UnsafeBufferPointer<UInt8>) {
        run.append(contentsOf: data)
    }

    /// The innermost element ends, with its end tag before `offset`.
    mutating func endElement(tagEnd offset: Int) {
        guard failure == nil, let frame = frames.popLast() else { return }
        if frame.holdsElements {
            endRun(at: offset)
        } else if !run.isEmpty {
            Self.setText(run, of: frame.node, in: &tree)
            run.removeAll(keepingCapacity: true)
        }
        tree.end()
        runStart = offset
    }

    /// libxml2's own limit without its "huge" mode, which would lift its other limits too.
    private static let depthOfLibxml2 = 256

    private static func setText(_ text: [UInt8], of node: Int, in tree: inout WireTree) {
        tree.setText(text.span, of: node)
    }

    private func nameEnd(from start: Int) -> Int {
        var index = start
        while index < text.count {
            switch text[index] {
            case 0x20, 0x09, 0x0A, 0x0D, 0x2F, 0x3E: return index
            default: index += 1
            }
        }
        return index
    }

    /// Character data among child elements becomes a node, unless it is white space.
    private mutating func endRun(at offset: Int) {
        guard !run.isEmpty else { return }
        defer { run.removeAll(keepingCapacity: true) }
        guard !run.allSatisfy(Prolog.isWhiteSpace) else { return }
        let start = placedStart(ofRunBefore: offset)
        guard tree.nodes.count < limits.maximumNodes else {
            return fail(.tooLarge, at: start, "more than \(limits.maximumNodes) nodes")
        }
        let node = tree.begin(.string, name: "#text", at: lines.place(of: start))
        Self.setText(run, of: node, in: &tree)
        tree.end()
    }

    /// Where the run's first character that is not white space is written.
    private func placedStart(ofRunBefore end: Int) -> Int {
        var index = runStart
        while true {
            index = Prolog.firstMarkupOrText(in: text, from: index, to: end)
            guard Prolog.matches("<![CDATA[", in: text, at: index) else { return index }
            index += 9
        }
    }
}
