#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What a path leads to, through symbolic links.
package struct FileStatus: Hashable, Sendable {
    package enum Kind: Sendable {
        case file, folder
        /// A pipe, socket or device.
        case special
    }

    /// What makes a folder the same one by whatever path it is reached.
    package struct Identity: Hashable, Sendable {
        package var device: UInt64
        package var number: UInt64
    }

    package var kind: Kind
    package var identity: Identity
    /// In bytes.
    package var size: Int
    private var changed: Moment

    private struct Moment: Hashable {
        var seconds: Int
        var nanoseconds: Int
    }

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
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        changed = Moment(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
        size = Int(status.st_size)
    }

    /// Its size in bytes and when it was last changed: another text where the file was written to.
    package var version: String { "\(size) \(changed.seconds).\(changed.nanoseconds)" }

    /// A path without links, as far as it leads to anything.
    package static func withoutLinks(_ path: String) -> [Substring] {
        var there = path.split(separator: "/")
        var missing: [Substring] = []
        let isAbsolute = path.hasPrefix("/")
        while true {
            let prefix = (isAbsolute ? "/" : "./") + there.joined(separator: "/")
            if let real = realpath(prefix, nil) {
                defer { free(real) }
                var components = String(cString: real).split(separator: "/")
                for step in missing.reversed() {
                    switch step {
                    case ".": continue
                    case "..": _ = components.popLast()
                    default: components.append(step)
                    }
                }
                return components
            }
            guard let last = there.popLast() else { return missing.reversed() }
            missing.append(last)
        }
    }

    /// Whether the path itself is a symbolic link.
    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
