import Testing
import Translation
import XMLMessages

/// An answer in NCTS4's XML, read as its clients read it: valid by its schema, and found by its references.
struct XMLAnswer {
    let message: String
    private let tree: WireTree

    /// - Throws: where it is no answer in XML, or its schema refuses it.
    init(_ response: ExchangeResponse, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try #require(response.status == 200, "\(response.text)", sourceLocation: sourceLocation)
        #expect(response.headers["Content-Type"] == "application/xml; charset=utf-8", sourceLocation: sourceLocation)
        tree = try XMLReader().read(response.body)
        message = tree.name(of: WireTree.root)
        let schema = try XSDSchema(try MappingFiles.embedded.bytes(of: "schemas/\(message).xsd"))
        #expect(schema.problems(in: response.body) == [], sourceLocation: sourceLocation)
    }

    /// What stands at a path below the message, as often as it does.
    func all(_ path: String) -> [String] {
        var nodes = [WireTree.root]
        for name in path.split(separator: "/") {
            nodes = nodes.flatMap { node in tree.children(of: node).filter { tree.name(of: $0) == name } }
        }
        return nodes.map { tree.text(of: $0) }
    }

    /// What stands at a path alone; nil where nothing does, or more.
    subscript(path: String) -> String? {
        let found = all(path)
        return found.count == 1 ? found[0] : nil
    }

    /// The paths of all leaves, each once.
    var leaves: Set<String> { leaves(below: WireTree.root, "") }

    private func leaves(below node: Int, _ path: String) -> Set<String> {
        tree.children(of: node).reduce(into: []) { found, child in
            let own = path + tree.name(of: child)
            if tree.isLeaf(child) { found.insert(own) } else { found.formUnion(leaves(below: child, own + "/")) }
        }
    }

    /// The functional errors of a refusal: type and pointer.
    var errors: [String] { zip(all("FUNERRER1/ErrTypER11"), all("FUNERRER1/ErrPoiER12")).map { "\($0) \($1)" } }

    /// Whether it belongs to a query as contract section 6 has it: receiver and sender swapped, and in a refusal the
    /// reference of the message that it refers to.
    func belongs(to query: XMLQuery) -> Bool {
        self["MesRecMES6"] == query.sender && self["MesSenMES3"] == "NTA.GB"
            && (message != "CD906A" || self["OriMesIdeMES22"] == query.reference)
    }
}

extension ExchangeResponse {
    /// The leaves that an answer says to have made up.
    var synthesised: Set<String> {
        Set((headers["X-NCTSBridge-Synthesised"] ?? "").split(separator: ",").map { String($0).trimmingBlanks })
    }
}

extension String {
    fileprivate var trimmingBlanks: String { String(drop { $0 == " " }) }
}
