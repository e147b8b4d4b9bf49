import CLibXML2

/// What libxml2's callbacks work on: the context that calls, the text that it reads, the builder that it reports to.
struct ParserSession {
    let context: xmlParserCtxtPtr
    var builder: TreeBuilder
    /// The message's text while it is parsed.
    var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// An attribute's name as the tree has it, put together here.
    private var attributeName: [UInt8] = []

    init(context: xmlParserCtxtPtr, builder: TreeBuilder) {
        self.context = context
        self.builder = builder
    }

    /// Where libxml2 stands in the text; nil when it reads nothing of ours (it was stopped).
    private var offset: Int? {
        guard let input = context.pointee.input, let start = text.baseAddress, input.pointee.base == start,
            let current = input.pointee.cur
        else { return nil }
        return current - start
    }

    mutating func refuseDoctype(at offset: Int) {
        builder.fail(.doctype, at: offset, "a document type declaration, which is never read")
    }

    /// After the parse: a message is whole only if libxml2 found nothing and went to the text's very end (it takes a
    /// NUL for the end).
    mutating func checkEnd() {
        let end = offset ?? text.count
        if end < text.count {
            builder.fail(.malformed, at: end, ErrorWording.nul)
        } else if context.pointee.wellFormed == 0 {
            builder.fail(.malformed, at: end, ErrorWording.generic)
        }
    }
}

// MARK: - Callbacks

extension ParserSession {
    typealias Names = UnsafeMutablePointer<UnsafePointer<xmlChar>?>

    static func handlers() -> xmlSAXHandler {
        var handlers = xmlSAXHandler()
        handlers.initialized = UInt32(XML_SAX2_MAGIC)
        handlers.startElementNs = { data, _, _, _, namespaceCount, namespaces, attributeCount, _, attributes in
            ParserSession.at(data)?.pointee.startElement(
                namespaces: namespaces, count: Int(namespaceCount),
                attributes: attributes, count: Int(attributeCount))
        }
        handlers.endElementNs = { data, _, _, _ in
            guard let session = ParserSession.at(data), let offset = session.pointee.offset else { return }
            session.pointee.builder.endElement(tagEnd: offset)
        }
        let characters: charactersSAXFunc = { data, bytes, count in
            ParserSession.at(data)?.pointee.builder.characters(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
        handlers.characters = characters
        // The same function, so that libxml2 doesn't try to tell white space from text.
        handlers.ignorableWhitespace = characters
        handlers.cdataBlock = characters
        handlers.internalSubset = { data, _, _, _ in
            guard let session = ParserSession.at(data) else { return }
            session.pointee.refuseDoctype(at: session.pointee.offset ?? 0)
            xmlStopParser(session.pointee.context)
        }
        handlers.serror = { data, error in
            guard let session = ParserSession.at(data), let error else { return }
            session.pointee.report(error.pointee)
        }
        return handlers
    }

    private static func at(_ data: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<ParserSession>? {
        data?.assumingMemoryBound(to: ParserSession.self)
    }

    private mutating func startElement(namespaces: Names?, count: Int, attributes: Names?, count attributeCount: Int) {
        // libxml2 stands before the `>` or `/>`, and no attribute value can hold a `<`.
        guard let end = offset, let tag = builder.lastOffset(of: 0x3C, before: end) else { return }
        var isTaken = builder.startElement(tagAt: tag, tagEnd: end + 1)
        if isTaken, let namespaces {
            for index in 0..<count where isTaken {
                isTaken = declare(prefix: namespaces[2 * index], uri: namespaces[2 * index + 1])
            }
        }
        if isTaken, let attributes {
            for index in 0..<attributeCount where isTaken {
                isTaken = attribute(attributes + 5 * index)
            }
        }
        if !isTaken { xmlStopParser(context) }
    }

    private mutating func declare(prefix: UnsafePointer<xmlChar>?, uri: UnsafePointer<xmlChar>?) -> Bool {
        attributeName.removeAll(keepingCapacity: true)
        attributeName.append(contentsOf: "@xmlns".utf8)
        if let prefix {
            attributeName.append(0x3A)
            attributeName.append(contentsOf: Self.bytes(of: prefix))
        }
        return builder.attribute(name: attributeName, value: Self.bytes(of: uri))
    }

    /// - Parameter fields: libxml2's five: local name, prefix, namespace, start and end of the value.
    private mutating func attribute(_ fields: Names) -> Bool {
        attributeName.removeAll(keepingCapacity: true)
        attributeName.append(0x40)
        if let prefix = fields[1] {
            attributeName.append(contentsOf: Self.bytes(of: prefix))
            attributeName.append(0x3A)
        }
        attributeName.append(contentsOf: Self.bytes(of: fields[0]))
        let count = fields[3].flatMap { start in fields[4].map { $0 - start } } ?? 0
        return builder.attribute(name: attributeName, value: UnsafeBufferPointer(start: fields[3], count: count))
    }

    private static func bytes(of string: UnsafePointer<xmlChar>?) -> UnsafeBufferPointer<xmlChar> {
        UnsafeBufferPointer(start: string, count: Int(xmlStrlen(string)))
    }

    /// Keeps the first error, in our words, and makes libxml2 give up as it does when it has no memory left: its own
    /// state stays whole, unlike with `xmlStopParser` in the middle of a construct.
    ///
    /// A prefix that nothing declares is the one error that is none of ours: see `XMLReader`.
    private mutating func report(_ error: xmlError) {
        let code = xmlParserErrors(UInt32(bitPattern: error.code))
        guard error.level != XML_ERR_WARNING, code != XML_NS_ERR_UNDEFINED_NAMESPACE, builder.failure == nil
        else { return }
        let end = offset ?? text.count
        let wording = ErrorWording(code, at: stumble(at: end), openElement: builder.openElement)
        builder.fail(wording.code, at: start(of: wording, endingAt: end), wording.message)
        context.pointee.disableSAX = 1
        context.pointee.instate = XML_PARSER_EOF
    }

    private func start(of wording: ErrorWording, endingAt end: Int) -> Int {
        if let mark = wording.mark { return builder.lastOffset(of: mark, before: end) ?? end }
        return end > 0 && [UInt8(ascii: "<"), UInt8(ascii: "&")].contains(text[end - 1]) ? end - 1 : end
    }

    private func stumble(at offset: Int) -> ErrorWording.Stumble {
        guard offset < text.count else { return .end }
        switch text[offset] {
        case 0: return .nul
        case 0x09, 0x0A, 0x0D: return .other
        case ..<0x20: return .forbiddenCharacter
        case 0xEF where text[offset + 1] == 0xBF && text[offset + 2] >= 0xBE: return .forbiddenCharacter
        default: return .other
        }
    }
}
