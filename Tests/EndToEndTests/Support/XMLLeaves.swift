import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The leaves of an XML document in order, read by Foundation: path of element names, attributes and text.
enum XMLLeaves {
    struct Leaf: Hashable {
        var path: String
        var text: String
    }

    struct Malformed: Error {}

    static func read(_ text: String) throws -> [Leaf] {
        // The text is decoded already: what its declaration says of its encoding does not count.
        var text = text
        if text.hasPrefix("<?xml"), let end = text.range(of: "?>") { text.removeSubrange(..<end.upperBound) }
        let collector = Collector()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = collector
        guard parser.parse() else { throw parser.parserError ?? Malformed() }
        return collector.leaves
    }

    private final class Collector: NSObject, XMLParserDelegate {
        var leaves: [Leaf] = []
        private var path: [String] = []
        private var text = ""
        private var isLeaf = false

        func parser(
            _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            path.append(elementName)
            for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
                leaves.append(Leaf(path: joined + "/@" + name, text: value))
            }
            text = ""
            isLeaf = true
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        func parser(_ parser: XMLParser, foundCDATA block: Data) { text += String(decoding: block, as: UTF8.self) }

        func parser(
            _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
        ) {
            if isLeaf { leaves.append(Leaf(path: joined, text: text)) }
            isLeaf = false
            text = ""
            path.removeLast()
        }

        private var joined: String { path.joined(separator: "/") }
    }
}
