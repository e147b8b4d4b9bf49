#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What a path leads to, through symbolic links.
package struct FileStatus {
    package enum Kind {
        case file, folder
        /// A pipe, socket or device.
        case special
    }

    /// What makes a folder the same one by whatever path it is reached.
    package struct Identity: Hashable {
        package var device: UInt64
        package var number: UInt64
    }

    package var kind: Kind
    package var identity: Identity
    /// In bytes.
    package var size: Int
    private var changed: timespec

    /// - Throws: why nothing can be known of it.
    package init(_ path: String) throws(ReadFault) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw ReadFault(errno) }
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            default: .special
            }
        identity = Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
        #if canImport(Darwin)
            changed = status.st_mtimespec
        #else
            changed = status.st_mtim
        #endif
        size = Int(status.st_size)
    }

    /// Its size in bytes and when it was last changed: another text where the file was written to.
    package var version: String { "\(size) \(changed.tv_sec).\(changed.tv_nsec)" }

    /// Whether the path itself is a symbolic link.
    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
