#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where bytes come from, piece by piece.
protocol ByteSource {
    /// The next bytes, as many as there are but no more than `count`; none at the end.
    mutating func read(_ count: Int) throws(ReadFault) -> [UInt8]
}

/// Why something can't be read.
package struct ReadFault: Error, Equatable {
    /// What the system says, as a phrase.
    package var message: String

    init(_ code: Int32) {
        message = String(cString: strerror(code))
    }

    init(message: String) {
        self.message = message
    }
}

/// A file, or standard input. It is opened when its first bytes are asked for.
struct FileSource: ByteSource {
    private let path: String
    private var descriptor: Descriptor?
    /// A regular file's when it was found.
    private let size: Int?
    private var count = 0
    private var isAtEnd = false

    init(_ file: InputFile) {
        path = file.path
        size = file.status.flatMap { $0.kind == .file ? $0.size : nil }
        if file.isStandardInput { descriptor = Descriptor(STDIN_FILENO) }
    }

    mutating func read(_ count: Int) throws(ReadFault) -> [UInt8] {
        guard !isAtEnd else { return [] }
        let opened: Descriptor
        if let descriptor { opened = descriptor } else { opened = try Descriptor(path) }
        descriptor = opened
        let bytes = try opened.read(count)
        self.count += bytes.count
        // Less than was asked for, and all that there was: there is no need to ask once more.
        isAtEnd = bytes.count < count && self.count == size
        return bytes
    }
}

/// An open file, closed when nobody holds it any more; standard input stays open.
private final class Descriptor: Sendable {
    private let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    init(_ path: String) throws(ReadFault) {
        number = open(path, O_RDONLY | O_CLOEXEC)
        if number < 0 { throw ReadFault(errno) }
    }

    deinit {
        if number > STDERR_FILENO { close(number) }
    }

    func read(_ count: Int) throws(ReadFault) -> [UInt8] {
        var result = 0
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            repeat {
                result = systemRead(number, buffer.baseAddress, count)
                code = errno
            } while result < 0 && code == EINTR
            filled = max(result, 0)
        }
        guard result >= 0 else { throw ReadFault(code) }
        return bytes
    }
}

/// `read` by a name that no method hides.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
