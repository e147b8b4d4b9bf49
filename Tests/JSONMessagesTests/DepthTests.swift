import GuaranteeModel
import JSONMessages
import Testing

@Suite("Depth")
struct DepthTests {
    static func arrays(_ depth: Int, around value: String = "") -> String {
        String(repeating: "[", count: depth) + value + String(repeating: "]", count: depth)
    }

    static func objects(_ depth: Int) -> String {
        String(repeating: "{\"a\":", count: depth) + "0" + String(repeating: "}", count: depth)
    }

    @Test("As many containers as allowed are read, one more is refused at its bracket")
    func limit() {
        #expect(Outcome(reading: Self.arrays(64)) == .ok(Self.arrays(64)))
        #expect(Outcome(reading: Self.arrays(65)) == .failed(.tooDeep, offset: 64))
        #expect(Outcome(reading: Self.objects(64)) == .ok(Self.objects(64)))
        #expect(Outcome(reading: Self.objects(65)) == .failed(.tooDeep, offset: 64 * 5))
        let wide = "[" + String(repeating: "[],{},", count: 100) + "0]"
        #expect(Outcome(reading: wide, with: JSONReader(maximumDepth: 2)) == .ok(wide))
        #expect(Outcome(reading: "7", with: JSONReader(maximumDepth: 0)) == .ok("7"))
        #expect(Outcome(reading: "[]", with: JSONReader(maximumDepth: 0)) == .failed(.tooDeep, offset: 0))
    }

    @Test("Hostile depth is refused")
    func hostile() {
        #expect(Outcome(reading: Self.arrays(100_000)) == .failed(.tooDeep, offset: 64))
        #expect(Outcome(reading: String(repeating: "[", count: 100_000)) == .failed(.tooDeep, offset: 64))
    }

    @Test("With the limit raised, great depth is read and written")
    func raised() {
        let reader = JSONReader(maximumDepth: 200_000)
        let arrays = Self.arrays(200_000, around: "1")
        #expect(Outcome(reading: arrays, with: reader) == .ok(arrays))
        let objects = Self.objects(200_000)
        #expect(Outcome(reading: objects, with: reader) == .ok(objects))
        #expect(Outcome(reading: Self.arrays(200_001), with: reader) == .failed(.tooDeep, offset: 200_000))
        let open = String(repeating: "[", count: 200_000)
        #expect(Outcome(reading: open, with: reader) == .failed(.malformed, offset: 200_000))
    }
}
