package import GuaranteeModel

/// Reads NCTS4 XML messages into wire trees. One per worker, never shared: it owns a libxml2 context and its buffers,
/// and uses them again for every message.
///
/// The tree:
/// - An element with child elements is a `group`; any other element is a `string` with its character data: entities
///   resolved, CDATA included, white space as it was after XML's line-end normalisation, empty where there was nothing.
/// - A name is the qualified name as written (`p:local`). Namespaces are not resolved: a prefix that nothing declares,
///   as in a fragment cut from its envelope, is read like any other.
/// - Namespace declarations, then attributes, are the first children of their element: `string`s named `@xmlns`,
///   `@xmlns:p`, `@name`, `@p:name`, placed where the element's start tag is.
/// - Character data between child elements is a child `#text` unless it is all white space; it is whole, with the white
///   space around it, and placed at its first character that is not white space.
/// - Comments and processing instructions leave no trace; character data goes on behind them.
/// - An element's place is the `<` of its start tag.
///
/// Nothing outside the message is ever opened, a document type declaration is refused before anything in it is looked
/// at, and only the five predefined entities and character references are resolved.
package final class XMLReader {
    /// What a message may hold before it is refused.
    package struct Limits: Sendable {
        /// Elements inside one another, the root included; libxml2 itself goes no deeper than 256.
        package var maximumDepth = 64
        /// Elements, attributes and `#text`s together.
        package var maximumNodes = 5_000_000

        package init() {}
    }

    package enum Encoding: Sendable {
        /// By the byte order mark, else as the XML declaration says, else UTF-8.
        case declared
        /// The bytes are UTF-8 whatever the declaration says: text that was decoded before, from a JSON string, say.
        case decodedText
    }

    private let limits: Limits
    private var context: ParserContext
    private var text = MessageText()

    package init(limits: Limits = Limits()) {
        self.limits = limits
        context = ParserContext(limits: limits)
    }

    package func read(_ bytes: Span<UInt8>, encoding: Encoding) throws(XMLError) -> WireTree {
        var tree = WireTree(syntax: .xml)
        try read(bytes, encoding: encoding, into: &tree)
        return tree
    }

    package func read(_ bytes: [UInt8], encoding: Encoding = .declared) throws(XMLError) -> WireTree {
        try read(bytes.span, encoding: encoding)
    }

    /// Reads into a tree that is used again, so that a message costs no allocation. After an error it holds nothing.
    package func read(_ bytes: Span<UInt8>, encoding: Encoding, into tree: inout WireTree) throws(XMLError) {
        if context.isWorn { context = ParserContext(limits: limits) }
        do throws(XMLError) {
            try text.load(bytes, encoding: encoding)
        } catch {
            tree.removeAll()
            throw error
        }
        if let error = context.parse(text, into: &tree) { throw error }
    }
}
