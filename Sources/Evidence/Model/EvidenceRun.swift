package import Comparison
package import Foundation

/// What a store's run is about: it is written at the start, and renewed where a run goes on.
package struct EvidenceRun: Sendable, Equatable {
    package var toolVersion: String
    /// When the run began: real time, from which the run's own clock counts.
    package var startedAt: Date
    /// Seconds of the run's own clock to a real one; 1 but for runs against a simulator.
    package var timeScale: Double
    /// Where each side's answers come from, in words: an address, or what was recorded.
    package var v1: String
    package var v2: String
    package var isV1Live: Bool
    package var isV2Live: Bool
    package var rules: VerdictRules
    /// How far apart answers may be for their amounts to be comparable: seconds.
    package var comparableWithin: Double
    /// Whether tax identifiers are kept as they are, and not as pseudonyms.
    package var keepsIdentifiers: Bool
    /// What tells the key of the pseudonyms from another; nil where there is none.
    package var keyCheck: String?
    /// Whether it is a mirror's: its questions are its clients', and there is always one that waits for its second half.
    package var isMirror = false
    /// The mapping files that the run rests on, with their revisions.
    package var mappings: [String: Int]

    package init(
        toolVersion: String, startedAt: Date, timeScale: Double = 1, v1: String, v2: String, isV1Live: Bool,
        isV2Live: Bool, rules: VerdictRules = VerdictRules(), comparableWithin: Double = 300,
        keepsIdentifiers: Bool = false, mappings: [String: Int] = [:]
    ) {
        self.toolVersion = toolVersion
        self.startedAt = startedAt
        self.timeScale = timeScale
        self.v1 = v1
        self.v2 = v2
        self.isV1Live = isV1Live
        self.isV2Live = isV2Live
        self.rules = rules
        self.comparableWithin = comparableWithin
        self.keepsIdentifiers = keepsIdentifiers
        self.mappings = mappings
    }

    package func describes(_ side: EvidenceSide) -> String { side == .v1 ? v1 : v2 }
    package func isLive(_ side: EvidenceSide) -> Bool { side == .v1 ? isV1Live : isV2Live }
}

/// Something that was decided or happened in a run, in words: it began, it was stopped, v1.0 was asked again.
package struct EvidenceNote: Sendable, Equatable {
    package var at: Date
    /// The pair that it is about; nil: the run.
    package var pair: Int?
    package var text: String

    package init(at: Date, pair: Int? = nil, text: String) {
        self.at = at
        self.pair = pair
        self.text = text
    }
}
