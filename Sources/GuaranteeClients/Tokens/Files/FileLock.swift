import Foundation

/// A file that one program at a time holds, or one part of a program; let go at the latest when the program ends.
///
/// The file stays where it is: to remove it would let two hold locks of one name.
struct FileLock: ~Copyable {
    private let file: OpenFile

    private init(_ path: String) throws(FileFault) {
        file = try OpenFile(path, O_RDWR | O_CREAT)
    }

    /// Waits for the lock without keeping a thread.
    ///
    /// - Parameter patience: how long others may keep it.
    /// - Throws: `cantStore` where the file can't be made, `unavailable` when patience is over, `cancelled`.
    static func acquire(
        _ path: String, timekeeper: Timekeeper, patience: Duration
    ) async throws(TokenError) -> FileLock {
        let start = timekeeper.elapsed()
        let lock: FileLock
        do {
            lock = try FileLock(path)
        } catch {
            throw TokenError(.cantStore, "\(path) can't be made: \(error.reason). Without it no tokens can be kept.")
        }
        while flock(lock.file.descriptor, LOCK_EX | LOCK_NB) != 0 {
            let fault = FileFault.last
            guard fault.number == EWOULDBLOCK || fault.number == EINTR else {
                throw TokenError(.cantStore, "\(path) can't be locked: \(fault.reason).")
            }
            guard timekeeper.elapsed() - start < patience else {
                throw TokenError(
                    .unavailable,
                    "Another program has held \(path) for \(patience): end it if it hangs, and try again.")
            }
            do {
                try await timekeeper.sleep(.seconds(timekeeper.random(0.02...0.06)))
            } catch {
                throw TokenError(.cancelled, "Cancelled while another program held \(path).")
            }
        }
        return lock
    }

    /// Lets it go: by ending its life.
    consuming func release() {}
}
