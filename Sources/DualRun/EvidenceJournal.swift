import Evidence
import Foundation
import GuaranteeClients
import Synchronization
import Translation

/// Keeps each call of one question in the evidence: the intent before it is made, what became of it after.
final class EvidenceJournal: CallJournal {
    private let evidence: any EvidenceStore
    private let pair: Int
    private let side: EvidenceSide
    private let look: Look
    private let masker: Masker
    private let redaction: Redaction
    private let state = Mutex<(last: Int64?, error: EvidenceError?)>((nil, nil))

    init(
        _ evidence: any EvidenceStore, pair: Int, side: EvidenceSide, look: Look, masker: Masker, redaction: Redaction
    ) {
        self.evidence = evidence
        self.pair = pair
        self.side = side
        self.look = look
        self.masker = masker
        self.redaction = redaction
    }

    /// The last exchange that was kept.
    var last: Int64? { state.withLock { $0.last } }
    /// Why something could not be kept.
    var error: EvidenceError? { state.withLock { $0.error } }

    func willSend(_ method: String, _ path: String, at moment: Date) async throws -> CallJournalEntry {
        var exchange = exchange
        exchange.method = method
        exchange.path = path
        exchange.sentAt = moment
        do throws(EvidenceError) {
            let number = try await evidence.willSend(exchange)
            state.withLock { $0.last = number }
            return CallJournalEntry(number)
        } catch {
            state.withLock { $0.error = error }
            throw error
        }
    }

    func ended(_ call: Exchange, _ entry: CallJournalEntry, mayHaveArrived: Bool) async throws {
        var exchange = exchange
        exchange.id = entry.number
        exchange.sentAt = call.sentAt
        exchange.seconds = call.duration.inSeconds
        exchange.throttledBy = call.throttleCause?.rawValue
        switch call.outcome {
        case .success(let response):
            exchange.status = response.status
            exchange.body = Data(masker.redacted(response.body, by: redaction))
        case .failure(let error): exchange.failure = error.code.rawValue
        }
        do throws(EvidenceError) {
            try await evidence.ended(exchange, arrived: mayHaveArrived)
        } catch {
            state.withLock { $0.error = error }
            throw error
        }
    }

    private var exchange: EvidenceExchange {
        EvidenceExchange(
            side: side, pair: pair, look: look,
            format: (side == .v1 ? MessageFormat.v1JSON : .v2JSON).rawValue)
    }
}
