import TestSupport
import Testing

@testable import XMLMessages

@Suite("A message whose markup is known is read as libxml2 reads it")
struct KnownMarkupTests {
    /// A root with two leaves, of which one may be missing, and a group that may repeat, with a leaf and a group inside.
    private static let shape = XMLShape(elements: [
        .init(name: "Root", children: 1..<4, minimum: 1, maximum: 1),
        .init(name: "First", children: 4..<4, minimum: 1, maximum: 1),
        .init(name: "Maybe", children: 4..<4, minimum: 0, maximum: 1),
        .init(name: "Group", children: 4..<6, minimum: 1, maximum: 3),
        .init(name: "Leaf", children: 6..<6, minimum: 1, maximum: 2),
        .init(name: "Inner", children: 6..<7, minimum: 0, maximum: 1),
        .init(name: "Deep", children: 7..<7, minimum: 1, maximum: 1),
    ])

    private static let messages = [
        "<Root><First>1</First><Group><Leaf>a</Leaf></Group></Root>",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Root>
          <First>one</First>
          <Maybe>two</Maybe>
          <Group>
            <Leaf>three</Leaf>
            <Leaf> </Leaf>
            <Inner>
              <Deep>four</Deep>
            </Inner>
          </Group>
          <Group><Leaf>five</Leaf></Group>
        </Root>

        """,
        "<?xml version='1.0' standalone='yes'?>\r\n<Root >\t<First></First><Group ><Leaf>é</Leaf ></Group></Root>  ",
        "<Root><First>a&amp;b</First><Group><Leaf><![CDATA[c]]></Leaf></Group></Root>",
        "<Root><!-- c --><First>1</First><?pi x?><Group><Leaf/></Group></Root>",
        "<Root><First>1<!-- c -->2</First><Group><Leaf>x\ny</Leaf></Group></Root>",
    ]

    private func same(_ text: String, _ one: ShapedReader, _ other: ShapedReader) {
        same(Array(text.utf8), one, other)
    }

    @discardableResult
    private func same(_ bytes: [UInt8], _ one: ShapedReader, _ other: ShapedReader) -> Bool {
        var (message, expected) = (ShapedMessage(), ShapedMessage())
        let isRead = one.read(bytes.span, encoding: .declared, into: &message)
        let isExpected = other.read(bytes.span, encoding: .declared, into: &expected)
        #expect(isRead == isExpected, "\(String(decoding: bytes, as: UTF8.self))")
        if isRead, isExpected {
            #expect(message.shape == expected.shape)
            #expect(message.texts == expected.texts, "\(String(decoding: bytes, as: UTF8.self))")
            #expect(
                message.elements.map(Self.comparable) == expected.elements.map(Self.comparable),
                "\(String(decoding: bytes, as: UTF8.self))")
        }
        return isRead
    }

    /// Where nothing is counts for nothing.
    private static func comparable(_ element: ShapedMessage.Element) -> [Int32] {
        [element.element, element.extent, element.count, element.count > 0 ? element.start : 0]
    }

    private func readers() -> (remembering: ShapedReader, plain: ShapedReader) {
        (ShapedReader([Self.shape]), ShapedReader([Self.shape], remembersMarkup: false))
    }

    @Test("however a text is changed", arguments: messages)
    func texts(message: String) {
        let (one, other) = readers()
        same(message, one, other)
        for text in [
            "", " ", "x", "1 2", "  a", "a ", "a\tb", "a\nb", "a\rb", "a\r\nb", "&amp;", "&#65;", "&x;", "a>b", "]]>",
            "]]",
            "<b/>", "</First>", "<!-- x -->", "<![CDATA[x]]>", "é", "😀", "\u{7F}", "\u{1}", "\u{0}", "\u{FFFE}", "\"'",
            String(repeating: "long ", count: 20_000),
        ] {
            for known in ["1", "one", "two", "three", "four", "five", "a", "é"] {
                same(message.replacing(">\(known)<", with: ">\(text)<"), one, other)
            }
        }
    }

    @Test("whichever bytes are changed, taken away or put in")
    func bytes() {
        var random = SeededRandom.forTest("bytes of known markup")
        let (one, other) = readers()
        let odd = Array("<>&/!?[]- \n\r\t\"'=xé;#\0\u{1}".utf8)
        var read = 0
        for round in 0..<40_000 {
            let message = Self.messages[round % Self.messages.count]
            // The one that is known must be known again and again.
            if round % 50 < Self.messages.count { same(message, one, other) }
            var bytes = Array(message.utf8)
            for _ in 0..<random.int(in: 1...3) {
                let place = random.below(bytes.count)
                switch random.below(4) {
                case 0: bytes[place] = random.pick(odd)
                case 1: bytes[place] = UInt8(random.below(256))
                case 2: bytes.remove(at: place)
                default:
                    bytes.insert(random.chance(50) ? random.pick(odd) : bytes[random.below(bytes.count)], at: place)
                }
            }
            if same(bytes, one, other) { read += 1 }
        }
        #expect(read > 1_000)
    }

    @Test("also where there are many kinds of markup, and in other encodings")
    func manyKinds() {
        let (one, other) = readers()
        for round in 0..<3 {
            for indent in 0..<20 {
                let space = "\n" + String(repeating: " ", count: indent)
                same("<Root>\(space)<First>\(round)</First><Group><Leaf>\(indent)</Leaf></Group></Root>", one, other)
            }
            let declared = #"<?xml version="1.0" encoding="ISO-8859-1"?><Root><First>"#
            let rest = "</First><Group><Leaf>x</Leaf></Group></Root>"
            #expect(same(Array(declared.utf8) + [0x61, 0xE9] + Array(rest.utf8), one, other))
            #expect(same(Array(declared.utf8) + [0x61, 0x62] + Array(rest.utf8), one, other))
            #expect(!same([0xEF, 0xBB, 0xBF, 0xC3] + Array("<Root>".utf8), one, other))
        }
    }
}
