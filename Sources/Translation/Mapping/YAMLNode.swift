internal import Yams

/// A node of a YAML file, read as text: `NO` stays `NO` and `010` stays `010`. Unknown and repeated keys are errors.
package struct YAMLNode {
    package let file: String
    private let node: Node

    package init(parsing bytes: [UInt8], file: String) throws(MappingError) {
        do {
            // Nothing asks what kind a text is of, and finding out takes longer than all else.
            guard let node = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self), .basic) else {
                throw MappingError(file: file, message: "the file is empty")
            }
            self.init(file: file, node: node)
        } catch let error as MappingError {
            throw error
        } catch let error as YamlError {
            throw Self.problem(error, in: file)
        } catch {
            throw MappingError(file: file, message: "is no YAML")
        }
    }

    /// Where the parser gave up, and why: not with the lines that it quotes, which may hold secrets.
    private static func problem(_ error: YamlError, in file: String) -> MappingError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            MappingError(file: file, line: mark.line, message: "is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            MappingError(
                file: file, line: context.mark.line, message: "\"\(keys.joined(separator: ", "))\" stands here twice")
        default: MappingError(file: file, message: "is no YAML")
        }
    }

    private init(file: String, node: Node) {
        self.file = file
        self.node = node
    }

    package func problem(_ message: String) -> MappingError {
        MappingError(file: file, line: node.mark.map { $0.line }, message: message)
    }

    package var line: Int? { node.mark?.line }

    package var isScalar: Bool { node.scalar != nil }

    package func text() throws(MappingError) -> String {
        guard let scalar = node.scalar else { throw problem("a text is expected here") }
        return scalar.string
    }

    package func items() throws(MappingError) -> [YAMLNode] {
        guard let sequence = node.sequence else { throw problem("a list is expected here") }
        return sequence.map { YAMLNode(file: file, node: $0) }
    }

    /// The entries in file order; each key once.
    package func entries() throws(MappingError) -> [(key: String, value: YAMLNode)] {
        guard let mapping = node.mapping else { throw problem("a mapping of keys to values is expected here") }
        var entries: [(key: String, value: YAMLNode)] = []
        var seen: Set<String> = []
        for (key, value) in mapping {
            let key = try YAMLNode(file: file, node: key).text()
            let value = YAMLNode(file: file, node: value)
            guard seen.insert(key).inserted else { throw value.problem("\"\(key)\" stands here twice") }
            entries.append((key, value))
        }
        return entries
    }

    /// The entries by key, none of which is outside `allowed`.
    package func members(_ allowed: Set<String>) throws(MappingError) -> [String: YAMLNode] {
        var members: [String: YAMLNode] = [:]
        for (key, value) in try entries() {
            guard allowed.contains(key) else {
                let known = allowed.sorted().joined(separator: ", ")
                throw value.problem("\"\(key)\" is not known here; known are: \(known)")
            }
            members[key] = value
        }
        return members
    }
}

extension [String: YAMLNode] {
    package func text(_ key: String) throws(MappingError) -> String? {
        try self[key].map { (node) throws(MappingError) in try node.text() }
    }
}
