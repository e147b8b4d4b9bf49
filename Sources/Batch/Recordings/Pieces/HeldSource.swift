/// Bytes that are in memory already, and what comes behind them.
struct HeldSource: ByteSource {
    private var held: ArraySlice<UInt8>
    private var rest: PeekedInput?

    init(_ bytes: [UInt8]) {
        held = bytes[...]
    }

    /// What was looked at, and then the rest: standard input can't be read twice.
    init(_ input: PeekedInput) {
        held = []
        rest = input
    }

    mutating func read(_ count: Int) throws(ReadFault) -> [UInt8] {
        if held.isEmpty { held = try rest?.next()[...] ?? [] }
        defer { held = held.dropFirst(count) }
        return Array(held.prefix(count))
    }
}
