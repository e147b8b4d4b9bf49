import CLibXML2
import GuaranteeModel

/// A W3C XML schema that libxml2 has compiled: once, for any number of messages and threads.
///
/// It serves to check our own checks. A schema that includes or imports another is refused, and so is a document type
/// declaration: neither compiling nor validating opens a file or a connection.
///
/// Sendable without the compiler's proof: the compiled schema and its document are written in `init` and freed in
/// `deinit` alone, and libxml2 only reads a compiled schema; each validation has a context of its own.
package final class XSDSchema: @unchecked Sendable {
    private let document: XMLDocument
    private let schema: xmlSchemaPtr

    /// libxml2 sets up its table of built-in types without a lock: here, once.
    private static let areTypesReady: Int32 = {
        xmlInitParser()
        xmlSchemaInitTypes()
        return 0
    }()

    /// - Parameter bytes: the schema document, in an encoding that `XMLReader` reads.
    package init(_ bytes: [UInt8]) throws(XSDError) {
        _ = Self.areTypesReady
        let problems = XSDProblemCollector(saysContent: true)
        let source: XMLDocument
        do throws(XMLError) {
            source = try XMLDocument(bytes)
        } catch {
            throw XSDError(problems: [XSDProblem(error)])
        }
        if let outside = Self.reference(outOf: source.tree) { throw XSDError(problems: [outside]) }
        guard let compiled = problems.collect({ Self.compile(source, reportingTo: $0) }) else {
            throw XSDError(problems: problems.found)
        }
        document = source
        schema = compiled
    }

    deinit {
        xmlSchemaFree(schema)
    }

    /// What libxml2 finds in a message, in its order; empty for a valid one. One error in an element's content hides
    /// what comes behind it there.
    package func problems(in bytes: [UInt8]) -> [XSDProblem] {
        do throws(XMLError) {
            let message = try XMLDocument(bytes)
            let problems = XSDProblemCollector(saysContent: false)
            guard let context = xmlSchemaNewValidCtxt(schema) else { endForLackOfMemory() }
            defer { xmlSchemaFreeValidCtxt(context) }
            let result = problems.collect { collector in
                xmlSchemaSetValidStructuredErrors(context, XSDProblemCollector.report, collector)
                return xmlSchemaValidateDoc(context, message.pointer)
            }
            if result != 0, problems.found.isEmpty {
                return [XSDProblem(line: 0, code: Int(result), element: nil, message: "libxml2 could not validate it")]
            }
            return problems.found
        } catch {
            return [XSDProblem(error)]
        }
    }

    private static func compile(
        _ document: XMLDocument, reportingTo collector: UnsafeMutableRawPointer
    ) -> xmlSchemaPtr? {
        guard let parser = xmlSchemaNewDocParserCtxt(document.pointer) else {
            endForLackOfMemory()
        }
        defer { xmlSchemaFreeParserCtxt(parser) }
        xmlSchemaSetParserStructuredErrors(parser, XSDProblemCollector.report, collector)
        return xmlSchemaParse(parser)
    }

    /// The first declaration that would make libxml2 look for another document.
    private static func reference(outOf tree: borrowing WireTree) -> XSDProblem? {
        for child in tree.children(of: WireTree.root) {
            let name = tree.name(of: child)
            let local = name.split(separator: ":").last.map(String.init) ?? name
            guard ["include", "import", "redefine", "override"].contains(local) else { continue }
            return XSDProblem(
                line: Int(tree.nodes[child].place.line), code: 0, element: local,
                message: "other documents are never opened; put their declarations into this one")
        }
        return nil
    }
}

/// The owner of a libxml2 document, made from bytes that `XMLReader` has taken: no document type, no other encoding.
final class XMLDocument {
    let pointer: xmlDocPtr
    /// The same document as our reader sees it.
    let tree: WireTree

    init(_ bytes: [UInt8]) throws(XMLError) {
        tree = try XMLReader().read(bytes)
        var text = MessageText()
        try text.load(bytes.span, encoding: .declared)
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_BIG_LINES.rawValue
            | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        let document = text.terminated.withUnsafeBytes { terminated in
            xmlReadMemory(
                terminated.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(terminated.count - 1), nil, nil,
                Int32(options))
        }
        guard let document else {
            throw XMLError(.malformed, at: Place(line: 1, column: 1), ErrorWording.generic)
        }
        pointer = document
    }

    deinit {
        xmlFreeDoc(pointer)
    }
}
