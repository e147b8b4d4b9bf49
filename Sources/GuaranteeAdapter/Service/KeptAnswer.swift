import Foundation
import GuaranteeClients
import Translation

/// What v2.0 brought for one guarantee, in a form that can be kept and read again.
struct KeptAnswer: Sendable {
    enum Lack: String, Sendable, Codable {
        /// v2.0 could not be asked, or its answer was no answer.
        case failed
        /// The client sent no token, and there is no other.
        case withoutToken
        /// What was asked about can't be a guarantee.
        case unknownGRN
        /// The program ended meanwhile.
        case cancelled
    }

    var status: Int?
    var body: [UInt8]?
    var lack: Lack?
    /// What the answer means, where it was read just now.
    var message: BalanceMessage?
    /// Whether it is certain that nothing was sent.
    var isUnsent = false

    static let withoutToken = KeptAnswer(lack: .withoutToken)
    static let unknownGRN = KeptAnswer(lack: .unknownGRN)
    static let cancelled = KeptAnswer(lack: .cancelled)

    init(lack: Lack, isUnsent: Bool = false) {
        self.lack = lack
        self.isUnsent = isUnsent
    }

    init(_ answer: ClientAnswer) {
        let response = answer.exchanges.last?.response
        status = response?.status
        body = response?.body
        message = answer.message
    }
}

extension KeptAnswer: Codable {
    private enum CodingKeys: CodingKey {
        case status, body, lack
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        status = try values.decodeIfPresent(Int.self, forKey: .status)
        body = try values.decodeIfPresent(Data.self, forKey: .body).map { Array($0) }
        lack = try values.decodeIfPresent(Lack.self, forKey: .lack)
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(status, forKey: .status)
        try values.encodeIfPresent(body.map { Data($0) }, forKey: .body)
        try values.encodeIfPresent(lack, forKey: .lack)
    }
}

extension KeptAnswer {
    /// What comes before the lock, or instead of it: the platform, the token, another question's lock.
    private static let beforeTheLock: Set<String> = [
        "throttled", "missing-credentials", "invalid-credentials", "invalid-scope", "resource-forbidden",
        "resource-not-found", "unavailable", "maintenance", "gateway-timeout", "no-content",
    ]

    /// Whether the question locked nothing, as far as can be seen: where that is wrong, v2.0's own lock tells.
    var tookNoLock: Bool {
        if let lack { return lack == .withoutToken || isUnsent }
        return message?.condition.map { Self.beforeTheLock.contains($0.name) } ?? false
    }

    /// Whether asking again later may bring another answer.
    var mayBecomeBetter: Bool {
        if lack != nil { return isUnsent }
        return ["throttled", "unavailable", "maintenance"].contains(message?.condition?.name)
    }
}

/// v2.0's answers as v1.0 would have given them.
struct V1Wording: Sendable {
    let codec: ExchangeCodec

    /// What platform and services say of both versions alike; any other trouble behind v1.0 was its 500 (contract sections
    /// 3.1 and 5).
    private static let shared: Set<String> = [
        "throttled", "missing-credentials", "invalid-credentials", "invalid-scope", "resource-forbidden",
        "resource-not-found", "unavailable", "maintenance", "gateway-timeout", "server-error",
    ]

    /// One answer to a question about several guarantees: the balances, else the error of the service, else all reasons
    /// why it was refused.
    func message(for answers: [KeptAnswer], asked: [BalanceQuestion.Asked]) -> BalanceMessage {
        let parts = zip(answers, asked).map { answer, asked in
            var part = message(answer, about: asked.grn)
            if part.kind == .serviceError { part.error.message = part.error.message?.hiding(asked.accessCode) }
            return part
        }
        guard parts.count != 1 else { return parts[0] }
        if let failure = parts.first(where: { $0.kind == .serviceError }) { return failure }
        guard parts.contains(where: { $0.kind == .refusal }) else {
            var whole = BalanceMessage(kind: .answer)
            whole.guarantees = parts.flatMap(\.guarantees)
            return whole
        }
        var whole = BalanceMessage(kind: .refusal)
        for (number, part) in parts.enumerated() where part.kind == .refusal {
            let reasons =
                part.reasons.isEmpty
                ? part.condition.map { codec.reasons(for: $0) } ?? [] : part.reasons
            whole.reasons += reasons.map { $0.about(number) }
        }
        return whole.reasons.isEmpty ? failure("server-error") : whole
    }

    func failure(_ condition: String) -> BalanceMessage {
        codec.message(meaning: condition) ?? BalanceMessage(kind: .serviceError)
    }

    private func message(_ status: Int, _ body: [UInt8]) -> BalanceMessage? {
        try? codec.message(in: ExchangeResponse(status: status, body: body), of: .v2JSON)
    }

    private func message(_ answer: KeptAnswer, about grn: GRN) -> BalanceMessage {
        switch answer.lack {
        case .withoutToken?: return failure("missing-credentials")
        case .unknownGRN?: return failure("grn-format")
        case .failed?, .cancelled?: return failure("server-error")
        case nil: break
        }
        guard let status = answer.status else { return failure("server-error") }
        guard var message = answer.message ?? message(status, answer.body ?? []) else {
            return failure("server-error")
        }
        switch message.kind {
        case .answer:
            // v1.0 named no guarantee in its answer: what is read of v2.0's is checked by who asked.
            if message.guarantees.first?.grn == nil, !message.guarantees.isEmpty { message.guarantees[0].grn = grn }
            return message
        case .refusal: return message
        default:
            let isShared = message.condition.map { Self.shared.contains($0.name) } ?? false
            let isEmpty = message.condition?.name == "no-content" && (status == 401 || status == 403)
            return isShared || isEmpty ? message : failure("server-error")
        }
    }
}

extension String {
    /// With a mask where the code stands as a word.
    fileprivate func hiding(_ code: AccessCode) -> String {
        guard !code.secret.isEmpty else { return self }
        var result = ""
        var rest = self[...]
        while let found = rest.firstRange(of: code.secret) {
            let isWord = ![rest[..<found.lowerBound].last, rest[found.upperBound...].first].contains { neighbour in
                neighbour.map { $0.isLetter || $0.isNumber } ?? false
            }
            result += rest[..<found.lowerBound] + (isWord ? AccessCode.mask : code.secret)
            rest = rest[found.upperBound...]
        }
        return result + rest
    }
}
