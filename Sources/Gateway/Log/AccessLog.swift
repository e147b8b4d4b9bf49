package import Foundation
import Synchronization
import Translation

/// One line of JSON for each answer. Lines are written in the background, many at once, so that a slow reader of the log
/// holds up no answer; where it falls too far behind, lines are left out and counted.
package final class AccessLog: Sendable {
    /// What a line tells. Nothing of it comes from a request but its method.
    package struct Line: Sendable {
        package var at: Date
        package var id: String
        package var client: String
        package var method: String
        package var route: String
        package var status: Int
        package var form: String?
        package var origin: String?
        package var outcome: String?
        package var duration: Duration
        package var bytes: Int
    }

    private struct State {
        var buffer: [UInt8] = []
        var isScheduled = false
        var leftOut = 0
        var allLeftOut = 0
    }

    private static let largest = 8 << 20

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "nctsbridge.access-log")
    private let file: FileHandle

    /// - Parameter file: where lines go: standard output, or a file that is appended to.
    package init(_ file: FileHandle) {
        self.file = file
    }

    /// Appends to a file, made for its owner alone where it is not there.
    ///
    /// - Throws: `GatewayError` of the code `cantWrite`.
    package static func appending(to path: String) throws -> AccessLog {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw GatewayError(.cantWrite, "\(path) can't be written: \(String(cString: strerror(errno))).")
        }
        return AccessLog(FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
    }

    package func write(_ line: Line) {
        let bytes = line.json
        let schedules = state.withLock { state in
            guard state.buffer.count < Self.largest else {
                state.leftOut += 1
                state.allLeftOut += 1
                return false
            }
            state.buffer += bytes
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if schedules { queue.async { self.flush() } }
    }

    /// How many lines were left out so far.
    package var leftOut: Int { state.withLock { $0.allLeftOut } }

    /// Waits until all lines are written.
    package func finish() { queue.sync { flush() } }

    private func flush() {
        while true {
            let (bytes, leftOut) = state.withLock { state in
                defer {
                    state.isScheduled = !state.buffer.isEmpty
                    state.buffer = []
                    state.leftOut = 0
                }
                return (state.buffer, state.leftOut)
            }
            guard !bytes.isEmpty else { return }
            // A log that can't be written, its disk full, is no reason to answer nobody.
            try? file.write(contentsOf: Data(bytes))
            if leftOut > 0 { try? file.write(contentsOf: Data("{\"linesLeftOut\":\(leftOut)}\n".utf8)) }
        }
    }
}

extension AccessLog.Line {
    fileprivate var json: [UInt8] {
        var json = JSONStream()
        json.object { json in
            json.member("time", at.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            json.member("id", id)
            json.member("client", client)
            json.member("method", method)
            json.member("route", route)
            json.member("status", status)
            json.memberIfPresent("form", form)
            json.memberIfPresent("origin", origin)
            json.memberIfPresent("outcome", outcome)
            let microseconds =
                duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
            json.member("ms", raw: Array("\(Double(microseconds) / 1000)".utf8)[...])
            json.member("bytes", bytes)
        }
        return json.bytes + [0x0A]
    }
}
