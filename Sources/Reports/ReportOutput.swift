/// Gathers what is written until there is enough of it to hand on.
struct ReportOutput {
    /// Bytes that are gathered before they are handed on.
    private static let chunk = 65_536

    private let sink: (ArraySlice<UInt8>) throws -> Void
    private var bytes: [UInt8] = []

    init(_ sink: @escaping (ArraySlice<UInt8>) throws -> Void) {
        self.sink = sink
        bytes.reserveCapacity(2 * Self.chunk)
    }

    mutating func write(_ text: String) throws {
        bytes.append(contentsOf: text.utf8)
        if bytes.count >= Self.chunk { try flush() }
    }

    mutating func write(_ markup: Markup) throws { try write(markup.text) }

    mutating func write(_ more: ArraySlice<UInt8>) throws {
        bytes.append(contentsOf: more)
        if bytes.count >= Self.chunk { try flush() }
    }

    /// Hands on what is left.
    mutating func flush() throws {
        guard !bytes.isEmpty else { return }
        try sink(bytes[...])
        bytes.removeAll(keepingCapacity: true)
    }
}
