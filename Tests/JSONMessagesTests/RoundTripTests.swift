import GuaranteeModel
import JSONMessages
import Testing

@Suite("Generated documents")
struct RoundTripTests {
    @Test("Read and written, a document keeps its tokens")
    func tokensKept() throws {
        let seed = SeededGenerator.seed()
        print("NCTSBRIDGE_SEED=\(seed)")
        for number in 0..<1000 {
            let document = DocumentGenerator(seed: seed &+ UInt64(number))
            let tree = try read(document.spelled)
            let compact = compact(tree)
            let pretty = written(tree, .pretty)
            try #require(compact.isSpelled(document.compact), "NCTSBRIDGE_SEED=\(seed), document \(number)")
            try #require(
                Outcome(reading: pretty) == .ok(compact), "NCTSBRIDGE_SEED=\(seed), document \(number), pretty")
            for node in tree.nodes {
                let rest = document.spelled.utf8.dropFirst(Int(node.place.offset))
                try #require(rest.first.map(node.kind.canBegin) == true, "NCTSBRIDGE_SEED=\(seed), document \(number)")
            }
        }
    }

    @Test("A document with a byte changed is read or refused with a place inside it, and never ends the process")
    func mutation() throws {
        let seed = SeededGenerator.seed()
        print("NCTSBRIDGE_SEED=\(seed)")
        var random = SeededGenerator(seed: seed)
        for number in 0..<2000 {
            var bytes = Array(DocumentGenerator(seed: seed &+ UInt64(number)).spelled.utf8)
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch number % 4 {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(Array("{}[],:\"\\-0u".utf8).randomElement(using: &random) ?? 0, at: index)
            default: bytes.removeSubrange(index...)
            }
            switch Outcome(reading: bytes) {
            case .ok(let compact):
                try #require(Outcome(reading: compact) == .ok(compact), "NCTSBRIDGE_SEED=\(seed), document \(number)")
            case .failed(_, let offset):
                try #require(0...bytes.count ~= offset, "NCTSBRIDGE_SEED=\(seed), document \(number)")
            }
        }
    }
}

extension WireTree.Kind {
    /// Whether a value of this kind can begin with a byte.
    fileprivate func canBegin(_ byte: UInt8) -> Bool {
        let beginnings =
            switch self {
            case .group: "{"
            case .array: "["
            case .string: "\""
            case .number: "-0123456789"
            case .boolean: "tf"
            case .null: "n"
            }
        return beginnings.utf8.contains(byte)
    }
}
