/// The names of the members of all objects that are open, to tell when one comes again.
///
/// A small object's names are compared one by one; those of a large one are hashed (with the process's random seed, so
/// that nobody can make them collide). Names are compared as bytes.
struct MemberNames {
    private struct Entry {
        /// Length and outer bytes: differs for nearly all names that differ.
        var fingerprint: UInt32
        var start: Int
        var node: Int
    }

    /// How many names are compared one by one before a table is made.
    private static let smallObject = 16

    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    /// For each open object where its entries begin.
    private var objects: [Int] = []
    /// The tables of the large objects among those that are open, with the object's number from the outside.
    private var tables: [(object: Int, nodes: [Name: Int])] = []

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        objects.removeAll(keepingCapacity: true)
        tables.removeAll()
    }

    mutating func enterObject() {
        objects.append(entries.count)
    }

    mutating func leaveObject() {
        guard let first = objects.popLast() else { return }
        if tables.last?.object == objects.count { tables.removeLast() }
        guard first < entries.count else { return }
        bytes.removeLast(bytes.count - entries[first].start)
        entries.removeLast(entries.count - first)
    }

    /// Notes that the innermost object has a member of this name at `node`; returns the one it had before.
    mutating func insert(_ name: Span<UInt8>, node: Int) -> Int? {
        if tables.last?.object == objects.count - 1 {
            return tables[tables.count - 1].nodes.updateValue(node, forKey: Name(name))
        }
        let first = objects.last ?? 0
        let fingerprint = Self.fingerprint(of: name)
        for index in first..<entries.count where entries[index].fingerprint == fingerprint {
            guard isName(name, of: index) else { continue }
            defer { entries[index].node = node }
            return entries[index].node
        }
        entries.append(Entry(fingerprint: fingerprint, start: bytes.count, node: node))
        bytes.append(contentsOf: name)
        if entries.count - first > Self.smallObject { makeTable(from: first) }
        return nil
    }

    private mutating func makeTable(from first: Int) {
        var nodes: [Name: Int] = [:]
        for index in first..<entries.count {
            nodes[Name(bytes.span.extracting(range(of: index)))] = entries[index].node
        }
        tables.append((objects.count - 1, nodes))
    }

    private func range(of index: Int) -> Range<Int> {
        entries[index].start..<(index + 1 < entries.count ? entries[index + 1].start : bytes.count)
    }

    private func isName(_ name: Span<UInt8>, of index: Int) -> Bool {
        let range = range(of: index)
        guard range.count == name.count else { return false }
        for position in 0..<name.count where bytes[range.lowerBound + position] != name[position] { return false }
        return true
    }

    private static func fingerprint(of name: Span<UInt8>) -> UInt32 {
        guard !name.isEmpty else { return 0 }
        return UInt32(truncatingIfNeeded: name.count) << 16 | UInt32(name[0]) << 8 | UInt32(name[name.count - 1])
    }

    private struct Name: Hashable {
        let bytes: [UInt8]

        init(_ name: Span<UInt8>) {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(name.count)
            bytes.append(contentsOf: name)
            self.bytes = bytes
        }

        func hash(into hasher: inout Hasher) {
            bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }
}
