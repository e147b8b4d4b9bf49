import Translation

/// Writes the lines of records that were converted. What the records of a file have in common, and messages of a kind, is
/// put into words once. One to a worker.
final class RecordLineWriter {
    /// Whether a message stands in its line as a text.
    private let isText: Bool
    private var file: (path: String, start: [UInt8])?
    private var ends: [ObjectIdentifier: [UInt8]] = [:]

    init(target: MessageFormat) {
        isText = target.syntax == .xml
    }

    /// - Parameters:
    ///   - digest: of the message that was read, and `plan` is its.
    ///   - message: what it became, on one line where it is JSON.
    func line(_ record: InputRecord, digest: String, plan: MessagePlan, message: [UInt8]) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(message.count + 256)
        line.append(contentsOf: #"{"id":"#.utf8)
        line.append(contentsOf: record.identity)
        line.append(contentsOf: start(record.file.path))
        if let number = record.line {
            line.append(contentsOf: #","line":"#.utf8)
            line.append(contentsOf: String(number).utf8)
        }
        line.append(contentsOf: #","digest":""#.utf8)
        line.append(contentsOf: digest.utf8)
        line.append(UInt8(ascii: "\""))
        line.append(contentsOf: end(plan))
        if isText { JSONText.appendQuoted(message.span, to: &line) } else { line.append(contentsOf: message) }
        line.append(UInt8(ascii: "}"))
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// `,"source":{"file":"archive/a.ndjson"`
    private func start(_ path: String) -> [UInt8] {
        if let file, file.path == path { return file.start }
        var json = JSONStream()
        json.object { $0.member("file", path) }
        let start = Array(#","source":"#.utf8) + json.bytes.dropLast()
        file = (path, start)
        return start
    }

    /// `,"format":"v1-xml","message":"CD037A"},"message":`
    private func end(_ plan: MessagePlan) -> [UInt8] {
        if let end = ends[ObjectIdentifier(plan)] { return end }
        var json = JSONStream()
        json.object { json in
            json.member("format", plan.format.rawValue)
            json.member("message", plan.message)
        }
        let end = [UInt8(ascii: ",")] + json.bytes.dropFirst() + #","message":"#.utf8
        ends[ObjectIdentifier(plan)] = end
        return end
    }
}
