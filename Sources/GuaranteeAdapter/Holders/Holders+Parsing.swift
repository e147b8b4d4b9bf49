/// A line of a list of holders that can't be read.
package struct HoldersError: Error, Sendable, Equatable, CustomStringConvertible {
    package var line: Int
    /// What is wrong and what to do; it quotes no identifier.
    package var message: String

    package var description: String { "line \(line): \(message)" }
}

extension Holders {
    /// Reads a list: `GRN,TIN` to a line, with commas, semicolons or tabs; several lines for a guarantee of several
    /// holders. Empty lines and lines that begin with `#` are passed over. A first line of names tells which column is
    /// which.
    ///
    /// - Throws: `HoldersError` with the first line that is none of these, or where there is no guarantee at all: such a list
    ///   would check nothing.
    package init(parsing bytes: [UInt8]) throws(HoldersError) {
        self.init()
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
        var isFirst = true
        var isSwapped = false
        for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let fields = line.split(omittingEmptySubsequences: false) { [0x2C, 0x3B, 0x09].contains($0) }.map(
                Self.trimmed)
            guard fields.contains(where: { !$0.isEmpty }), fields[0].first != UInt8(ascii: "#") else { continue }
            defer { isFirst = false }
            guard fields.count == 2 else {
                throw HoldersError(line: index + 1, message: "has \(fields.count) fields, not two: a GRN and a TIN.")
            }
            if isFirst, !fields.contains(where: { $0.contains(where: Self.isDigit) }) {
                isSwapped = try Self.isSwapped(fields, line: index + 1)
                continue
            }
            let (grn, tin) = isSwapped ? (fields[1], fields[0]) : (fields[0], fields[1])
            guard Self.looksLikeGRN(grn) else {
                throw HoldersError(
                    line: index + 1,
                    message:
                        "\(isSwapped ? "ends" : "begins") with no GRN: two digits, two letters, and letters and digits, "
                        + "24 at most. Where the columns stand the other way round, a first line of names must say so.")
            }
            guard (1...17).contains(tin.count), tin.allSatisfy(Self.isAlphanumeric) else {
                throw HoldersError(
                    line: index + 1,
                    message: "\(isSwapped ? "begins" : "ends") with no TIN: 1 to 17 letters or digits.")
            }
            add(grn: String(decoding: grn, as: UTF8.self), tin: String(decoding: tin, as: UTF8.self))
        }
        guard count > 0 else {
            throw HoldersError(line: 1, message: "names no guarantee: a list without one would check nothing.")
        }
    }

    /// Whether a line of names has the tax identifier first.
    private static func isSwapped(_ names: [ArraySlice<UInt8>], line: Int) throws(HoldersError) -> Bool {
        let words = names.map { String(decoding: $0, as: UTF8.self).uppercased() }
        let grns = words.map { $0.contains("GRN") || $0.contains("GUARANTEE") }
        let tins = words.map { word in ["TIN", "EORI", "HOLDER"].contains { word.contains($0) } }
        switch (grns, tins) {
        case ([true, false], [false, true]): return false
        case ([false, true], [true, false]): return true
        default:
            throw HoldersError(
                line: line, message: "names other columns than GRN and TIN: name these two, or leave it out.")
        }
    }

    /// Two digits and two letters, and no more than 24 letters and digits: what no tax identifier is.
    private static func looksLikeGRN(_ text: ArraySlice<UInt8>) -> Bool {
        (5...24).contains(text.count) && text.allSatisfy(isAlphanumeric) && text.prefix(2).allSatisfy(isDigit)
            && !text.dropFirst(2).prefix(2).contains(where: isDigit)
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
