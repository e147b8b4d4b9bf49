import GuaranteeModel
import Testing
import XMLMessages

/// Laws that hold for every tree that a message can be, tried on generated ones.
///
/// The seed is printed when a law is broken; `NCTSBRIDGE_SEED` sets it.
@Suite struct RoundTripTests {
    static let rounds = 300

    @Test func whatWasWrittenIsReadBackNodeForNode() throws {
        var generator = TreeGenerator(seed: .current)
        for round in 0..<Self.rounds {
            let tree = generator.tree()
            let compact = try written(tree, declaration: round % 2 == 0)
            #expect(outline(try read(compact)) == outline(tree), "\(generator.seed), round \(round)")
            let pretty = try written(tree, style: .pretty)
            #expect(outline(try read(pretty)) == outline(tree), "\(generator.seed), round \(round), pretty")
        }
    }

    @Test func whatWasReadIsWrittenBackByteForByte() throws {
        var generator = TreeGenerator(seed: .current)
        for round in 0..<Self.rounds {
            let message = try written(generator.tree())
            #expect(try written(read(message)) == message, "\(generator.seed), round \(round)")
            #expect(!message.utf8.contains(0x0A), "a compact message is one line")
        }
    }

    @Test func aMessageInAnyEncodingIsTheSameTree() throws {
        var generator = TreeGenerator(seed: .current)
        for round in 0..<Self.rounds {
            let tree = generator.tree()
            let message = try written(tree)
            let bytes = EncodingTests.utf16(message, bigEndian: round % 2 == 0, mark: round % 3 == 0)
            #expect(outline(try XMLReader().read(bytes)) == outline(tree), "\(generator.seed), round \(round)")
        }
    }

    /// Broken at any byte, a message is read or refused, and the reader goes on.
    @Test func noBytesBreakAReader() throws {
        var generator = TreeGenerator(seed: .current)
        let reader = XMLReader()
        for round in 0..<Self.rounds {
            var bytes = Array(try written(generator.tree(), declaration: true).utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator.numbers) {
                let index = Int.random(in: 0..<bytes.count, using: &generator.numbers)
                switch Int.random(in: 0...3, using: &generator.numbers) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator.numbers)
                case 1: bytes[index] = Array("<>&;'\"/!?-[]=x".utf8).randomElement(using: &generator.numbers) ?? 0
                case 2: bytes.removeSubrange(index...)
                default: bytes.insert(contentsOf: bytes[index...].prefix(20), at: index)
                }
                if bytes.isEmpty { break }
            }
            if let error = refusal(of: bytes, by: reader) {
                #expect(error.place.line >= 1 && error.place.column >= 1, "\(generator.seed), round \(round)")
            }
            #expect(outline(try reader.read(ReuseTests.good)) == ReuseTests.goodOutline)
        }
    }
}
