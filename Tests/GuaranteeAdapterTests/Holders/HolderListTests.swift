import Testing

@testable import GuaranteeAdapter

@Suite struct `A list of holders` {
    private func parsed(_ text: String) -> String {
        do throws(HoldersError) {
            let holders = try Holders(parsing: Array(text.utf8))
            let known = ["24GBA1", "24GBB2", "24XIC3"].filter { grn in
                !holders.errors(tin: "X", grn: GRN(grn), number: 0).isEmpty
            }
            return "\(holders.count) \(known.joined(separator: " "))"
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        ("24GBA1,GB1", "1 24GBA1"), ("24GBA1,GB1\n24GBB2,GB2\n", "2 24GBA1 24GBB2"),
        ("24GBA1;GB1\r\n24GBB2\tGB2\r\n", "2 24GBA1 24GBB2"),
        ("\u{FEFF}grn,tin\n24GBA1,GB1\n", "1 24GBA1"),
        ("GRN,TIN\n\"24GBA1\" , \"GB1\"\n\n \n# 24GBA2,GB1\n24XIC3,gb3", "2 24GBA1 24XIC3"),
        ("24GBA1,GB1\n24GBA1,GB2", "1 24GBA1"), ("# x\ngrn;holder\n24GBB2;1", "1 24GBB2"),
    ])
    func `is read as people write it`(text: String, expected: String) {
        #expect(parsed(text) == expected)
    }

    private static let noGRN =
        "with no GRN: two digits, two letters, and letters and digits, 24 at most. Where the columns stand the other way "
        + "round, a first line of names must say so."

    @Test(arguments: [
        ("", "line 1: names no guarantee: a list without one would check nothing."),
        ("GRN,TIN\n# nothing\n", "line 1: names no guarantee: a list without one would check nothing."),
        ("GB123456789012,24GBA1", "line 1: begins \(noGRN)"),
        ("TIN,GRN\n24GBA1,GB1", "line 2: ends \(noGRN)"),
        ("name,number\n24GBA1,GB1", "line 1: names other columns than GRN and TIN: name these two, or leave it out."),
        ("24GBA1", "line 1: has 1 fields, not two: a GRN and a TIN."),
        ("24GBA1,GB1,x", "line 1: has 3 fields, not two: a GRN and a TIN."),
        ("24GBA1,GB1\n24GB-1,GB1", "line 2: begins \(noGRN)"),
        ("\n\n24GBA1,", "line 3: ends with no TIN: 1 to 17 letters or digits."),
        ("24GBA1,GB 1", "line 1: ends with no TIN: 1 to 17 letters or digits."),
        ("24GBA1,GB1\ngrn,tin\n,GB1", "line 2: begins \(noGRN)"),
        ("1234567890123456789012345,GB1", "line 1: begins \(noGRN)"),
    ])
    func `tells the line that it can't read, and quotes nothing of it`(text: String, expected: String) {
        #expect(parsed(text) == expected)
    }

    @Test func `knows each of several holders`() throws {
        let holders = try Holders(parsing: Array("24GBA1,GB1\n24GBA1,GB2\n24GBB2,GB3".utf8))
        #expect(holders.errors(tin: "GB1", grn: GRN("24GBA1"), number: 0) == [])
        #expect(holders.errors(tin: "GB2", grn: GRN("24GBA1"), number: 0) == [])
        #expect(holders.errors(tin: "GB3", grn: GRN("24GBA1"), number: 1).map(\.pointer) == ["GRR(2).OTG(1).TIN"])
        #expect(holders.errors(tin: "GB3", grn: GRN("24XIC3"), number: 0) == [])
    }
}
