import Comparison
import Evidence
import Foundation
import Reports
import Testing

/// Runs of every sort, each told in every form.
enum Scenario: String, CaseIterable, CustomTestStringConvertible, Sendable {
    /// Each class and an open pair.
    case mixed
    /// Enough, and nothing different; the clock ran fast.
    case ready
    /// Some hundred pairs over hours, three of them different.
    case large
    /// Texts that would break out of where they are put, or turn around what they are put in.
    case hostile
    /// v1.0 is recorded, and all amounts are too old to be judged.
    case stale
    /// All guarantees that there are.
    case population
    case purged
    case empty
    /// Of a mirror: some pairs wait for one side, some for the other.
    case mirror

    var testDescription: String { rawValue }

    static let hostileTexts = [
        "<script>alert(1)</script>", "</title></script></style><img src=x onerror=alert(1)>", "\"' onfocus='alert(1)",
        "]]> &amp; &#60;", "| `a` ``b`` \\| [x](javascript:alert(1)) www.evil.example @all #1",
        "\u{202E}GNIHTYNA\u{2066}\u{200B}\u{FEFF}", "\u{1B}[2J\u{7}\u{85}\u{2028}", "{{constructor}} ${1}",
        "\u{FFFE}漢字 ١٢٣ 👩‍👩‍👧",
    ]

    func evidence() async throws -> SQLiteEvidence {
        switch self {
        case .mixed:
            var run = try await PlantedEvidence()
            let classes: [PairClass] = [
                .same, .equivalent, .explained, .drifted, .different, .stale, .inconclusive, .same,
            ]
            for (index, pairClass) in classes.enumerated() {
                try await run.plant(
                    pairClass, grn: "2\(index)GB000001000085\(index)", label: index == 4 ? "Dover" : "", type: "1")
            }
            try await run.plant(nil, grn: "23XI0000010000655", type: "9")
            return run.store
        case .ready:
            var run = try await PlantedEvidence(timeScale: 60)
            try await run.plantMixture(420)
            return run.store
        case .large:
            var run = try await PlantedEvidence(seed: 2)
            try await run.plantMixture(380, different: 3)
            return run.store
        case .hostile:
            var run = try await PlantedEvidence(seed: 3)
            for text in Self.hostileTexts {
                let body = String(repeating: text, count: 200)
                try await run.plant(.same, grn: text, label: text, type: text, body: body)
                try await run.plant(
                    .different, grn: text, label: text, type: text, body: body, why: text,
                    differences: [Difference(.kind, text, text), Difference(.form, at: text, body, nil)])
                try await run.plant(.inconclusive, label: text, why: text)
            }
            return run.store
        case .stale:
            var run = try await PlantedEvidence(isV1Live: false)
            for _ in 0..<20 { try await run.plant(.stale) }
            return run.store
        case .population:
            var rules = VerdictRules()
            rules.population = 12
            var run = try await PlantedEvidence(rules: rules)
            for _ in 0..<12 { try await run.plant(.same) }
            return run.store
        case .purged:
            var run = try await PlantedEvidence(isV1Live: false)
            try await run.plantMixture(30, different: 1)
            _ = try await run.store.purge(before: run.now.addingTimeInterval(1))
            return run.store
        case .empty: return try await PlantedEvidence().store
        case .mirror:
            var run = try await PlantedEvidence(isMirror: true)
            try await run.plantMixture(12, different: 1)
            try await run.plant(nil, grn: "23XI0000010000655")
            try await run.plantPending(grn: "23XI0000010000664")
            return run.store
        }
    }

    func text(_ format: ReportFormat) async throws -> String {
        try await EvidenceReport(evidence()).text(format)
    }
}

extension EvidenceReport {
    func text(_ format: ReportFormat) throws -> String {
        var bytes: [UInt8] = []
        try write(format) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    /// How often a text occurs in it.
    func count(of part: String) -> Int {
        let data = Data(utf8)
        let sought = Data(part.utf8)
        var count = 0
        var start = data.startIndex
        while let range = data.range(of: sought, in: start..<data.endIndex) {
            count += 1
            start = range.upperBound
        }
        return count
    }
}
