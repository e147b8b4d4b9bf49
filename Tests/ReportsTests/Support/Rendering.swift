import Evidence
import Foundation
import Reports

extension EvidenceReport {
    func bytes(_ format: ReportFormat) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try write(format) { bytes += $0 }
        return bytes
    }

    func text(_ format: ReportFormat) throws -> String { String(decoding: try bytes(format), as: UTF8.self) }
}

extension PlantedEvidence {
    func report(_ format: ReportFormat) async throws -> String { try await EvidenceReport(store).text(format) }
}
