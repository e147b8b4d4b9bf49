import Testing
import XMLMessages

@Suite struct XSDSchemaTests {
    static let schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="Q">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="Grn" type="Grn"/>
                <xs:element name="Code" minOccurs="0">
                  <xs:simpleType><xs:restriction base="xs:string"><xs:length value="4"/></xs:restriction></xs:simpleType>
                </xs:element>
              </xs:sequence>
            </xs:complexType>
          </xs:element>
          <xs:simpleType name="Grn">
            <xs:restriction base="xs:string"><xs:pattern value="[A-Z0-9]{3,5}"/></xs:restriction>
          </xs:simpleType>
        </xs:schema>
        """

    func problems(_ xml: String) throws -> [XSDProblem] {
        try XSDSchema(Array(Self.schema.utf8)).problems(in: Array(xml.utf8))
    }

    @Test(arguments: ["<Q><Grn>ABC</Grn></Q>", "<?xml version='1.0'?>\n<Q>\n<Grn>AB1</Grn><Code>1234</Code>\n</Q>"])
    func aValidMessageHasNoProblems(xml: String) throws {
        #expect(try problems(xml) == [])
    }

    @Test(arguments: [
        ("<Q>\n<Grn>ab</Grn></Q>", 2, "Grn", 1839), ("<Q><Grn>ABC</Grn>\n<Code>s3cret</Code></Q>", 2, "Code", 1830),
        ("<Q>\n<Code>1234</Code></Q>", 2, "Code", 1871), ("<Q/>", 1, "Q", 1871), ("<R/>", 1, "R", 1845),
        ("<Q><Grn>ABC</Grn>\n\n<X/></Q>", 3, "X", 1871), ("<Q>s3cret<Grn>ABC</Grn></Q>", 1, "Q", 1843),
        ("<Q x='s3cret'><Grn>ABC</Grn></Q>", 1, "Q", 1866),
    ])
    func aProblemHasItsLineElementAndCode(xml: String, line: Int, element: String, code: Int) throws {
        let problem = try #require(try problems(xml).first)
        #expect(problem.line == line)
        #expect(problem.element == element)
        #expect(problem.code == code)
        #expect(!problem.description.contains("s3cret"))
    }

    @Test func aContentProblemSaysWhatWasExpected() throws {
        #expect(try problems("<Q/>").map(\.message) == ["Missing child element(s). Expected is ( Grn )"])
    }

    @Test(arguments: ["<Q>", "", "<!DOCTYPE Q><Q/>", "<Q>\0</Q>", "<?xml version='1.0' encoding='x'?><Q/>"])
    func whatCannotBeReadIsOneProblem(xml: String) throws {
        let found = try problems(xml)
        #expect(found.count == 1)
        #expect(found.first?.code == 0)
    }

    @Test func aMessageIsValidatedInItsEncoding() throws {
        let schema = try XSDSchema(Array(Self.schema.replacing("[A-Z0-9]{3,5}", with: "é€").utf8))
        let declaration = "<?xml version='1.0' encoding='windows-1252'?><Q><Grn>"
        #expect(schema.problems(in: Array(declaration.utf8) + [0xE9, 0x80] + Array("</Grn></Q>".utf8)) == [])
    }

    @Test func aHintToAnotherSchemaIsNotFollowed() throws {
        let xml = """
            <Q xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:noNamespaceSchemaLocation="file:///nowhere.xsd">
              <Grn>ABC</Grn></Q>
            """
        #expect(try problems(xml) == [])
    }

    @Test(arguments: [
        "<xs:include schemaLocation='file:///etc/passwd'/>",
        "<xs:import namespace='u' schemaLocation='http://localhost/'/>",
        "<xs:import namespace='u'/>", "<xs:redefine schemaLocation='x.xsd'/>",
    ])
    func aSchemaThatPointsElsewhereIsRefused(declaration: String) throws {
        let schema = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n\(declaration)</xs:schema>"
        let error = #expect(throws: XSDError.self) { try XSDSchema(Array(schema.utf8)) }
        #expect(error?.problems.count == 1)
        #expect(error?.problems.first?.line == 2)
    }

    @Test(arguments: [
        "", "<a/>", "<!DOCTYPE a><a/>",
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a' type='Nowhere'/></xs:schema>",
        """
        <xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:simpleType name='a'><xs:restriction base='xs:string'>
        <xs:pattern value='[('/></xs:restriction></xs:simpleType></xs:schema>
        """,
    ])
    func aBrokenSchemaIsRefusedWithItsProblems(schema: String) throws {
        let error = #expect(throws: XSDError.self) { try XSDSchema(Array(schema.utf8)) }
        #expect(error?.problems.isEmpty == false)
    }

    @Test func aSchemaServesManyTasksAtOnce() async throws {
        let schema = try XSDSchema(Array(Self.schema.utf8))
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<100).allSatisfy { round in
                        let isValid = round % 2 == 0
                        let xml = "<Q><Grn>\(isValid ? "ABC" : "ab")</Grn></Q>"
                        return schema.problems(in: Array(xml.utf8)).isEmpty == isValid
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
