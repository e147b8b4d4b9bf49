/// A file to read: named, found in a folder, or standard input.
package struct InputFile: Hashable, Sendable {
    /// As the user would recognise it: `archive/a/b.xml`; `-` for standard input.
    package var path: String
    /// Below the input that it was found in: `a/b.xml`; the last component of a file that was named itself, `stdin` for
    /// standard input.
    package var relativePath: String
    /// Whether the user named it, rather than a folder that it is in.
    package var isNamed: Bool
    /// What it was when it was found; nil where nobody looked, or could.
    package var status: FileStatus?

    package init(path: String, relativePath: String, isNamed: Bool, status: FileStatus? = nil) {
        self.path = path
        self.relativePath = relativePath
        self.isNamed = isNamed
        self.status = status
    }

    /// The folder that it is in, with a slash.
    package var folder: Substring { path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? "./" }

    package static let standardInput = standardInput(named: "-")

    /// Standard input as a part of a file: records tell of it by the file's name.
    package static func standardInput(named name: String) -> InputFile {
        var file = InputFile(path: name, relativePath: "stdin", isNamed: true)
        file.isStandardInput = true
        return file
    }

    package private(set) var isStandardInput = false
}

/// An input that is not there (exit code 66).
package struct InputError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The input as it was named.
    package var path: String
    /// What was wrong and what to do.
    package var message: String

    package init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    package var description: String { "\(path): \(message)" }
}
