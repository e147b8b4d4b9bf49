extension JSONParse {
    /// Reads the number at `offset` and returns where its lexeme lies.
    mutating func readNumber(_ bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        let start = offset
        var state = JSONNumberState.start
        while offset < bytes.count, let next = state.next(bytes[offset]) {
            state = next
            offset += 1
        }
        guard offset < bytes.count else {
            if state.isComplete { return start..<offset }
            throw brokenOff("a digit was due")
        }
        guard state.isComplete else { throw unexpected(bytes, "a digit was due: complete the number or quote it") }
        if state == .zero, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[offset] {
            throw malformed("a number has no zeros in front: take them away, or quote it if they count")
        }
        return start..<offset
    }
}
