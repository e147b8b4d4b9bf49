import Testing

@testable import GuaranteeAdapter

@Suite struct `A list of holders` {
    private func parsed(_ text: String) -> String {
        do throws(HoldersError) {
            let holders = try Holders(parsing: Array(text.utf8))
            let known = ["A1", "B2", "C3"].filter { grn in !holders.errors(tin: "X", grn: GRN(grn), number: 0).isEmpty }
            return "\(holders.count) \(known.joined(separator: " "))"
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        ("", "0 "), ("A1,GB1", "1 A1"), ("A1,GB1\nB2,GB2\n", "2 A1 B2"), ("A1;GB1\r\nB2\tGB2\r\n", "2 A1 B2"),
        ("\u{FEFF}grn,tin\nA1,GB1\n", "1 A1"), ("GRN,TIN\n\"A1\" , \"GB1\"\n\n \n# A2,GB1\nC3,gb3", "2 A1 C3"),
        ("A1,GB1\nA1,GB2", "1 A1"), ("# x\ngrn;holder\nB2;1", "1 B2"),
    ])
    func `is read as people write it`(text: String, expected: String) {
        #expect(parsed(text) == expected)
    }

    @Test(arguments: [
        ("A1", "line 1: has 1 fields, not two: a GRN and a TIN."),
        ("A1,GB1,x", "line 1: has 3 fields, not two: a GRN and a TIN."),
        ("A1,GB1\nA-1,GB1", "line 2: begins with no GRN: 1 to 24 letters or digits."),
        ("\n\nA1,", "line 3: ends with no TIN: 1 to 17 letters or digits."),
        ("A1,GB 1", "line 1: ends with no TIN: 1 to 17 letters or digits."),
        ("A1,GB1\ngrn,tin\n,GB1", "line 3: begins with no GRN: 1 to 24 letters or digits."),
        ("1234567890123456789012345,GB1", "line 1: begins with no GRN: 1 to 24 letters or digits."),
    ])
    func `tells the line that it can't read, and quotes nothing of it`(text: String, expected: String) {
        #expect(parsed(text) == expected)
    }

    @Test func `knows each of several holders`() throws {
        let holders = try Holders(parsing: Array("A1,GB1\nA1,GB2\nB2,GB3".utf8))
        #expect(holders.errors(tin: "GB1", grn: GRN("A1"), number: 0) == [])
        #expect(holders.errors(tin: "GB2", grn: GRN("A1"), number: 0) == [])
        #expect(holders.errors(tin: "GB3", grn: GRN("A1"), number: 1).map(\.pointer) == ["GRR(2).OTG(1).TIN"])
        #expect(holders.errors(tin: "GB3", grn: GRN("C3"), number: 0) == [])
    }
}
