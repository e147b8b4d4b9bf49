/// A line of a list of holders that can't be read.
package struct HoldersError: Error, Sendable, Equatable, CustomStringConvertible {
    package var line: Int
    /// What is wrong and what to do; it quotes no identifier.
    package var message: String

    package var description: String { "line \(line): \(message)" }
}

extension Holders {
    /// Reads a list: `GRN,TIN` to a line, with commas, semicolons or tabs; several lines for a guarantee of several
    /// holders. Empty lines, lines that begin with `#`, and a first line of names are passed over.
    ///
    /// - Throws: `HoldersError` with the first line that is none of these.
    package init(parsing bytes: [UInt8]) throws(HoldersError) {
        self.init()
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
        var isFirst = true
        for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let fields = line.split(omittingEmptySubsequences: false) { [0x2C, 0x3B, 0x09].contains($0) }.map(
                Self.trimmed)
            guard fields.contains(where: { !$0.isEmpty }), fields[0].first != UInt8(ascii: "#") else { continue }
            defer { isFirst = false }
            guard fields.count == 2 else {
                throw HoldersError(line: index + 1, message: "has \(fields.count) fields, not two: a GRN and a TIN.")
            }
            let (grn, tin) = (fields[0], fields[1])
            if isFirst, !grn.contains(where: Self.isDigit) { continue }
            guard (1...24).contains(grn.count), grn.allSatisfy(Self.isAlphanumeric) else {
                throw HoldersError(line: index + 1, message: "begins with no GRN: 1 to 24 letters or digits.")
            }
            guard (1...17).contains(tin.count), tin.allSatisfy(Self.isAlphanumeric) else {
                throw HoldersError(line: index + 1, message: "ends with no TIN: 1 to 17 letters or digits.")
            }
            add(grn: String(decoding: grn, as: UTF8.self), tin: String(decoding: tin, as: UTF8.self))
        }
    }

    /// Without blanks and quotation marks around it.
    private static func trimmed(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var field = field
        let around: Set<UInt8> = [0x20, 0x0D, 0x22]
        while let first = field.first, around.contains(first) { field.removeFirst() }
        while let last = field.last, around.contains(last) { field.removeLast() }
        return field
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
