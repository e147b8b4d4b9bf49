import GuaranteeModel
import Testing
import XMLMessages

@Suite struct XMLWriterTests {
    @Test(arguments: [
        "<a/>", "<a>x</a>", "<a> </a>", "<a><b>1</b><b/><c><d>2</d></c></a>", "<a>&lt;b&gt; &amp;amp; \"'é😀</a>",
        "<a>1&#13;&#10;2&#9;3&#10;</a>", "<a x=\"1\" p:y=\"&quot;&lt;&#10;&#9;'\"/>", "<a xmlns=\"u\">text</a>",
        "<p:a xmlns:p=\"u\"><p:b/></p:a>", "<a>one<b/>two<c>x</c> three</a>", "<a x=\"1\"><b/></a>", "<a>]]&gt;</a>",
    ])
    func whatIsWrittenSoIsReadAndWrittenAgainTheSame(xml: String) throws {
        #expect(try written(read(xml)) == xml)
    }

    @Test func aDeclarationIsWrittenOnDemand() throws {
        let tree = try read("<a><b>1</b></a>")
        #expect(
            try written(tree, declaration: true) == "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a><b>1</b></a>")
        #expect(
            try written(tree, style: .pretty, declaration: true)
                == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n  <b>1</b>\n</a>")
    }

    @Test func prettyIsAnElementALine() throws {
        let tree = try read("<a x='1'><b><c>1</c><d/></b><e> </e></a>")
        #expect(
            try written(tree, style: .pretty) == """
                <a x="1">
                  <b>
                    <c>1</c>
                    <d/>
                  </b>
                  <e> </e>
                </a>
                """)
    }

    @Test func prettyAddsNothingToText() throws {
        let tree = try read("<a><m>one<b><c/></b></m><d/></a>")
        #expect(
            try written(tree, style: .pretty) == """
                <a>
                  <m>one<b><c/></b></m>
                  <d/>
                </a>
                """)
    }

    @Test func anElementInsideAnotherIsWrittenAlone() throws {
        let tree = try read("<transitRequest><CD034A><b>1</b></CD034A></transitRequest>")
        var output = Array("> ".utf8)
        try XMLWriter.write(tree, node: 1, into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "> <CD034A><b>1</b></CD034A>")
    }

    @Test(arguments: [0x0, 0x1, 0x8, 0xB, 0xC, 0xE, 0x1F, 0xFFFE, 0xFFFF] as [UInt32])
    func charactersThatXMLCannotHoldAreRefused(scalar: UInt32) throws {
        let character = try #require(Unicode.Scalar(scalar))
        for name in ["b", "@b"] {
            var tree = WireTree(syntax: .xml)
            tree.begin(.group, name: "a")
            tree.leaf(.string, name: "before", text: "1")
            let node = tree.leaf(.string, name: name, text: "s3cr\(character)t")
            tree.end()
            var output = Array("kept".utf8)
            let error = #expect(throws: XMLWritingError.self) { try XMLWriter.write(tree, into: &output) }
            #expect(error == XMLWritingError(node: node, scalar: scalar))
            #expect(error?.description.contains("s3cr") == false)
            #expect(output == Array("kept".utf8))
        }
    }

    @Test func anErrorNamesTheCharacter() {
        #expect(XMLWritingError(node: 1, scalar: 0xB).description.contains("U+000B"))
    }

    @Test(arguments: [
        "\u{7F}", "\u{85}", "\u{2028}", "\u{FFFD}", "\u{FEFF}", "\u{F8FF}", "\u{10FFFF}", "\u{E000}", "ﾀ",
    ])
    func charactersThatXMLCanHoldAreWrittenAndReadBack(text: String) throws {
        var tree = WireTree(syntax: .xml)
        tree.leaf(.string, name: "a", text: text)
        #expect(Array(try read(written(tree)).textBytes(of: 0)) == Array(text.utf8))
    }
}
