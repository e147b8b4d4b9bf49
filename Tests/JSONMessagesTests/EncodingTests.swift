import GuaranteeModel
import JSONMessages
import Testing

@Suite("Encodings other than UTF-8")
struct EncodingTests {
    /// A text in UTF-16 or UTF-32.
    static func units(_ text: String, size: Int, bigEndian: Bool) -> [UInt8] {
        let units = size == 2 ? text.utf16.map(UInt32.init) : text.unicodeScalars.map(\.value)
        return units.flatMap { unit in
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: unit >> (8 * UInt32($0))) }
            return bigEndian ? bytes.reversed() : bytes
        }
    }

    @Test(
        "UTF-16 and UTF-32 are told by mark or by zero bytes",
        arguments: [2, 4], [true, false])
    func transcodes(size: Int, bigEndian: Bool) throws {
        for text in ["{\"aé\":\"€😀\u{10FFFF}\"}\r\n", "0", "12", "[]", "\"é\"", "\"€\"", " \n\"😀\""] {
            let bytes = Self.units(text, size: size, bigEndian: bigEndian)
            let marked = Self.units("\u{FEFF}" + text, size: size, bigEndian: bigEndian)
            #expect(try JSONText.utf8(from: bytes) == Array(text.utf8))
            #expect(try JSONText.utf8(from: marked) == Array(text.utf8))
        }
    }

    @Test(
        "All else comes back as it is, without its byte order mark",
        arguments: [
            ([], []),
            ([0x31], [0x31]),
            (Array("{\"é\":1}".utf8), Array("{\"é\":1}".utf8)),
            (Array("\u{FEFF}{}".utf8), Array("{}".utf8)),
            ([0x22, 0xFF, 0x22], [0x22, 0xFF, 0x22]),
            ([0x00], [0x00]),
            ([0x00, 0x00, 0x00, 0x00], [0x00, 0x00, 0x00, 0x00]),
        ] as [([UInt8], [UInt8])])
    func untouched(bytes: [UInt8], expected: [UInt8]) throws {
        #expect(try JSONText.utf8(from: bytes) == expected)
    }

    @Test(
        "Code units that are no characters are refused where they stand",
        arguments: [
            ([0x22, 0x00, 0x00, 0xD8, 0x22, 0x00], Place(line: 1, column: 3, offset: 2)),
            ([0x22, 0x00, 0x00, 0xDC], Place(line: 1, column: 3, offset: 2)),
            ([0x00, 0x0A, 0x00, 0x22, 0xD8, 0x3D], Place(line: 2, column: 3, offset: 4)),
            ([0xFE, 0xFF, 0x00, 0x22, 0xD8, 0x3D, 0xDE], Place(line: 1, column: 5, offset: 4)),
            ([0xFF, 0xFE, 0x31, 0x00, 0x32], Place(line: 1, column: 5, offset: 4)),
            ([0x22, 0x00, 0x00, 0x00, 0x00, 0xD8, 0x00, 0x00], Place(line: 1, column: 5, offset: 4)),
            ([0x00, 0x00, 0x00, 0x22, 0x00, 0x11, 0x00, 0x00], Place(line: 1, column: 5, offset: 4)),
            ([0x00, 0x00, 0xFE, 0xFF, 0x00, 0x00], Place(line: 1, column: 5, offset: 4)),
        ] as [([UInt8], Place)])
    func refuses(bytes: [UInt8], place: Place) {
        do throws(JSONError) {
            _ = try JSONText.utf8(from: bytes)
            Issue.record("taken")
        } catch {
            #expect(error.code == .encoding)
            #expect(error.place == place)
        }
    }
}
