import Foundation

/// A JSON value with numbers as they are spelled. The tests have a reader of their own, so that they don't trust the one
/// that they test.
indirect enum JSONTree: Hashable {
    case object([String: JSONTree])
    case array([JSONTree])
    case string(String)
    case number(String)
    case literal(String)

    struct Malformed: Error {
        var offset: Int
    }

    init(_ data: Data) throws {
        var reader = Reader(bytes: Array(data))
        self = try reader.value()
        reader.skipSpace()
        guard reader.isAtEnd else { throw Malformed(offset: reader.position) }
    }

    init(_ text: String) throws { try self.init(Data(text.utf8)) }

    /// A value for each line.
    static func lines(_ data: Data) throws -> [JSONTree] {
        try data.split(separator: 0x0A).map { try JSONTree(Data($0)) }
    }

    subscript(name: String) -> JSONTree? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    subscript(index: Int) -> JSONTree? {
        if case .array(let items) = self, items.indices.contains(index) { items[index] } else { nil }
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var count: Int? {
        if case .number(let lexeme) = self { Int(lexeme) } else { nil }
    }

    var items: [JSONTree] {
        if case .array(let items) = self { items } else { [] }
    }

    var members: [String: JSONTree] {
        if case .object(let members) = self { members } else { [:] }
    }
}

extension JSONTree {
    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { position == bytes.count }

        mutating func skipSpace() {
            while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
        }

        private mutating func take(_ byte: Character) -> Bool {
            skipSpace()
            guard position < bytes.count, bytes[position] == byte.asciiValue else { return false }
            position += 1
            return true
        }

        private mutating func expect(_ byte: Character) throws {
            guard take(byte) else { throw Malformed(offset: position) }
        }

        mutating func value() throws -> JSONTree {
            skipSpace()
            guard position < bytes.count else { throw Malformed(offset: position) }
            switch bytes[position] {
            case UInt8(ascii: "{"): return try object()
            case UInt8(ascii: "["): return try array()
            case UInt8(ascii: "\""): return .string(try string())
            default:
                let start = position
                while position < bytes.count, !",]} \n\r\t".utf8.contains(bytes[position]) { position += 1 }
                let word = String(decoding: bytes[start..<position], as: UTF8.self)
                guard !["true", "false", "null"].contains(word) else { return .literal(word) }
                guard Double(word) != nil else { throw Malformed(offset: start) }
                return .number(word)
            }
        }

        private mutating func object() throws -> JSONTree {
            try expect("{")
            var members: [String: JSONTree] = [:]
            if take("}") { return .object(members) }
            repeat {
                skipSpace()
                let name = try string()
                try expect(":")
                guard members.updateValue(try value(), forKey: name) == nil else { throw Malformed(offset: position) }
            } while take(",")
            try expect("}")
            return .object(members)
        }

        private mutating func array() throws -> JSONTree {
            try expect("[")
            var items: [JSONTree] = []
            if take("]") { return .array(items) }
            repeat { items.append(try value()) } while take(",")
            try expect("]")
            return .array(items)
        }

        /// The string's text, by Foundation: escapes are its business.
        private mutating func string() throws -> String {
            let start = position
            try expect("\"")
            while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
                position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            try expect("\"")
            let text = bytes[start..<position]
            guard text.contains(UInt8(ascii: "\\")) else {
                return String(decoding: text.dropFirst().dropLast(), as: UTF8.self)
            }
            let value = try JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
            guard let string = value as? String else { throw Malformed(offset: start) }
            return string
        }
    }
}
