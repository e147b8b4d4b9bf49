import GuaranteeModel
import JSONMessages
import Testing

@Suite("Strings")
struct StringTests {
    @Test(
        "Escapes are decoded",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u0041\u00e9\u00C9\u20ac""#, "Aé\u{C9}€"),
            (#""\u0000""#, "\u{0}"),
            (#""\ud83d\ude00""#, "😀"),
            (#""\uD800\uDC00\udbff\udfff""#, "\u{10000}\u{10FFFF}"),
            (#""a\u007fb\ud7ff\ue000c\uffff""#, "a\u{7F}b\u{D7FF}\u{E000}c\u{FFFF}"),
            (#""é\né""#, "é\né"),
            (#""\\u0041""#, "\\u0041"),
            (#""<?xml version=\"1.0\"?>\r\n<a/>""#, "<?xml version=\"1.0\"?>\r\n<a/>"),
        ])
    func escapes(text: String, decoded: String) throws {
        let tree = try read(text)
        #expect(tree.text(of: 0).isSpelled(decoded))
        let member = try read("{\(text):\(text)}")
        #expect(member.name(of: 1).isSpelled(decoded))
        #expect(member.text(of: 1).isSpelled(decoded))
    }

    @Test(
        "Strings that are wrong are refused, escapes at their backslash",
        arguments: [
            (#""a"#, 2),
            (#""a\"#, 3),
            (#""a\""#, 4),
            (#""\x""#, 1),
            (#""\'""#, 1),
            (#""\N""#, 1),
            (#""\u""#, 1),
            (#""\u12""#, 1),
            (#""\u12g4""#, 1),
            (#""\u+123""#, 1),
            (#""\u123"#, 6),
            (#""\U0041""#, 1),
            (#""ab\ud800""#, 3),
            (#""\ud800x""#, 1),
            (#""\ud800\n""#, 1),
            (#""\ud800\u0041""#, 1),
            (#""\ud800\ud800""#, 1),
            (#""\ud800\u00zz""#, 7),
            (#""\ud800\udc0"#, 12),
            (#""\udc00""#, 1),
            (#""\ude00\ud83d""#, 1),
            ("\"a\nb\"", 2),
            ("\"\t\"", 1),
            ("\"\u{0}\"", 1),
            ("\"\u{1F}\"", 1),
            ("\"a\\\nb\"", 2),
        ])
    func refuses(text: String, offset: Int) {
        #expect(Outcome(reading: text) == .failed(.malformed, offset: offset))
    }

    /// Strings are read eight bytes at a time.
    @Test(
        "An escape, or what is not ASCII, is read wherever it stands, and refused so",
        arguments: [
            (#"\""#, "\""), (#"\n"#, "\n"), (#"\/"#, "/"), (#"\\"#, "\\"), (#"\u0041"#, "A"), (#"\ud83d\ude00"#, "😀"),
            ("é", "é"), ("€", "€"), ("😀", "😀"), (#"\t\t"#, "\t\t"), (#"é\n"#, "é\n"), (#"\n\u00e9\""#, "\né\""),
            (#"\x"#, nil), ("\n", nil), ("\u{0}", nil), (#"\u1g"#, nil),
        ] as [(String, String?)])
    func everywhere(spelled: String, decoded: String?) throws {
        let letters = "abcdefghijklmnopqrst"
        for before in 0...letters.count {
            for after in 0...letters.count {
                let (start, end) = (letters.prefix(before), letters.suffix(after))
                let text = "\"\(start)\(spelled)\(end)\""
                guard let decoded else {
                    #expect(Outcome(reading: text) == .failed(.malformed, offset: 1 + before))
                    continue
                }
                let tree = try read("[\(text),{\(text): \(text)}]")
                let places = [tree.text(of: 1), tree.name(of: 3), tree.text(of: 3)]
                try #require(places.allSatisfy { $0.isSpelled("\(start)\(decoded)\(end)") }, "\(text)")
                // The same where nothing follows it.
                try #require(try read(text).text(of: 0).isSpelled("\(start)\(decoded)\(end)"), "\(text)")
                let broken = Outcome(reading: String(text.dropLast()))
                try #require(broken == .failed(.malformed, offset: text.utf8.count - 1), "\(text)")
            }
        }
    }

    static let illFormed: [[UInt8]] = [
        [0x80], [0xBF], [0xFE], [0xFF],  // no beginning
        [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF],  // overlong, two bytes
        [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],  // overlong, three bytes
        [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],  // overlong, four bytes
        [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],  // surrogates
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],  // beyond U+10FFFF
        [0xC3], [0xE2, 0x82], [0xE2], [0xF0, 0x9F, 0x98], [0xF0, 0x9F], [0xF0],  // broken off
        [0xC3, 0x41], [0xE2, 0x41, 0xAC], [0xE2, 0x82, 0x41], [0xF0, 0x9F, 0x98, 0x41],  // broken off by another
    ]

    @Test("Bytes that are no UTF-8 are refused where they begin, wherever they stand", arguments: illFormed)
    func encoding(bytes: [UInt8]) {
        func around(_ before: String, _ after: String) -> Outcome {
            Outcome(reading: Array(before.utf8) + bytes + Array(after.utf8))
        }
        #expect(around(#"{"é":"ab"#, #""}"#) == .failed(.encoding, offset: 9))
        #expect(around(#"{"a\n"#, #"":1}"#) == .failed(.encoding, offset: 5))
        #expect(around(#"""#, "") == .failed(.encoding, offset: 1))
        #expect(around("[1,", "]") == .failed(.encoding, offset: 3))
        #expect(around("[1", "]") == .failed(.encoding, offset: 2))
        #expect(around("[-", "]") == .failed(.encoding, offset: 2))
        #expect(around("[tr", "]") == .failed(.encoding, offset: 3))
        #expect(around("{", "}") == .failed(.encoding, offset: 1))
        #expect(around("{}", "") == .failed(.encoding, offset: 2))
    }

    @Test("The first and last characters of every UTF-8 length are taken")
    func boundaries() throws {
        let text =
            "\u{20}\u{7F}\u{80}\u{7FF}\u{800}\u{FFF}\u{1000}\u{CFFF}\u{D7FF}\u{E000}\u{FFFF}"
            + "\u{10000}\u{FFFFF}\u{10FFFF}"
        #expect(try read("\"\(text)\"").text(of: 0).isSpelled(text))
    }

    @Test("Messages do not repeat what strings hold")
    func secrets() throws {
        for text in [#"{"accessCode":"s3cr\x"}"#, #"{"accessCode":"s3cr"s3cr"}"#, #"["s3cr" s3cr"#, "\"s3cr"] {
            let error = try #require(refusal(of: text))
            #expect(!error.description.contains("s3cr"))
        }
    }
}
