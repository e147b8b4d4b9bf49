/// Why a store of evidence can't be used.
package struct EvidenceError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// There is no such file.
        case missing
        /// It is no store of evidence, or one of a newer version.
        case unknown
        /// Another process writes to it.
        case busy
        /// There is a run in it already, or another one than was expected.
        case mismatch
        /// It can't be written: the disk is full, or it is not ours.
        case cantWrite = "cant-write"
        /// It can't be read.
        case cantRead = "cant-read"
    }

    package var code: Code
    /// What was wrong, with the file's name, and what to do.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
