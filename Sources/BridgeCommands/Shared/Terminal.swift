import Batch
import Foundation
import Logging

/// Standard output and error: data goes to the one, messages and progress to the other.
enum Terminal {
    static func error(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    /// A text of somebody else's as it can be shown: without what a terminal would obey.
    static func visible(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar
                }))
    }

    /// Replaces the progress line.
    static func progress(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
    }

    static func output(_ text: String) throws(OutputError) { try output(Array((text + "\n").utf8)) }

    static func output(_ bytes: [UInt8]) throws(OutputError) {
        let file = try OutputFile("-")
        try file.write(bytes)
        try file.finish()
    }

    /// A logger that writes to standard error: everything, or warnings alone.
    static func logger(isVerbose: Bool) -> Logger {
        var logger = Logger(label: "nctsbridge", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = isVerbose ? .debug : .warning
        return logger
    }

    /// Whether someone watches standard error.
    static var isWatched: Bool { isatty(2) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }
}
