import GuaranteeModel

/// How a message was written, to write others like it: what stands between values is the same each time. Only for messages
/// whose values are all bytes of the message that was read, and to which nothing was supplied.
struct PlainScript {
    /// A value, and what stands before it.
    struct Part {
        /// Of the script's literals.
        var literals: Range<Int>
        var slot: Int
        /// How much of the literals before and behind the value belongs to the leaf's text.
        var prefix: Int
        var suffix: Int
        let check: PlainCheck
    }

    let target: PlainTarget
    /// The slots that the message filled.
    let filled: UInt32
    /// Whether it was asked for what the message does not say: another script may come of it where anything is known.
    var needsSilence = false
    private(set) var literals: [UInt8] = []
    private(set) var parts: [Part] = []
    var written: [Int] = []
    var targets: [PlainWriting.Target] = []

    init(_ target: PlainTarget, filled: UInt32) {
        self.target = target
        self.filled = filled
    }

    /// - Parameter literal: what was written since the last value.
    mutating func add(_ literal: ArraySlice<UInt8>, slot: Int, prefix: Int, suffix: Int, _ check: PlainCheck) {
        let start = literals.count
        literals += literal
        parts.append(Part(literals: start..<literals.count, slot: slot, prefix: prefix, suffix: suffix, check: check))
    }

    mutating func end(_ literal: ArraySlice<UInt8>) { literals += literal }

    /// Writes a message by the script.
    ///
    /// - Returns: false where a value is not one that can stand there as it is.
    func write(
        _ values: [PlainReading.Value], _ texts: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]
    ) -> Bool {
        literals.withUnsafeBufferPointer { literals in
            var position = 0
            for part in parts {
                output.append(contentsOf: UnsafeBufferPointer(rebasing: literals[position..<part.literals.upperBound]))
                position = part.literals.upperBound
                let value = values[part.slot]
                let text = UnsafeBufferPointer(rebasing: texts[value.start..<value.start + value.count])
                guard Self.isVerbatim(text) else { return false }
                let start = output.count - part.prefix
                output.append(contentsOf: text)
                let end = output.count
                if part.suffix > 0 {
                    output.append(
                        contentsOf: UnsafeBufferPointer(rebasing: literals[position..<position + part.suffix]))
                    position += part.suffix
                }
                let isRight = output.withUnsafeBufferPointer { bytes in
                    part.check.accepts(UnsafeBufferPointer(rebasing: bytes[start..<end + part.suffix]))
                }
                guard isRight else { return false }
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: literals[position...]))
            return true
        }
    }

    /// Whether both syntaxes have the text as it is.
    private static func isVerbatim(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in text {
            switch byte {
            case ..<0x20, 0x22, 0x26, 0x3C, 0x3E, 0x5C, 0x80...: return false
            default: continue
            }
        }
        return true
    }
}
