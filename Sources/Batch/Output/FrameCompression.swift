import CArchive

/// How an output is compressed: in frames of so many records, each a whole stream of its own, so that frames put one behind
/// the other are one file, and a reader may begin with any of them. The same records give the same bytes.
enum FrameCompression {
    case gzip, zstandard

    /// Records in a frame; fewer where they are so long that memory would grow.
    static let records = 4096
    static let bytes = 4 << 20

    /// Told by the file's name; nil where it says nothing of it.
    init?(of path: String) {
        if path.hasSuffix(".gz") {
            self = .gzip
        } else if path.hasSuffix(".zst") {
            self = .zstandard
        } else {
            return nil
        }
    }

    /// - Returns: nil where libarchive fails, for lack of memory.
    func frame(_ bytes: [UInt8]) -> [UInt8]? {
        guard let archive = archive_write_new() else { return nil }
        defer { archive_write_free(archive) }
        archive_write_set_format_raw(archive)
        switch self {
        case .gzip:
            archive_write_add_filter_gzip(archive)
            // Else the time of the run would be in it.
            archive_write_set_filter_option(archive, "gzip", "timestamp", nil)
        case .zstandard: archive_write_add_filter_zstd(archive)
        }
        archive_write_set_bytes_per_block(archive, 0)
        let capacity = bytes.count + bytes.count / 8 + (1 << 10)
        var used = 0
        var isDone = false
        let frame = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            guard archive_write_open_memory(archive, buffer.baseAddress, capacity, &used) == ARCHIVE_OK,
                let entry = archive_entry_new()
            else { return }
            defer { archive_entry_free(entry) }
            nctsbridge_make_regular(entry)
            isDone =
                archive_write_header(archive, entry) == ARCHIVE_OK
                && bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) } == bytes.count
                && archive_write_close(archive) == ARCHIVE_OK
            count = isDone ? used : 0
        }
        return isDone ? frame : nil
    }
}
