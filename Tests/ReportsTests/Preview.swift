import Evidence
import Foundation
import Reports
import Testing

@Suite struct Preview {
    @Test func all() async throws {
        guard let folder = ProcessInfo.processInfo.environment["LOOK"] else { return }
        var run = try await PlantedRun()
        try await run.plantMixture(380, different: 3)
        try await run.plant(nil)
        for format in ReportFormat.allCases {
            try (try await run.report(format)).write(toFile: "\(folder)/big.\(format.rawValue)", atomically: true, encoding: .utf8)
        }
        try (try await EvidenceReport(run.store).brief()).write(toFile: "\(folder)/big.brief", atomically: true, encoding: .utf8)
    }
}
