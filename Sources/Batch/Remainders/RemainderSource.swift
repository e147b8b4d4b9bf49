import Foundation
import Synchronization
package import Translation

/// A remainder that is read on the way back: a file with a line per record, or a folder that mirrors the input's.
///
/// Records and remainders stand in the same order, so each record is handed the next line; a line that belongs to another
/// message is found by digest, through an index that is made only then.
package final class RemainderSource: RemainderLookup {
    package let path: String
    private let isFolder: Bool
    private let index = Mutex<[String: [Entry]]?>(nil)

    private struct Entry: Sendable {
        var file: String
        var offset: UInt64
        var length: Int
        var id: [UInt8]?
        var output: String?
    }

    package init(path: String) {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        self.path = path
        self.isFolder = isFolder.boolValue
    }

    /// What the remainder's run wrote (`to`), from its first line; nil where nothing is there yet.
    ///
    /// A file that is no remainder is an error: it is neither to be read as one nor to be written over.
    package func target() throws(OutputError) -> String? {
        for file in files {
            guard let line = RemainderLines(file)?.next() else { continue }
            guard let tree = try? JSONReader(duplicates: .keepLast).read(line), tree.child("original", of: 0) != nil,
                let target = tree.child("to", of: 0)
            else { throw OutputError(path: file, message: "is there already and is no remainder: it is left alone") }
            return tree.text(of: target)
        }
        return nil
    }

    /// The format of the messages that the remainder belongs to.
    package func format() throws(OutputError) -> MessageFormat? {
        try target().flatMap { $0.split(separator: "+").first }.flatMap { MessageFormat(rawValue: String($0)) }
    }

    /// Regular files alone: a device or a pipe may have no end.
    private var files: [String] {
        guard isFolder else { return Self.isRegular(path) ? [path] : [] }
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        // What is not whole yet is of no use.
        return names.sorted().filter { !$0.hasSuffix(".part") }.map { "\(path)/\($0)" }.filter(Self.isRegular)
    }

    static func isRegular(_ path: String) -> Bool { (try? FileStatus(path))?.kind == .file }

    /// Whether the lines for an input file come from a file of its own.
    func isOwn(_ file: InputFile) -> Bool { isFolder && Self.isRegular("\(path)/\(file.relativePath)") }

    /// The lines for the records of an input file, in order.
    func lines(for file: InputFile, _ open: RemainderLines?) -> RemainderLines? {
        guard isFolder else { return open ?? RemainderLines(path) }
        return RemainderLines("\(path)/\(file.relativePath)") ?? open ?? RemainderLines("\(path)/remainder.ndjson")
    }

    package func find(digest: String, id: [UInt8]?, output: String) -> RemainderMatch {
        var entries = index.withLock { index in
            if index == nil { index = makeIndex() }
            return index?[digest] ?? []
        }
        if let id { entries = entries.filter { $0.id == id } }
        let ofFile = entries.filter { $0.output == output }
        if !ofFile.isEmpty { entries = ofFile }
        let lines = entries.prefix(64).compactMap(line)
        guard let first = lines.first else { return .none }
        let isOne = lines.dropFirst().allSatisfy { Self.content(of: $0) == Self.content(of: first) }
        return isOne && entries.count <= 64 ? .line(first) : .several
    }

    private func line(_ entry: Entry) -> [UInt8]? {
        guard let handle = FileHandle(forReadingAtPath: entry.file) else { return nil }
        defer { try? handle.close() }
        try? handle.seek(toOffset: entry.offset)
        return (try? handle.read(upToCount: entry.length)).flatMap { $0 }.map(Array.init)
    }

    /// What a remainder says, without the record that it was made for.
    private static func content(of line: [UInt8]) -> ArraySlice<UInt8>? {
        line.firstRange(of: Array("\"digest\"".utf8)).map { line[$0.lowerBound...] }
    }

    private func makeIndex() -> [String: [Entry]] {
        var index: [String: [Entry]] = [:]
        for file in files {
            guard let lines = RemainderLines(file) else { continue }
            var offset: UInt64 = 0
            while let line = lines.next() {
                defer { offset += UInt64(line.count) + 1 }
                guard let tree = try? JSONReader(duplicates: .keepLast).read(line),
                    let digest = tree.child("digest", of: 0)
                else {
                    continue
                }
                var id: [UInt8] = []
                if let node = tree.child("id", of: 0) { JSONWriter.write(tree, node: node, into: &id) }
                index[tree.text(of: digest), default: []].append(
                    Entry(
                        file: file, offset: offset, length: line.count, id: id,
                        output: tree.child("output", of: 0).map { tree.text(of: $0) }))
            }
        }
        return index
    }
}

/// Reads a file line by line, in pieces.
final class RemainderLines {
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0

    init?(_ path: String) {
        guard RemainderSource.isRegular(path), let handle = FileHandle(forReadingAtPath: path) else { return nil }
        self.handle = handle
    }

    deinit { try? handle.close() }

    /// The next line without its end; nil at the end of the file.
    func next() -> [UInt8]? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                return Array(buffer[start..<end])
            }
            searched = buffer.count
            guard let data = try? handle.read(upToCount: 1 << 16), !data.isEmpty else {
                defer { start = buffer.count }
                return start < buffer.count ? Array(buffer[start...]) : nil
            }
            buffer.removeSubrange(..<start)
            searched -= start
            start = 0
            buffer += data
        }
    }
}
