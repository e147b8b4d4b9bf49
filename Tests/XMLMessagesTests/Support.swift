import GuaranteeModel
import XMLMessages

/// A tree's nodes as one line each: `kind path=text`, so that a whole tree is compared with a literal.
func outline(_ tree: WireTree) -> [String] {
    tree.nodes.indices.map { "\(tree.nodes[$0].kind) \(tree.path(of: $0))=\(tree.text(of: $0))" }
}

/// `line:column` of every node.
func places(_ tree: WireTree) -> [String] {
    tree.nodes.map { "\($0.place.line):\($0.place.column)" }
}

func read(_ xml: String, encoding: XMLReader.Encoding = .declared) throws(XMLError) -> WireTree {
    try XMLReader().read(Array(xml.utf8), encoding: encoding)
}

/// The error of a message that must not be read; nil where it was.
func refusal(of bytes: [UInt8], encoding: XMLReader.Encoding = .declared, by reader: XMLReader = XMLReader())
    -> XMLError?
{
    do throws(XMLError) {
        _ = try reader.read(bytes, encoding: encoding)
        return nil
    } catch {
        return error
    }
}

func refusal(of xml: String, encoding: XMLReader.Encoding = .declared) -> XMLError? {
    refusal(of: Array(xml.utf8), encoding: encoding)
}

func written(_ tree: WireTree, style: XMLWriter.Style = .compact, declaration: Bool = false) throws -> String {
    var output: [UInt8] = []
    try XMLWriter.write(tree, style: style, declaration: declaration, into: &output)
    return String(decoding: output, as: UTF8.self)
}
