import GuaranteeModel
import Testing
import XMLMessages

@Suite struct RefusalTests {
    @Test(arguments: [
        ("", "1:1"), ("  ", "1:3"), ("text", "1:1"), ("<a>", "1:4"), ("<a", "1:3"), ("<a><b></b>", "1:11"),
        ("<a><b>1</b></a", "1:15"), ("<a>1", "1:5"), ("<a><![CDATA[1", "1:14"), ("<a><!-- ", "1:9"),
        ("<a/><b/>", "1:5"), ("<a/>\n<?xml version='1.0'?><a/>", "2:6"), ("<a/>text", "1:5"),
        ("<a>\n<b>\n</a>", "3:1"), ("</a>", "1:1"), ("<a x='1' x='2'/>", "1:15"), ("<a x=1/>", "1:6"),
        ("<a x='<'/>", "1:7"), ("<a>1 < 2</a>", "1:6"), ("<a>1 & 2</a>", "1:6"), ("<a>]]></a>", "1:4"),
        ("<a>\n &foo;</a>", "2:2"), ("<a x='&foo;'/>", "1:7"), ("<a>&#1;</a>", "1:4"), ("<a>&#x110000;</a>", "1:4"),
        ("<a>\u{1}</a>", "1:4"), ("<a>\u{FFFE}</a>", "1:4"), (" <?xml version='1.0'?><a/>", "1:7"),
        ("<?xml version='2.0'?><a/>", "1:20"), ("<a><!DOCTYPE a></a>", "1:4"), ("<a/><!DOCTYPE a>", "1:5"),
        ("<a><b xmlns:p=''/></a>", "1:17"), ("<a:b:c/>", "1:5"),
    ])
    func whatIsNotWellFormedIsMalformed(xml: String, place: String) throws {
        let error = try #require(refusal(of: xml))
        #expect(error.code == .malformed)
        #expect("\(error.place.line):\(error.place.column)" == place)
    }

    @Test(arguments: ["\0", "<a>\0</a>", "<a/>\0", "<a/>\0<b/>", "<a x='\0'/>", "<!-- \0 --><a/>", "<a\0/>"])
    func aNULIsRefusedWhereverItStands(xml: String) throws {
        let error = try #require(refusal(of: xml))
        #expect(error.code == .malformed)
        #expect(Int(error.place.column) == Array(xml.utf8).prefix { $0 != 0 }.count + 1)
    }

    @Test func everyPrefixOfAMessageIsRefused() throws {
        let message = Array("<?xml version='1.0'?><a x='&lt;'><!-- c --><b>&#65;é<![CDATA[1]]></b></a>".utf8)
        for count in 0..<message.count {
            #expect(refusal(of: Array(message.prefix(count))) != nil, "\(count) bytes")
        }
        #expect(refusal(of: message) == nil)
    }

    @Test(arguments: [
        ("<!DOCTYPE a><a/>", "1:1"),
        ("<?xml version='1.0'?>\n<!-- <a> -->\n <!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "3:2"),
        ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "1:1"),
        ("<!DOCTYPE a PUBLIC '-//X' 'http://localhost:1/x.dtd'><a/>", "1:1"),
        ("<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://localhost:1/x'> %p;]><a/>", "1:1"),
        ("<!DOCTYPE", "1:1"),
    ])
    func aDocumentTypeIsRefused(xml: String, place: String) throws {
        let error = try #require(refusal(of: xml))
        #expect(error.code == .doctype)
        #expect("\(error.place.line):\(error.place.column)" == place)
        #expect(refusal(of: xml, encoding: .decodedText)?.code == .doctype)
    }

    @Test func aBillionLaughsCostNothing() throws {
        var xml = "<!DOCTYPE a [<!ENTITY l0 'lol'>"
        for level in 1...30 {
            xml += "<!ENTITY l\(level) '" + String(repeating: "&l\(level - 1);", count: 10) + "'>"
        }
        #expect(refusal(of: xml + "]><a>&l30;</a>")?.code == .doctype)
    }

    @Test func nestingIsRefusedAtTheElementThatIsTooDeep() throws {
        let depth = 100_000
        let error = try #require(
            refusal(of: String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)))
        #expect(error.code == .tooDeep)
        #expect(error.place == Place(line: 1, column: 64 * 3 + 1))
    }

    @Test func theDepthLimitCountsTheRoot() throws {
        var limits = XMLReader.Limits()
        limits.maximumDepth = 3
        let reader = XMLReader(limits: limits)
        #expect(refusal(of: Array("<a><b><c/></b><b><c/></b></a>".utf8), by: reader) == nil)
        #expect(refusal(of: Array("<a><b><c><d/></c></b></a>".utf8), by: reader)?.code == .tooDeep)
    }

    @Test func aDepthLimitBeyondLibxml2sIsLibxml2s() throws {
        var limits = XMLReader.Limits()
        limits.maximumDepth = 10_000
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)).utf8)
        }
        #expect(refusal(of: nested(256), by: XMLReader(limits: limits)) == nil)
        #expect(refusal(of: nested(257), by: XMLReader(limits: limits))?.code == .tooDeep)
    }

    @Test(arguments: [
        "<a><b/><c/><d/></a>", "<a b='' c='' d=''/>", "<a xmlns='' xmlns:p='u' c=''/>", "<a>x<b/>y<c/></a>",
        "<a><b/><c/>x</a>",
    ])
    func elementsAttributesAndTextsCountAsNodes(xml: String) throws {
        var limits = XMLReader.Limits()
        limits.maximumNodes = 3
        #expect(refusal(of: Array(xml.utf8), by: XMLReader(limits: limits))?.code == .tooLarge)
        limits.maximumNodes = 5
        #expect(refusal(of: Array(xml.utf8), by: XMLReader(limits: limits)) == nil)
    }

    @Test(arguments: ["<a x='%'/>", "<a><![CDATA[%]]></a>", "<%/>"])
    func partsBeyondLibxml2sLimitsAreTooLarge(template: String) throws {
        let long = String(repeating: "x", count: 10_100_000)
        #expect(refusal(of: template.replacing("%", with: long))?.code == .tooLarge)
    }

    @Test(arguments: [
        "<a>s3cr&t;</a>", "<a>s3cr</b></a>", "<a>s3cr & t</a>", "<a>s3cr\u{1}</a>", "<a>s3cr]]></a>",
        "<a x='s3cr</a>", "<a x='s3cr' x='s3cr'/>", "<a>s3cr", "<a/>s3cr", "s3cr", "<a>&#s3cr;</a>", "<a>&s3cr;</a>",
        "<a>s3cr&s3cr</a>", "<?xml version='s3cr'?><a/>", "<?xml version='1.0' encoding='s3cr'?><a/>",
        "<!DOCTYPE s3cr><a/>", "<a><![CDATA[s3cr</a>", "<a><!-- s3cr -- s3cr --></a>",
        "<a xmlns:p='s3cr' xmlns:p='s3cr'/>", "<a xmlns:xml='s3cr'/>",
    ])
    func anErrorNeverQuotesContent(xml: String) throws {
        let error = try #require(refusal(of: xml))
        #expect(!error.message.contains("s3cr"))
        #expect(!error.message.isEmpty)
    }

    @Test func anErrorSaysWhatAndWhere() throws {
        let error = try #require(refusal(of: "<a>\n <b>1</c></a>"))
        #expect(error.description == "line 2, column 6: an end tag that doesn't match the open element b")
    }
}
