import Comparison
import Evidence
import Foundation
import GuaranteeClients
import Translation

/// Puts one question to one side, keeps all of it, and tells what the side brought.
struct PairAsker: Sendable {
    let evidence: any EvidenceStore
    let codec: ExchangeCodec
    let table: DifferenceTable
    let time: Timekeeper
    let options: DualRunOptions
    /// What stands for a tax identifier in the evidence; nil: it stays.
    let pseudonym: (@Sendable (String) -> String)?

    /// Asks, and settles what came; an answer or the lack of one.
    ///
    /// - Returns: why the run can't go on; nil where it can, and the side is settled.
    func ask(
        _ question: DualRunQuestion, pair: Int, _ side: EvidenceSide, _ look: Look, client: any GuaranteeClient
    ) async -> StopReason? {
        do throws(EvidenceError) {
            let settlement = try await settlement(question, pair, side, look, client)
            switch settlement {
            case .success(let settlement):
                try await evidence.settle(settlement)
                return nil
            case .failure(let stop): return stop.reason
            }
        } catch {
            return .evidence(error)
        }
    }

    private struct Stop: Error {
        var reason: StopReason
    }

    private func settlement(
        _ question: DualRunQuestion, _ pair: Int, _ side: EvidenceSide, _ look: Look, _ client: any GuaranteeClient
    ) async throws(EvidenceError) -> Result<EvidenceSettlement, Stop> {
        func settled(_ exchange: Int64? = nil, _ meaning: EvidenceMeaning? = nil, why: String? = nil)
            -> Result<EvidenceSettlement, Stop>
        {
            .success(
                EvidenceSettlement(
                    pair: pair, side: side, look: look, exchange: exchange, meaning: meaning, why: why))
        }
        guard let accessCode = question.accessCode else { return settled(why: "no access code is known to ask with") }
        let put = GuaranteeQuestion(grn: question.grn, accessCode: accessCode, tin: question.tin)
        let journal = EvidenceJournal(
            evidence, pair: pair, side: side, look: look, masker: codec.masker, redaction: question.redaction(pseudonym)
        )
        let pending = side == .v1 ? try await pending(pair, look) : nil
        while true {
            do throws(ClientError) {
                let answer = try await client.ask(put, pending: pending, journal: journal)
                if side == .v1, answer.exchanges.contains(where: \.isOfOwnGateway) {
                    return .failure(Stop(reason: .ownGateway))
                }
                return settled(journal.last, EvidenceMeaning(answer.message, table))
            } catch {
                switch error.code {
                case .circuitOpen where error.exchanges.isEmpty:
                    // Others failed; this question was not put, and waits until one of them gets through.
                    do { try await time.sleep(.seconds(10)) } catch { return .failure(Stop(reason: .interrupted)) }
                case .cancelled: return .failure(Stop(reason: .interrupted))
                case .notRecorded:
                    return .failure(
                        Stop(reason: .evidence(journal.error ?? EvidenceError(.cantWrite, error.message))))
                case .token, .notConnected, .tls, .proxy:
                    return .failure(Stop(reason: .unreachable(side, error.message)))
                case .circuitOpen where error.exchanges.last?.sentNothing == true:
                    return .failure(Stop(reason: .unreachable(side, error.exchanges.last?.trouble ?? error.message)))
                case .invalidQuestion, .interrupted, .timedOut, .unreadable, .expired, .gaveUp, .circuitOpen:
                    return settled(journal.last, why: Self.words(error, question.redaction(pseudonym)))
                }
            }
        }
    }

    /// v1.0's pending answer to the question, which an earlier process left; nil where there is none that v1.0 still keeps.
    private func pending(_ pair: Int, _ look: Look) async throws(EvidenceError) -> BalanceMessage? {
        let known = try await evidence.exchanges(of: pair, .v1, look)
        guard let place = known.lastIndex(where: { $0.method == "POST" }), let sentAt = known[place].sentAt,
            time.date().timeIntervalSince(sentAt) < options.pendingKept.inSeconds,
            let message = message(in: known[place]), message.kind == .pending
        else { return nil }
        // An answer that is there already was too old to be compared, and is asked for anew.
        let isAnswered = known[(place + 1)...].contains { exchange in
            self.message(in: exchange).map { $0.kind == .answer || $0.kind == .refusal } ?? false
        }
        return isAnswered ? nil : message
    }

    private func message(in exchange: EvidenceExchange) -> BalanceMessage? {
        guard let status = exchange.status else { return nil }
        return try? codec.message(
            in: ExchangeResponse(status: status, body: Array(exchange.body ?? Data())), of: .v1JSON)
    }

    /// Why there is no answer, in words that are the same for all that have the same reason.
    private static func words(_ error: ClientError, _ redaction: Redaction) -> String {
        switch error.code {
        case .timedOut: "no answer came in time"
        case .interrupted: "the connection ended before the answer did"
        case .expired: "the answer was pending for so long that it expired"
        case .gaveUp: "the answer was still pending when the run gave up on it"
        case .circuitOpen: "it failed again and again"
        default: redaction.hiding(in: error.message)
        }
    }
}

extension Exchange {
    /// What kept it from being answered.
    fileprivate var trouble: String? {
        if case .failure(let error) = outcome { error.message } else { nil }
    }

    /// Whether the request surely never left.
    fileprivate var sentNothing: Bool {
        if case .failure(let error) = outcome { error.nothingSent } else { false }
    }

    /// Whether a gateway of this toolkit made the answer of what v2.0 said: by the header that marks it (design section 6).
    /// A mirror's answers are v1.0's own.
    var isOfOwnGateway: Bool { response?.headers["X-NCTSBridge"].map { !$0.hasPrefix("mirror/") } ?? false }
}
