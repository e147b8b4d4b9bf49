/// Where commas, line breaks and indentation go.
struct JSONLayout {
    let style: JSONWriter.Style
    /// How many containers are open.
    private(set) var depth: Int
    /// Whether the innermost container has nothing in it yet; on the outside, whether no value has been written.
    private(set) var isEmpty = true

    init(style: JSONWriter.Style, depth: Int = 0) {
        self.style = style
        self.depth = depth
    }

    /// Goes to where the next member or item of the innermost container begins.
    mutating func separate(_ output: inout [UInt8]) {
        if !isEmpty { output.append(UInt8(ascii: ",")) }
        isEmpty = false
        breakLine(&output)
    }

    func name(_ name: Span<UInt8>, _ output: inout [UInt8]) {
        JSONText.appendQuoted(name, to: &output)
        output.append(UInt8(ascii: ":"))
        if style == .pretty { output.append(UInt8(ascii: " ")) }
    }

    mutating func open(_ bracket: Unicode.Scalar, _ output: inout [UInt8]) {
        output.append(UInt8(ascii: bracket))
        depth += 1
        isEmpty = true
    }

    mutating func close(_ bracket: Unicode.Scalar, _ output: inout [UInt8]) {
        depth -= 1
        if !isEmpty { breakLine(&output) }
        output.append(UInt8(ascii: bracket))
        isEmpty = false
    }

    private func breakLine(_ output: inout [UInt8]) {
        guard style == .pretty else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }
}
