package import Foundation
package import GuaranteeClients
import Translation

/// Questions and answers as they are kept: sealed under the key, which lies elsewhere (design section 8).
package struct Sealing: Sendable {
    private let key: EvidenceKey

    package init(key: EvidenceKey) {
        self.key = key
    }

    private struct Question: Codable {
        var form: BalanceQuestion.Form
        var tin: String
        var grns: [String]
        var accessCodes: [String]
        var token: String?
        var original: Data?
    }

    struct Answer: Codable {
        var answers: [KeptAnswer]
        var completedAt: String
    }

    /// What stands for a token, so that it is recognised and can't be read.
    package func name(of token: BearerToken?) -> String { token.map { key.pseudonym(of: $0.secret) } ?? "" }

    package func sealed(_ question: BalanceQuestion, id: String) throws -> Data {
        let plain = Question(
            form: question.form, tin: question.tin, grns: question.guarantees.map(\.grn.text),
            accessCodes: question.guarantees.map(\.accessCode.secret), token: question.token?.secret,
            original: question.original.map { Data($0) })
        return try key.seal(JSONEncoder().encode(plain), as: "question \(id)")
    }

    package func question(_ data: Data, id: String) throws -> BalanceQuestion {
        let plain = try JSONDecoder().decode(Question.self, from: key.open(data, as: "question \(id)"))
        return BalanceQuestion(
            plain.form, tin: plain.tin,
            guarantees: zip(plain.grns, plain.accessCodes).map { .init(grn: GRN($0), accessCode: AccessCode($1)) },
            token: plain.token.map { BearerToken($0) }, original: plain.original.map { Array($0) })
    }

    func sealed(_ answer: Answer, id: String) throws -> Data {
        try key.seal(JSONEncoder().encode(answer), as: "answer \(id)")
    }

    func answer(_ data: Data, id: String) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: key.open(data, as: "answer \(id)"))
    }
}
