import CLibXML2
import GuaranteeModel

/// The owner of a libxml2 parser context that reports to a tree builder, used for one message after the other.
///
/// libxml2 reads our buffer where it lies: the input has no read callback and no converter, so nothing is copied and
/// nothing can be fetched.
struct ParserContext: ~Copyable {
    private let context: xmlParserCtxtPtr
    private let session: UnsafeMutablePointer<ParserSession>

    /// libxml2 sets its own globals up once, before any context exists.
    private static let isLibraryReady: Void = xmlInitParser()

    /// Names of other messages that a context may remember, in bytes. The dictionary only grows, and at some 20 MB
    /// libxml2 refuses every message with new names: a context is replaced long before that.
    private static let keptDictionary = 1 << 20

    init(limits: XMLReader.Limits) {
        context = Self.makeContext()
        session = .allocate(capacity: 1)
        session.initialize(to: ParserSession(context: context, builder: TreeBuilder(limits: limits)))
        context.pointee.sax.pointee = ParserSession.handlers()
        context.pointee.userData = UnsafeMutableRawPointer(session)
    }

    /// A context that resolves nothing but the predefined entities, and opens nothing.
    static func makeContext() -> xmlParserCtxtPtr {
        Self.isLibraryReady
        guard let context = xmlNewParserCtxt() else { endForLackOfMemory() }
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue))
        // Without it libxml2 gives `&amp;` in an attribute as `&#38;`. Nothing else can be replaced: entities are declared
        // in a document type alone, and that is refused.
        context.pointee.replaceEntities = 1
        context.pointee.loadsubset = 0
        context.pointee.validate = 0
        return context
    }

    deinit {
        xmlFreeParserCtxt(context)
        session.deinitialize(count: 1)
        session.deallocate()
    }

    /// Whether the dictionary has grown so much that a new context should take over.
    var isWorn: Bool { Self.isWorn(context) }

    static func isWorn(_ context: xmlParserCtxtPtr) -> Bool { xmlDictGetUsage(context.pointee.dict) > keptDictionary }

    /// Parses a message whose text ends in a NUL.
    ///
    /// - Returns: why it is refused, or nil and its tree.
    mutating func parse(_ message: borrowing MessageText, into tree: inout WireTree) -> XMLError? {
        message.terminated.withUnsafeBufferPointer { terminated in
            let text = UnsafeBufferPointer(rebasing: terminated.dropLast())
            session.pointee.builder.start(&tree, text: text, columnsCountCharacters: message.wasTranscoded)
            if let doctype = Prolog.doctype(in: text) {
                session.pointee.refuseDoctype(at: doctype)
            } else {
                run(over: text)
            }
            session.pointee.builder.finish(&tree)
            return session.pointee.builder.failure
        }
    }

    private func run(over text: UnsafeBufferPointer<UInt8>) {
        session.pointee.text = text
        Self.run(context, over: text) { session.pointee.checkEnd() }
        session.pointee.text = UnsafeBufferPointer(start: nil, count: 0)
    }

    /// Parses a text.
    ///
    /// - Parameter atEnd: done while the context still stands where the parse ended.
    static func run(
        _ context: xmlParserCtxtPtr, over text: UnsafeBufferPointer<UInt8>, atEnd: () -> Void
    ) {
        xmlCtxtReset(context)
        // A count of inputs that libxml2 2.9.14 doesn't reset and that would overflow one day.
        context.pointee.input_id = 1
        guard let input = xmlNewInputStream(context) else { endForLackOfMemory() }
        input.pointee.base = text.baseAddress
        input.pointee.cur = text.baseAddress
        input.pointee.end = text.baseAddress.map { $0 + text.count }
        guard inputPush(context, input) >= 0 else { endForLackOfMemory() }
        xmlParseDocument(context)
        atEnd()
        // Takes the input from the context: it must not remember where the text was.
        xmlCtxtReset(context)
    }
}
