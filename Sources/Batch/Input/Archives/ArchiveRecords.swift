import Translation

/// The records of a compressed file, or of all files in an archive, in their order. A class that its one reader holds.
final class ArchiveRecords {
    private let file: InputFile
    private let options: InputOptions
    private let archive: ArchiveReader
    private var records: RecordReader?
    private var isOver = false

    /// - Parameter input: the file from its first byte on.
    init(_ file: InputFile, _ input: PeekedInput, options: InputOptions) {
        self.file = file
        self.options = options
        archive = ArchiveReader(input, maximumExpansion: options.maximumExpansion)
    }

    /// The next record; nil behind the last. What can't be read is a record with a failure.
    func next() -> InputRecord? {
        while !isOver {
            if let record = records?.next() { return record }
            records = nil
            do {
                guard let entry = try archive.next() else { break }
                if entry.isFolder { continue }
                let file = Self.file(entry, in: file)
                guard entry.isFile, let file else { return failed(entry) }
                records = RecordReader(
                    file, options: options, source: EntrySource(archive: archive), chunkSize: 128 << 10, isEntry: true)
            } catch {
                isOver = true
                return InputRecord(
                    number: 0, file: file, container: .file, payload: Payload([]), failure: .unreadable(error))
            }
        }
        isOver = true
        return nil
    }

    /// A link, a device, or a file whose name leads out of the archive: it is not followed, and not kept quiet about.
    private func failed(_ entry: ArchiveReader.Entry) -> InputRecord {
        let why = entry.isFile ? "its name leads out of the archive" : "it is a link or no file"
        let name = (entry.name ?? "").split(separator: "/").last.map { String($0) } ?? ""
        let file = InputFile(
            path: "\(self.file.path)/\(name)", relativePath: "\(self.file.relativePath)/\(name)", isNamed: false)
        return InputRecord(
            number: 0, file: file, container: .file, payload: Payload([]),
            failure: .unreadable(ReadFault(message: why)))
    }

    /// The file that an entry is; nil where its name leads elsewhere.
    private static func file(_ entry: ArchiveReader.Entry, in archive: InputFile) -> InputFile? {
        guard let name = entry.name else { return archive }
        let steps = name.split(separator: "/").filter { $0 != "." }
        guard !steps.isEmpty, !steps.contains(".."), !name.utf8.contains(0) else { return nil }
        let path = steps.joined(separator: "/")
        return InputFile(
            path: "\(archive.path)/\(path)", relativePath: "\(archive.relativePath)/\(path)", isNamed: false)
    }
}

/// The bytes of the entry at which an archive stands.
struct EntrySource: ByteSource {
    let archive: ArchiveReader

    mutating func read(_ count: Int) throws(ReadFault) -> [UInt8] { try archive.read(count) }
}
