#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why something could not be written (exit code 73).
package struct OutputError: Error, Equatable, Sendable, CustomStringConvertible {
    package var path: String
    package var message: String

    package var description: String { "\(path == "-" ? "standard output" : path): \(message)" }
}

/// A file that is written from start to end, readable by its owner alone. It appears under its name when it is whole;
/// what is no regular file (a pipe, a device, standard output) is written directly.
package final class OutputFile {
    package let path: String
    private let partialPath: String?
    private var descriptor: Int32
    private var buffer: [UInt8] = []
    /// Told by the name: `.gz`, `.zst`.
    private let compression: FrameCompression?
    private var recordsInFrame = 0
    /// How many bytes are in the file.
    private var written = 0
    /// Whether what was begun is left there where the run fails: it can be gone on with.
    package var isKept = false
    private static let bufferSize = 1 << 16

    /// Opens `path`, or standard output for `-`. Folders above it are made.
    ///
    /// - Parameters:
    ///   - start: how much of what an earlier run has begun is gone on with: bytes; nil: nothing.
    ///   - isAmongMany: whether it is one of many in a folder that is there: it takes the place of whatever has its name.
    package init(_ path: String, goingOnAt start: Int? = nil, isAmongMany: Bool = false) throws(OutputError) {
        self.path = path
        compression = FrameCompression(of: path)
        guard path != "-" else {
            descriptor = 1
            partialPath = nil
            return
        }
        if !isAmongMany { try Self.makeFolder(above: path) }
        var status = stat()
        let isSpecial = !isAmongMany && stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
        if isSpecial, status.st_mode & S_IFMT == S_IFDIR { throw OutputError(path: path, message: "is a folder") }
        let opened = isSpecial ? path : path + ".part"
        partialPath = isSpecial ? nil : opened
        if start != nil, access(opened, F_OK) != 0 {
            // The run was over with this one: it had its name already.
            rename(path, opened)
        }
        let flags = O_WRONLY | O_CREAT | (start == nil ? O_TRUNC : 0) | O_CLOEXEC
        descriptor = open(opened, flags | O_EXCL, 0o600)
        if descriptor < 0, errno == EEXIST {
            // Others may have been let in to what was there.
            descriptor = open(opened, flags, 0o600)
            if descriptor >= 0, !isSpecial { fchmod(descriptor, 0o600) }
        }
        guard descriptor >= 0 else { throw OutputError(path: path, message: Self.reason()) }
        guard let start else { return }
        isKept = true
        guard !isSpecial, fstat(descriptor, &status) == 0, Int(status.st_size) >= start else {
            throw OutputError(
                path: path, message: "has no longer what the checkpoint counts on: begin anew, without --resume")
        }
        guard ftruncate(descriptor, off_t(start)) == 0, lseek(descriptor, 0, SEEK_END) == off_t(start) else {
            throw OutputError(path: path, message: Self.reason())
        }
        written = start
    }

    /// Returns when what was written so far would survive a power cut.
    ///
    /// - Returns: how many bytes that is in the file.
    package func settle() throws(OutputError) -> Int {
        try cutFrame()
        try flush()
        guard descriptor > 2 else { return written }
        guard fsync(descriptor) == 0 else { throw OutputError(path: path, message: Self.reason()) }
        return written
    }

    deinit {
        // Not closed: the run failed, and what was begun is not to be taken for the whole.
        guard descriptor > 2 else { return }
        close(descriptor)
        if let partialPath, !isKept { unlink(partialPath) }
    }

    /// Writes a record, or any bytes that belong together.
    package func write(_ bytes: [UInt8]) throws(OutputError) {
        buffer += bytes
        guard compression == nil else {
            recordsInFrame += 1
            if recordsInFrame == FrameCompression.records || buffer.count >= FrameCompression.bytes { try cutFrame() }
            return
        }
        if buffer.count >= Self.bufferSize { try flush() }
    }

    private func cutFrame() throws(OutputError) {
        guard let compression, !buffer.isEmpty else { return }
        guard let frame = compression.frame(buffer) else {
            throw OutputError(path: path, message: "can't be compressed: there is no memory left")
        }
        buffer = frame
        recordsInFrame = 0
        try flush()
    }

    package func flush() throws(OutputError) {
        var start = 0
        while start < buffer.count {
            let written = buffer.withUnsafeBytes { bytes in
                #if canImport(Darwin)
                    Darwin.write(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
                #elseif canImport(Musl)
                    Musl.write(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
                #else
                    Glibc.write(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
                #endif
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw OutputError(path: path, message: Self.reason()) }
            start += written
            self.written += written
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes what is left and gives the file its name.
    package func finish() throws(OutputError) {
        try cutFrame()
        try flush()
        guard descriptor > 2 else { return }
        let closing = descriptor
        descriptor = -1
        // Some file systems tell only now that there was no room.
        guard close(closing) == 0 else {
            let reason = Self.reason()
            if let partialPath { unlink(partialPath) }
            throw OutputError(path: path, message: reason)
        }
        if let partialPath, rename(partialPath, path) != 0 {
            let reason = Self.reason()
            if !isKept { unlink(partialPath) }
            throw OutputError(path: path, message: reason)
        }
    }

    private static func makeFolder(above path: String) throws(OutputError) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.utf8.startIndex else { return }
        try makeFolder(String(path[..<slash]))
    }

    /// Makes a folder, and those above it, where they are not there yet.
    package static func makeFolder(_ folder: String) throws(OutputError) {
        var status = stat()
        guard stat(folder, &status) != 0 else { return }
        try makeFolder(above: folder)
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw OutputError(path: folder, message: reason()) }
    }

    private static func reason() -> String { "can't be written: \(String(cString: strerror(errno)))" }
}
