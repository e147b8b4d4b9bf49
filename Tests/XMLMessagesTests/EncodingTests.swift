import GuaranteeModel
import Testing
import XMLMessages

@Suite struct EncodingTests {
    static func declared(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Array("<?xml version=\"1.0\" encoding=\"\(name)\"?><a>".utf8) + content + Array("</a>".utf8)
    }

    static func utf16(_ text: String, bigEndian: Bool, mark: Bool = true) -> [UInt8] {
        ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit in
            let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return bigEndian ? pair : pair.reversed()
        }
    }

    @Test(arguments: [
        "", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>", "\u{FEFF}",
    ])
    func utf8IsReadWithAndWithoutAMark(start: String) throws {
        #expect(try read(start + "<a>é€😀</a>").text(of: 0) == "é€😀")
    }

    @Test(arguments: [true, false], [true, false])
    func utf16IsReadInBothOrders(bigEndian: Bool, mark: Bool) throws {
        for declaration in ["<?xml version='1.0' encoding='UTF-16'?>", "<?xml version='1.0'?>", ""] {
            let bytes = Self.utf16(declaration + "<a>é€😀\n</a>", bigEndian: bigEndian, mark: mark)
            #expect(try XMLReader().read(bytes).text(of: 0) == "é€😀\n")
        }
    }

    @Test(
        arguments: [
            ("ISO-8859-1", [0xE9, 0xA4], "é¤"), ("iso-8859-1", [0xFF], "ÿ"), ("ISO-8859-15", [0xE9, 0xA4], "é€"),
            ("Windows-1252", [0xE9, 0x80, 0x9F, 0xA4], "é€Ÿ¤"), ("windows-1252", [0x93], "“"), ("cp1252", [0x99], "™"),
            ("US-ASCII", [0x41], "A"),
        ] as [(String, [UInt8], String)])
    func encodingsOfOneByteAreReadAsDeclared(name: String, content: [UInt8], text: String) throws {
        #expect(try XMLReader().read(Self.declared(name, content)).text(of: 0) == text)
    }

    @Test func everyByteOfWindows1252IsReadOrRefused() throws {
        let undefined: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
        for byte in UInt8(0x80)...0xFF {
            let code = refusal(of: Self.declared("windows-1252", [byte]))?.code
            #expect(code == (undefined.contains(byte) ? .encoding : nil), "\(byte)")
        }
    }

    @Test(arguments: ["ISO-8859-1", "UTF-16", "windows-1252", "US-ASCII", "no-such-encoding"])
    func aMarkGoesBeforeTheDeclaration(name: String) throws {
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Self.declared(name, Array("é".utf8))
        #expect(try XMLReader().read(bytes).text(of: 0) == "é")
    }

    @Test(arguments: ["ISO-8859-1", "UTF-16", "windows-1252", "US-ASCII", "no-such-encoding"])
    func decodedTextIsUTF8WhateverTheDeclarationSays(name: String) throws {
        let bytes = Self.declared(name, Array("é".utf8))
        #expect(Array(try XMLReader().read(bytes, encoding: .decodedText).textBytes(of: 0)) == [0xC3, 0xA9])
    }

    @Test func decodedTextMayBeginWithAMark() throws {
        #expect(try read("\u{FEFF}<a>é</a>", encoding: .decodedText).text(of: 0) == "é")
    }

    @Test func decodedTextIsNeverTakenForUTF16() throws {
        let bytes = Self.utf16("<a/>", bigEndian: false)
        #expect(refusal(of: bytes, encoding: .decodedText)?.code == .encoding)
    }

    @Test(
        arguments: [
            [0xE9], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xFF],
        ] as [[UInt8]])
    func bytesThatAreNotUTF8AreRefusedWhereTheyStand(content: [UInt8]) throws {
        for bytes in [Array("<a>\n ".utf8) + content + Array("</a>".utf8)] {
            let error = try #require(refusal(of: bytes))
            #expect(error.code == .encoding)
            #expect(error.place == Place(line: 2, column: 2))
            #expect(refusal(of: bytes, encoding: .decodedText) == error)
        }
    }

    @Test func eightBitTextIsNotUTF16() throws {
        #expect(refusal(of: Self.declared("UTF-16", [0x41]))?.code == .encoding)
    }

    @Test(arguments: ["x", "UTF-7", "EBCDIC-CP-US", "ISO-2022-JP", "UCS-4"])
    func otherEncodingsAreRefused(name: String) throws {
        #expect(refusal(of: Self.declared(name, [0x41]))?.code == .encoding)
    }

    @Test func bytesBeyondASCIIAreNotASCII() throws {
        #expect(refusal(of: Self.declared("US-ASCII", [0xC3, 0xA9]))?.code == .encoding)
    }

    @Test func brokenUTF16IsRefused() throws {
        let whole = Self.utf16("<a>x\n😀</a>", bigEndian: true)
        #expect(refusal(of: Array(whole.dropLast()))?.code == .encoding)
        let halves = whole.split(separator: 0xD8, maxSplits: 1)
        let withoutHighSurrogate = Array(halves[0]) + Array(halves[1].dropFirst())
        let error = try #require(refusal(of: withoutHighSurrogate))
        #expect(error.code == .encoding)
        #expect(error.place == Place(line: 2, column: 1))
    }

    @Test func aNULInUTF16IsRefused() throws {
        #expect(refusal(of: Self.utf16("<a>\0</a>", bigEndian: true))?.code == .malformed)
    }

    @Test func otherVersionsAreReadOrRefused() throws {
        #expect(try read("<?xml version='1.1'?><a>1</a>").text(of: 0) == "1")
        #expect(refusal(of: "<?xml version='2.0'?><a>1</a>")?.code == .malformed)
    }

    @Test func anEncodingNamedAnywhereElseCountsForNothing() throws {
        #expect(try read("<!-- encoding='x' --><a encoding='ISO-8859-1'>é</a>").text(of: 0) == "é")
        #expect(try read("<?xml version=\"1.0\" ?><?xml-x encoding='x'?><a>é</a>").text(of: 0) == "é")
    }
}
