import Foundation

/// Why the system did not do something with a file.
struct FileFault: Error {
    let number: Int32

    /// The reason of the call that has just failed.
    static var last: FileFault { FileFault(number: errno) }

    var reason: String { String(cString: strerror(number)) }
}

/// An open file, closed when it goes.
struct OpenFile: ~Copyable {
    let descriptor: Int32

    init(_ path: String, _ flags: Int32) throws(FileFault) {
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .last }
    }

    deinit { close(descriptor) }

    /// What is known of it.
    func status() throws(FileFault) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last }
        return status
    }

    /// The bytes to the end, or `limit` of them.
    func bytes(limit: Int) throws(FileFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while bytes.count < limit {
            let count = read(descriptor, &piece, min(piece.count, limit - bytes.count))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last }
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return bytes
    }

    func append(_ bytes: [UInt8]) throws(FileFault) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last }
            rest = rest.dropFirst(count)
        }
    }

    /// Returns when what was written would survive a power cut.
    func sync() throws(FileFault) {
        guard fsync(descriptor) == 0 else { throw .last }
    }
}
