import Comparison
import Evidence
import Foundation
import Reports
import Testing

@Suite struct Preview {
    @Test func all() async throws {
        guard let folder = ProcessInfo.processInfo.environment["LOOK"] else { return }
        func save(_ run: PlantedEvidence, _ name: String) async throws {
            for format in ReportFormat.allCases {
                try (try await run.report(format)).write(
                    toFile: "\(folder)/\(name).\(format.rawValue)", atomically: true, encoding: .utf8)
            }
            try (try await EvidenceReport(run.store).brief()).write(
                toFile: "\(folder)/\(name).brief", atomically: true, encoding: .utf8)
        }
        var run = try await PlantedEvidence()
        try await run.plantMixture(380, different: 3)
        try await run.plant(nil)
        try await save(run, "big")
        run = try await PlantedEvidence(isV1Live: false)
        for _ in 0..<20 { try await run.plant(.stale) }
        try await save(run, "stale")
        run = try await PlantedEvidence()
        try await save(run, "empty")
        run = try await PlantedEvidence(timeScale: 60)
        try await run.plantMixture(420)
        try await save(run, "ready")
        var rules = VerdictRules()
        rules.population = 12
        run = try await PlantedEvidence(rules: rules)
        for _ in 0..<12 { try await run.plant(.same) }
        try await save(run, "twelve")
        run = try await PlantedEvidence(isV1Live: false)
        try await run.plantMixture(30)
        try await run.plant(
            .different, grn: "23GB\u{202E}8540000100</script>",
            label: "<script>alert(1)</script> \"x\" 'y' & |`` www.evil.example @all",
            body: "<!-- </script><img src=x onerror=alert(1)>\u{202E}", why: "]]> \u{1B}[2J \u{0} why", rule: "r<b>",
            differences: [
                Difference(.kind, "a</td>", "b\u{7}"),
                Difference(.form, at: "/x</pre>", String(repeating: "long", count: 100), nil),
            ])
        try await save(run, "hostile")
        _ = try await run.store.purge(before: run.now.addingTimeInterval(1))
        try await save(run, "purged")
    }
}
