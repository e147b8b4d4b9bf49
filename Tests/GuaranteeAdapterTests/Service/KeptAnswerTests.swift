import Foundation
import Testing

@testable import GuaranteeAdapter

@Suite struct `A kept answer` {
    /// As stores have it since they keep answers.
    private static let text = #"{"body":"eyJiYWxhbmNlIjoxLjUwfQ==","status":200}"#

    @Test func `is read as it was written`() throws {
        let answer = try JSONDecoder().decode(KeptAnswer.self, from: Data(Self.text.utf8))
        #expect(answer.status == 200)
        #expect(answer.body.map { String(decoding: $0, as: UTF8.self) } == #"{"balance":1.50}"#)
        #expect(answer.lack == nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let again = try encoder.encode(answer)
        #expect(String(decoding: again, as: UTF8.self) == Self.text)
    }

    @Test func `tells why there is none`() throws {
        let kept = try JSONEncoder().encode(KeptAnswer(lack: .failed))
        #expect(String(decoding: kept, as: UTF8.self) == #"{"lack":"failed"}"#)
        #expect(try JSONDecoder().decode(KeptAnswer.self, from: kept).lack == .failed)
    }
}
