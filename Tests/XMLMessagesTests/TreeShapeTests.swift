import GuaranteeModel
import Testing
import XMLMessages

@Suite struct TreeShapeTests {
    @Test func elementsWithElementsAreGroupsAndOthersStrings() throws {
        #expect(
            outline(try read("<CD034A><GUAREF2><G>21GB</G></GUAREF2><E/></CD034A>")) == [
                "group /CD034A=", "group /CD034A/GUAREF2=", "string /CD034A/GUAREF2/G=21GB", "string /CD034A/E=",
            ])
    }

    @Test func aTreeReadHasTheSyntaxOfXML() throws {
        #expect(try read("<a/>").syntax == .xml)
    }

    @Test(arguments: [
        ("<a>&lt;&amp;&gt;&quot;&apos;</a>", "<&>\"'"),
        ("<a>&#65;&#x1F600;é</a>", "A😀é"),
        ("<a>x<![CDATA[<b>&amp;]]>y</a>", "x<b>&amp;y"),
        ("<a> \t x\n </a>", " \t x\n "),
        ("<a>1\r\n2\r3\n4</a>", "1\n2\n3\n4"),
        ("<a>1&#13;&#10;2</a>", "1\r\n2"),
        ("<a>x<!-- no -->y<?no no?>z</a>", "xyz"),
        ("<a>  </a>", "  "),
        ("<a></a>", ""),
    ])
    func aLeafHoldsItsCharacterData(xml: String, text: String) throws {
        let tree = try read(xml)
        #expect(tree.nodes.count == 1)
        #expect(Array(tree.textBytes(of: 0)) == Array(text.utf8))
    }

    @Test func aTextOfManyMegabytesIsRead() throws {
        let text = String(repeating: "0123456789", count: 1_200_000)
        #expect(try read("<a>\(text)</a>").textBytes(of: 0).count == 12_000_000)
    }

    @Test func attributesAreTheFirstChildrenOfALeafThatKeepsItsText() throws {
        let tree = try read("<a x='1 &lt; 2' p:y='' xmlns='' xmlns:p='u'>text</a>")
        #expect(
            outline(tree) == [
                "string /a=text", "string /a/@xmlns=", "string /a/@xmlns:p=u", "string /a/@x=1 < 2", "string /a/@p:y=",
            ])
        #expect(tree.isLeaf(0))
    }

    @Test(arguments: [("&amp;", "&"), ("&#38;lt;", "&lt;"), ("&lt;&quot;&apos;>", "<\"'>"), ("a\n\tb&#10;", "a  b\n")])
    func anAttributeHoldsItsValueNormalisedAsXMLAsks(value: String, text: String) throws {
        #expect(try read("<a x=\"\(value)\"/>").text(of: 1) == text)
    }

    @Test func namesAreQualifiedNamesAsWritten() throws {
        #expect(
            outline(try read("<p:a xmlns:p='u'><p:b/><c xmlns='v'/></p:a>")) == [
                "group /p:a=", "string /p:a/@xmlns:p=u", "string /p:a/p:b=", "string /p:a/c=", "string /p:a/c/@xmlns=v",
            ])
    }

    @Test func aPrefixThatNothingDeclaresIsReadAsWritten() throws {
        #expect(outline(try read("<p:a q:x='1'/>")) == ["string /p:a=", "string /p:a/@q:x=1"])
    }

    @Test func whiteSpaceBetweenChildElementsLeavesNoTrace() throws {
        #expect(outline(try read("<a>\n  <b/>\t<c/>\r\n</a>")) == ["group /a=", "string /a/b=", "string /a/c="])
    }

    @Test func textBetweenChildElementsIsOneChildARun() throws {
        #expect(
            outline(try read("<a> one<!-- --> &amp; <![CDATA[two]]><b/> <c/>three\n</a>")) == [
                "group /a=", "string /a/#text[1]= one & two", "string /a/b=", "string /a/c=",
                "string /a/#text[2]=three\n",
            ])
    }

    @Test func commentsAndInstructionsAroundTheRootAreIgnored() throws {
        #expect(outline(try read("<?xml version='1.0'?><!-- <a> --><?p?><b/><!-- --><?q?>\n")) == ["string /b="])
    }

    @Test func aTreeIsBuiltInPlaceOfAnother() throws {
        let reader = XMLReader()
        var tree = WireTree(syntax: .json)
        for xml in ["<a><b>1</b></a>", "<c>2</c>"] {
            let bytes = Array(xml.utf8)
            try reader.read(bytes.span, encoding: .declared, into: &tree)
        }
        #expect(outline(tree) == ["string /c=2"])
        #expect(tree.syntax == .xml)
    }
}
