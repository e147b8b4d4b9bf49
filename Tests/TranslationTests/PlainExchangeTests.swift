import GuaranteeModel
import TestSupport
import Testing

@testable import Translation

/// Requests and answers that are written and read the short way, held against the long one.
@Suite("What HTTP says is the same, whichever way it goes")
struct PlainExchangeTests {
    #if DEBUG
        static let count = 300
    #else
        static let count = 10_000
    #endif

    private static let short = ExchangeCodec(Fixtures.mappings)
    private static let long = ExchangeCodec(Fixtures.mappings, isPlain: false)

    private static func text(_ result: Result<some Any, any Error>) -> String {
        switch result {
        case .success(let value): "\(value)"
        case .failure(let error): "\(error)"
        }
    }

    @Test("What generated messages mean, in both formats", arguments: PlainLawTests.directions)
    func writes(_ direction: Direction) throws {
        var generator = MessageGenerator(
            plan: Fixtures.plan(direction.message), mappings: Fixtures.mappings,
            random: .forTest("exchanges of \(direction.testDescription)"))
        let translator = Translator(
            mappings: Fixtures.mappings, masker: Masker(Fixtures.mappings),
            options: TranslationOptions(target: direction.target))
        for _ in 0..<Self.count {
            guard let hub = try? translator.read(generator.message().tree).hub else { continue }
            for format in [MessageFormat.v1JSON, .v2JSON] {
                let requests = [Self.short, Self.long].map { codec in
                    Result { try codec.request(saying: hub, in: format) }
                }
                try #require(Self.text(requests[0]) == Self.text(requests[1]))
                for form in TranslationOptions.Form.allCases {
                    for isLenient in [false, true] {
                        let answers = [Self.short, Self.long].map { codec in
                            Result { try codec.response(saying: hub, in: format, form: form, isLenient: isLenient) }
                        }
                        try #require(Self.text(answers[0]) == Self.text(answers[1]))
                    }
                }
            }
        }
    }

    @Test("Generated and broken answers", arguments: Fixtures.readable.filter { $0.format != .v1XML }.map(\.message))
    func reads(_ message: String) throws {
        let plan = Fixtures.plan(message)
        var generator = MessageGenerator(
            plan: plan, mappings: Fixtures.mappings, random: .forTest("answers of \(message)"))
        for number in 0..<Self.count {
            var shape = MessageShape.random(&generator.random, for: plan)
            shape.isEnveloped = false
            shape.arrayCount = 0
            var tree = generator.message(of: shape).tree
            if number % 2 == 1 { tree = JSONBreaker.broken(tree, &generator.random) }
            guard !tree.isEmpty else { continue }
            let body = tree.child("body", of: WireTree.root).map { JSONWriter.bytes(of: tree, node: $0) }
            let status = tree.child("status", of: WireTree.root).flatMap { Int(tree.text(of: $0)) }
            let response = ExchangeResponse(
                status: generator.random.chance(90) ? status ?? 200 : 418,
                headers: ["Content-Type": "application/json"],
                body: try body ?? tree.serialised())
            for format in [MessageFormat.v1JSON, .v2JSON] {
                let answers = [Self.short, Self.long].map { codec in
                    Result { try codec.message(in: response, of: format) }
                }
                try #require(
                    Self.text(answers[0]) == Self.text(answers[1]), "\(String(decoding: response.body, as: UTF8.self))")
            }
        }
    }
}
