import Foundation
import Testing

@Suite("Streaming")
struct MemoryTests {
    @Test("Memory does not grow with the number of records")
    func memory() throws {
        let scratch = try Scratch()
        try generate(2_000, scratch.handle("few.ndjson"))
        try generate(40_000, scratch.handle("many.ndjson"))
        let few = try peak(scratch, "few.ndjson", expecting: 2_000)
        let many = try peak(scratch, "many.ndjson", expecting: 40_000)
        // A kibibyte kept of each record would be 37 MiB.
        #expect(many < few + 24 << 10, "\(few) KiB for 2,000 records, \(many) KiB for 40,000")
    }

    private func generate(_ count: Int, _ file: FileHandle) throws {
        var text = ""
        for number in 0..<count {
            let payload =
                number % 50 == 0
                ? #""<CD034A><truncated\#(number)""# : #"{"response":{"balance":\#(number).5,"currency":"GBP"}}"#
            text += #"{"id":"k\#(number)","payload":\#(payload)}"# + "\n"
            guard text.utf8.count > 1 << 20 else { continue }
            try file.write(contentsOf: Data(text.utf8))
            text = ""
        }
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    private func peak(_ scratch: Scratch, _ input: String, expecting count: Int) throws -> Int {
        let result = try Bridge.run(
            ["convert", scratch.path(input), "--to", "v2-json", "--output", scratch.path("out.ndjson")]
                + ["--remainder", scratch.path("remainder.ndjson"), "--findings", scratch.path("findings.ndjson")]
                + ["--rejects", scratch.path("rejects.ndjson"), "--report", scratch.path("report.json"), "--quiet"]
                + Samples.context, limit: .seconds(300))
        #expect(result.exitCode == 1, "\(result)")
        let records = try JSONTree(scratch.data("report.json"))["records"]
        #expect(records?["read"]?.count == count)
        #expect(records?["rejected"]?.count == count / 50)
        return result.peakMemory
    }
}
