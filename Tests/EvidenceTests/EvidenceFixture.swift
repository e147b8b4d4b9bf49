import Comparison
import Evidence
import Foundation

/// A store in a folder of a test's own.
final class EvidenceFixture {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "nctsbridge-evidence-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { folder.appendingPathComponent("store").path }

    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    static var run: EvidenceRun {
        EvidenceRun(
            toolVersion: "1", startedAt: start, v1: "live: https://one", v2: "live: https://two", isV1Live: true,
            isV2Live: true, mappings: ["rules/CD034A.yaml": 1])
    }

    /// Judges a pair, with an exchange on each side.
    static func judge(
        _ store: SQLiteEvidence, _ number: Int, _ judgement: Judgement, at seconds: Double = 0, body: String = "{}"
    ) async throws {
        for side in EvidenceSide.allCases {
            var exchange = EvidenceExchange(side: side, pair: number, format: side == .v1 ? "v1-json" : "v2-json")
            exchange.method = "POST"
            exchange.path = "/customs/guarantees/balances"
            exchange.sentAt = start.addingTimeInterval(seconds)
            exchange.id = try await store.willSend(exchange)
            exchange.seconds = 0.1
            exchange.status = 200
            exchange.body = Data(body.utf8)
            try await store.ended(exchange, arrived: true)
            try await store.settle(
                EvidenceSettlement(
                    pair: number, side: side, look: .first, exchange: exchange.id,
                    meaning: EvidenceMeaning(kind: "answer", balance: "5", currency: "GBP")))
        }
        try await store.judge([(number, judgement)], at: start.addingTimeInterval(seconds + 1))
    }
}
