import CArchive

/// Reads what a compressed file or an archive holds, entry by entry, as it streams by: nothing is unpacked to disk, and no
/// more of it is in memory than a piece. Of libarchive's formats and filters only these are enabled: tar, zip, gzip,
/// Zstandard; with all of them it takes NDJSON for a format of its own.
///
/// A class whose one user goes on from entry to entry: libarchive's state can't be copied.
final class ArchiveReader {
    /// What is in the archive.
    struct Entry {
        /// As the archive has it; nil where the file is one compressed stream.
        var name: String?
        var isFile: Bool
        var isFolder: Bool
    }

    private let archive: OpaquePointer
    private let supply: UnsafeMutablePointer<Supply>
    private let maximumExpansion: Int
    private var read: Int64 = 0
    private var isOpen = false

    /// What is expanded without a look at how much it was.
    private static let unsuspicious: Int64 = 64 << 20

    /// The bytes for libarchive, which reads them where they lie.
    private struct Supply {
        var input: PeekedInput
        var piece: [UInt8] = []
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        var fault: ReadFault?

        mutating func next() -> UnsafeRawBufferPointer? {
            do {
                if piece.isEmpty { piece = try input.next() }
            } catch {
                fault = error
                return nil
            }
            let count = min(piece.count, bytes.count)
            piece.withUnsafeBytes { bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            piece.removeFirst(count)
            return UnsafeRawBufferPointer(rebasing: bytes[..<count])
        }
    }

    /// - Parameter maximumExpansion: how many times its own size the input may grow to: what grows more is made to harm.
    init(_ input: PeekedInput, maximumExpansion: Int) {
        // Swift's own allocations end the program the same way.
        guard let archive = archive_read_new() else { fatalError("there is no memory left") }
        self.archive = archive
        self.maximumExpansion = maximumExpansion
        supply = .allocate(capacity: 1)
        supply.initialize(to: Supply(input: input))
        archive_read_support_filter_gzip(archive)
        archive_read_support_filter_zstd(archive)
        archive_read_support_format_tar(archive)
        archive_read_support_format_zip_streamable(archive)
        archive_read_support_format_raw(archive)
        isOpen =
            ARCHIVE_OK
            == archive_read_open(
                archive, supply, nil,
                { _, supply, bytes in
                    guard let supply = supply?.assumingMemoryBound(to: Supply.self), let next = supply.pointee.next()
                    else {
                        return -1
                    }
                    bytes?.pointee = next.baseAddress
                    return next.count
                }, nil)
    }

    deinit {
        archive_read_free(archive)
        supply.pointee.bytes.deallocate()
        supply.deinitialize(count: 1)
        supply.deallocate()
    }

    private var fault: ReadFault {
        if let fault = supply.pointee.fault { return fault }
        let words = archive_error_string(archive).map { String(cString: $0) } ?? "it is damaged"
        return ReadFault(message: "as an archive: \(words)")
    }

    /// The next entry; nil behind the last.
    func next() throws(ReadFault) -> Entry? {
        guard isOpen else { throw fault }
        var entry: OpaquePointer?
        switch archive_read_next_header(archive, &entry) {
        case ARCHIVE_EOF: return nil
        case ARCHIVE_OK, ARCHIVE_WARN: break
        default: throw fault
        }
        guard let entry else { return nil }
        if archive_format(archive) == ARCHIVE_FORMAT_RAW { return Entry(name: nil, isFile: true, isFolder: false) }
        let name = (archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)).map { String(cString: $0) }
        return Entry(
            name: name ?? "", isFile: nctsbridge_is_regular(entry) != 0, isFolder: nctsbridge_is_folder(entry) != 0)
    }

    /// The next bytes of the entry; none at its end.
    func read(_ count: Int) throws(ReadFault) -> [UInt8] {
        var result = 0
        let archive = archive
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            result = archive_read_data(archive, buffer.baseAddress, count)
            filled = max(result, 0)
        }
        guard result >= 0 else { throw fault }
        read += Int64(result)
        // The first filter's bytes are those of the file.
        guard read <= Self.unsuspicious || read / Int64(maximumExpansion) <= archive_filter_bytes(archive, -1) else {
            throw ReadFault(
                message: "it grows to more than \(maximumExpansion) times its size: allow that with --max-expansion")
        }
        return bytes
    }
}
