import GuaranteeModel
import Testing
import XMLMessages

@Suite struct ReuseTests {
    static let good = Array("<a><b>1</b><b>2</b></a>".utf8)
    static let goodOutline = ["group /a=", "string /a/b[1]=1", "string /a/b[2]=2"]

    @Test(arguments: [
        "<a>", "<a><b>text", "", "text", "<a>&foo;</a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a/><b/>",
        "<a>\0",
        "<?xml version='1.0' encoding='x'?><a/>", "<a xmlns='u' xmlns:p='v'><b xmlns:q='w'>",
        "<a xml:space='preserve'><b>",
        "<a><![CDATA[x", "<a x='1", String(repeating: "<a>", count: 300), "<a xmlns:p=''/>",
    ])
    func aGoodMessageIsReadRightlyAfterABadOne(bad: String) throws {
        let reader = XMLReader()
        for _ in 0..<3 {
            #expect(refusal(of: Array(bad.utf8), by: reader) != nil)
            #expect(outline(try reader.read(Self.good)) == Self.goodOutline)
        }
        #expect(refusal(of: [0xC3], by: reader)?.code == .encoding)
        #expect(outline(try reader.read(Self.good)) == Self.goodOutline)
    }

    @Test func declarationsOfABrokenMessageAreForgotten() throws {
        let reader = XMLReader()
        #expect(refusal(of: Array("<a xmlns:p='u' xmlns='v'><b>".utf8), by: reader) != nil)
        // Were `p` still the namespace of `q`, the two attributes would be one.
        let tree = try reader.read(Array("<a xmlns:q='u' q:x='1' p:x='2'/>".utf8))
        #expect(outline(tree) == ["string /a=", "string /a/@xmlns:q=u", "string /a/@q:x=1", "string /a/@p:x=2"])
    }

    @Test func aTreeHoldsNothingAfterAnError() throws {
        let reader = XMLReader()
        var tree = try reader.read(Self.good)
        for bad in [Array("<a><b>1</b>".utf8), [0xFF, 0x00]] {
            #expect(throws: XMLError.self) { try reader.read(bad.span, encoding: .declared, into: &tree) }
            #expect(tree.isEmpty)
        }
    }

    /// A message of `count` different names of 40 kB; libxml2 takes some 20 MB of names in all.
    static func hostileNames(round: Int, count: Int) -> [UInt8] {
        let padding = String(repeating: "x", count: 40_000)
        return Array("<a>\((0..<count).map { "<n\(round)-\($0)-\(padding)/>" }.joined())</a>".utf8)
    }

    @Test func hostileNamesDoNotWearTheReaderOut() throws {
        let reader = XMLReader()
        for round in 0..<10 {
            #expect(try reader.read(Self.hostileNames(round: round, count: 100)).nodes.count == 101)
        }
        #expect(outline(try reader.read(Self.good)) == Self.goodOutline)
    }

    @Test func tooManyNamesInOneMessageAreTooLarge() throws {
        let reader = XMLReader()
        #expect(refusal(of: Self.hostileNames(round: 0, count: 1000), by: reader)?.code == .tooLarge)
        #expect(outline(try reader.read(Self.good)) == Self.goodOutline)
    }

    @Test func readersOnManyTasksDoNotDisturbEachOther() async {
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    let reader = XMLReader()
                    return (0..<200).allSatisfy { round in
                        let text = "\(task) \(round)"
                        let isRefused = refusal(of: Array("<a>\(text)".utf8), by: reader) != nil
                        let tree = try? reader.read(Array("<a><b>\(text)</b></a>".utf8))
                        return isRefused && tree?.text(of: 1) == text
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
