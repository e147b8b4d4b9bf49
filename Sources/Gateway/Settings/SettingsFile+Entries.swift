import Translation

extension SettingsFile {
    static func yamlEntries(_ bytes: [UInt8], _ path: String) throws(SettingsProblem) -> [SettingEntry] {
        do {
            return try entries(of: YAMLNode(parsing: bytes, file: path), below: "", path)
        } catch {
            throw SettingsProblem(nil, .file(path, line: error.line), error.message)
        }
    }

    private static func entries(
        of node: YAMLNode, below prefix: String, _ path: String
    ) throws(MappingError) -> [SettingEntry] {
        var entries: [SettingEntry] = []
        for (name, value) in try node.entries() {
            let key = prefix + name
            var (text, shape) = ("", SettingEntry.Shape.group)
            if value.isScalar {
                text = try value.text()
                shape = text.isEmpty || text == "~" || text == "null" ? .nothing : .plain
            } else if value.isList {
                shape = .list
            } else if groups.contains(key) {
                entries += try Self.entries(of: value, below: key + ".", path)
                continue
            }
            entries.append(SettingEntry(key: key, text: text, shape: shape, source: .file(path, line: value.line)))
        }
        return entries
    }

    static func jsonEntries(_ bytes: [UInt8], _ path: String) throws(SettingsProblem) -> [SettingEntry] {
        let tree: WireTree
        do {
            tree = try JSONReader(maximumDepth: 16).read(bytes)
        } catch {
            throw SettingsProblem(nil, .file(path, line: Int(error.place.line)), "is no JSON: \(error.message)")
        }
        guard tree.nodes[WireTree.root].kind == .group else {
            throw SettingsProblem(nil, .file(path, line: 1), "holds no object of settings")
        }
        return entries(of: WireTree.root, in: tree, below: "", path)
    }

    private static func entries(
        of node: Int, in tree: WireTree, below prefix: String, _ path: String
    ) -> [SettingEntry] {
        var entries: [SettingEntry] = []
        for child in tree.children(of: node) {
            let key = prefix + tree.name(of: child)
            let shape: SettingEntry.Shape
            switch tree.nodes[child].kind {
            case .group where groups.contains(key):
                entries += Self.entries(of: child, in: tree, below: key + ".", path)
                continue
            case .group: shape = .group
            case .array: shape = .list
            case .string: shape = .text
            case .number: shape = .number
            case .boolean: shape = .boolean
            case .null: shape = .nothing
            }
            let line = Int(tree.nodes[child].place.line)
            entries.append(
                SettingEntry(
                    key: key, text: shape == .list || shape == .group ? "" : tree.text(of: child), shape: shape,
                    source: .file(path, line: line)))
        }
        return entries
    }
}

extension YAMLNode {
    fileprivate var isList: Bool { (try? items()) != nil }
}
