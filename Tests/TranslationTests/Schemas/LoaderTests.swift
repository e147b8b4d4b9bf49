import Testing

@testable import Translation

@Suite("Schemas that hold what the toolkit would ignore don't load")
struct LoaderTests {
    private func xsd(_ content: String) -> [UInt8] {
        Array(#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\#(content)</xs:schema>"#.utf8)
    }

    private static let type =
        #"<xs:simpleType name="T"><xs:restriction base="xs:token"><xs:length value="1"/></xs:restriction></xs:simpleType>"#

    @Test("A plain schema loads")
    func plainXSD() throws {
        let text =
            Self.type + """
                <xs:element name="A"><xs:complexType><xs:sequence><xs:element name="B" type="T" minOccurs="0" maxOccurs="9"/>\
                </xs:sequence></xs:complexType></xs:element>
                """
        let root = try XSDLoader.load(xsd(text))
        #expect(root.name == "A")
        #expect(root.children.map(\.name) == ["B"])
        #expect(root.children.map(\.minimum) == [0])
        #expect(root.children.map(\.maximum) == [9])
    }

    @Test(
        "XSD",
        arguments: [
            "", #"<xs:element name="A" type="T"/>"#, #"<xs:element type="T"/>"# + type,
            #"<xs:element name="A" type="T"/><xs:element name="B" type="T"/>"# + type,
            #"<xs:element name="A"/>"#, #"<xs:element name="A"><xs:complexType/></xs:element>"#,
            #"<xs:element name="A"><xs:complexType><xs:choice/></xs:complexType></xs:element>"#,
            #"<xs:element name="A"><xs:complexType><xs:sequence><xs:any/></xs:sequence></xs:complexType></xs:element>"#,
            #"<xs:element name="A" type="T"/><xs:simpleType name="T"><xs:restriction base="xs:string"/></xs:simpleType>"#,
            #"<xs:element name="A" type="T"/><xs:simpleType name="T"><xs:list itemType="xs:token"/></xs:simpleType>"#,
            #"<xs:element name="A" type="T"/><xs:simpleType name="T"><xs:restriction base="xs:token"><xs:totalDigits value="3"/></xs:restriction></xs:simpleType>"#,
            #"<xs:element name="A" type="T"/><xs:simpleType name="T"><xs:restriction base="xs:token"><xs:pattern value="\d"/></xs:restriction></xs:simpleType>"#,
        ])
    func refusedXSD(_ content: String) {
        #expect(throws: (any Error).self) { try XSDLoader.load(xsd(content)) }
    }

    @Test(
        "XSD's attributes that change the meaning",
        arguments: [
            #"<xs:element name="A" type="T" nillable="true"/>"#, #"<xs:element name="A" type="T" default="x"/>"#,
            #"<xs:element name="A" type="T" fixed="x"/>"#,
            #"<xs:element name="A"><xs:complexType mixed="true"><xs:sequence/></xs:complexType></xs:element>"#,
            #"<xs:element name="A"><xs:complexType><xs:sequence maxOccurs="2"><xs:element name="B" type="T"/></xs:sequence></xs:complexType></xs:element>"#,
            #"<xs:attribute name="x" type="xs:string"/><xs:element name="A" type="T"/>"#,
        ])
    func refusedAttributes(_ content: String) {
        #expect(throws: (any Error).self) { try XSDLoader.load(xsd(content + Self.type)) }
    }

    @Test("A plain JSON Schema loads")
    func plainJSON() throws {
        let text =
            #"{"type":"object","properties":{"a":{"type":"array","minItems":1,"items":{"type":"string"}}},"required":["a"]}"#
        let root = try JSONSchemaLoader.load(Array(text.utf8))
        #expect(root.children.map(\.name) == ["a"])
        #expect(root.children.map(\.isArray) == [true])
        #expect(root.children.map(\.minimum) == [1])
    }

    @Test(
        "JSON Schema",
        arguments: [
            "{}", #"{"type":"x"}"#, #"{"type":["string","null"]}"#, #"{"type":"string","format":"date"}"#,
            #"{"type":"number","minimum":0}"#, #"{"type":"object","additionalProperties":false}"#,
            #"{"type":"object","properties":{},"required":["a"]}"#, #"{"type":"array"}"#,
            #"{"type":"array","items":{"type":"array","items":{"type":"string"}}}"#,
            #"{"type":"string","pattern":"\\d"}"#,
            #"{"type":"object","required":"a"}"#, #"{"type":"string","enum":"a"}"#, #"{"$ref":"x"}"#, "[]", "{",
        ])
    func refusedJSON(_ text: String) {
        #expect(throws: (any Error).self) { try JSONSchemaLoader.load(Array(text.utf8)) }
    }
}
