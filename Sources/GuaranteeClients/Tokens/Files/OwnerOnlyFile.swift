import Foundation

/// Files that their owner alone may read (design section 8): read with suspicion, replaced as a whole.
enum OwnerOnlyFile {
    /// What replacing a file takes, in order.
    enum Step: String, Sendable, Codable, CaseIterable {
        case create, write, sync, rename, syncFolder
    }

    /// The largest file that is read: bytes.
    private static let limit = 1 << 16

    /// A file's bytes. A link is followed.
    ///
    /// - Throws: `missing` where there is no file; `unsafeFile` where others may read it, it is another user's, no
    ///   file, or unreadable; `malformedFile` where it is too large.
    static func contents(of path: String) throws(TokenError) -> [UInt8] {
        do {
            // Not blocking: a pipe under that name would wait for a writer.
            let file = try OpenFile(path, O_RDONLY | O_NONBLOCK)
            let status = try file.status()
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw TokenError(.unsafeFile, "\(path) is no regular file: name the file that holds the token.")
            }
            guard status.st_uid == geteuid() else {
                throw TokenError(.unsafeFile, "\(path) belongs to another user: make a copy of your own, or chown it.")
            }
            guard status.st_mode & 0o077 == 0 else {
                throw TokenError(
                    .unsafeFile,
                    "\(path) is open to its group or to others: chmod 600 it, and put another in its place if they may have read "
                        + "it."
                )
            }
            let bytes = try file.bytes(limit: limit + 1)
            guard bytes.count <= limit else {
                throw TokenError(.malformedFile, "\(path) is larger than \(limit) bytes: it is no file of tokens.")
            }
            return bytes
        } catch let error as TokenError {
            throw error
        } catch let fault as FileFault where fault.number == ENOENT {
            throw TokenError(.missing, "\(path) is not there: make it with nctsbridge login.")
        } catch let fault as FileFault {
            throw TokenError(.unsafeFile, "\(path) can't be read: \(fault.reason).")
        } catch {
            throw TokenError(.unsafeFile, "\(path) can't be read.")
        }
    }

    /// Puts a file in another's place, or makes it. Whenever this breaks off, the old one is whole or the new one is;
    /// when it returns, the new one is on disk.
    ///
    /// Two at a time would share the temporary file: who calls holds a lock.
    ///
    /// - Parameter before: called ahead of each step; what it throws fails that step. For tests.
    static func replace(
        _ path: String, with bytes: [UInt8], before: (Step) throws(FileFault) -> Void
    ) throws(FileFault) {
        let temporary = path + ".new"
        try before(.create)
        // One that is there was left by a run that was killed.
        unlink(temporary)
        let file = try OpenFile(temporary, O_WRONLY | O_CREAT | O_EXCL)
        do throws(FileFault) {
            try before(.write)
            try file.append(bytes)
            try before(.sync)
            try file.sync()
            try before(.rename)
            guard rename(temporary, path) == 0 else { throw FileFault.last }
        } catch {
            unlink(temporary)
            throw error
        }
        try before(.syncFolder)
        do {
            try OpenFile(folder(of: path), O_RDONLY | O_DIRECTORY).sync()
        } catch {
            // Some file systems, networked ones mostly, don't sync folders.
            guard error.number == EINVAL || error.number == ENOTSUP else { throw error }
        }
    }

    /// Whether a file can be put there: nothing is there, or a file. What else is there (a device, a pipe, a folder) stays.
    static func isFree(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    }

    /// Makes the folder that is to hold a file, and those above it, for the owner alone; those that are there are left.
    static func makeFolder(for path: String) throws(FileFault) {
        let folder = folder(of: path)
        guard access(folder, F_OK) != 0, errno == ENOENT else { return }
        try makeFolder(for: folder)
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw .last }
    }

    /// Where a path leads when the file itself is a link, whether or not anything is there: so that the link stays when
    /// the file is replaced, and all who come by any link use one lock.
    static func target(of path: String) -> String {
        var target = path
        for _ in 0..<32 {
            guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: target) else { return target }
            target = next.hasPrefix("/") ? next : folder(of: target) + "/" + next
        }
        return target
    }

    static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
    }
}
