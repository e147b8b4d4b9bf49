import GuaranteeModel
import Testing
import XMLMessages

@Suite struct PlaceTests {
    @Test func anElementStandsAtTheLessThanOfItsStartTag() throws {
        #expect(places(try read("<a><b/><c>x</c><d\n/><e>y</e></a>")) == ["1:1", "1:4", "1:8", "1:16", "2:3"])
    }

    @Test func aStartTagOverManyLinesStandsWhereItBegins() throws {
        #expect(places(try read("<a\n  x='1'\n  y='>'\n>\n <b\n\n/></a>")) == ["1:1", "1:1", "1:1", "5:2"])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func everyLineEndOfXMLCounts(lineEnd: String) throws {
        let xml = ["<?xml version='1.0'?>", "<a>", "  <b>1", "</b> <c/>", "", "<d/>", "</a>"]
        #expect(places(try read(xml.joined(separator: lineEnd))) == ["2:1", "3:3", "4:6", "6:1"])
    }

    @Test func commentsSectionsAndAttributesMayHoldLineEnds() throws {
        let xml = "<a><!--\n\n--><b>\n<![CDATA[\n<x>]]></b><c x='\n'/>\n<?p\n?><d/></a>"
        #expect(places(try read(xml)) == ["1:1", "3:4", "5:11", "5:11", "8:3"])
    }

    @Test func columnsCountBytesInUTF8() throws {
        #expect(places(try read("<a><b>é😀</b><c/></a>")) == ["1:1", "1:4", "1:17"])
    }

    @Test func aByteOrderMarkTakesNoColumn() throws {
        #expect(places(try read("\u{FEFF}<a/>")) == ["1:1"])
    }

    @Test func columnsCountCharactersInOtherEncodings() throws {
        let declaration = "<?xml version='1.0' encoding='ISO-8859-1'?>\n"
        let bytes = Array(declaration.utf8) + Array("<a><b>".utf8) + [0xE9, 0xE9] + Array("</b><c/><d/></a>".utf8)
        #expect(places(try XMLReader().read(bytes)) == ["2:1", "2:4", "2:13", "2:17"])
    }

    @Test func textBetweenElementsStandsAtItsFirstCharacterThatIsNotWhiteSpace() throws {
        #expect(
            places(try read("<a>\n  one <b/><!-- x -->\n <![CDATA[ two]]><c/></a>")) == [
                "1:1", "2:3", "2:7", "3:12", "3:18",
            ])
    }

    @Test func aThousandLinesAreCounted() throws {
        let rows = (0..<1000).map { "  <row>\(String(repeating: "x", count: $0 % 23))</row>" }
        let tree = try read("<a>\n" + rows.joined(separator: "\n") + "\n</a>")
        for (index, node) in tree.children(of: 0).enumerated() {
            #expect(tree.nodes[node].place == Place(line: index + 2, column: 3))
        }
    }
}
