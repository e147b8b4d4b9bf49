import Foundation

/// Held by the one process that writes to a store, and let go with its end, whatever the end is.
///
/// It lies beside the store: to close another descriptor of the store itself would undo SQLite's own locks.
package final class WriterLock: Sendable {
    private let descriptor: Int32

    package init(of store: String) throws(EvidenceError) {
        let path = store + ".lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EvidenceError(.cantWrite, "\(path) can't be made: \(String(cString: strerror(errno))).")
        }
        // What is thrown from here on has `deinit` run: to close here as well would close what another thread has opened since.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw EvidenceError(
                .busy, "\(store) is in use by another process: wait for its end, or name another file.")
        }
    }

    package func release() { flock(descriptor, LOCK_UN) }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
