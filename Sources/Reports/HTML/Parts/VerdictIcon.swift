import Comparison

/// A sign of the verdict that is told apart by its shape: the heading beside it says the same in words.
enum VerdictIcon {
    static func markup(_ verdict: Verdict) -> Markup {
        """
        <svg class="icon for-\(verdict.rawValue)" viewBox="0 0 48 48" aria-hidden="true" focusable="false">\
        \(frame(verdict))\(sign(verdict))</svg>
        """
    }

    private static func frame(_ verdict: Verdict) -> Markup {
        switch verdict {
        case .ready: "<circle cx=\"24\" cy=\"24\" r=\"21\"/>"
        case .notReady: "<path d=\"M15.5 3h17L45 15.5v17L32.5 45h-17L3 32.5v-17z\"/>"
        case .notEnoughEvidence: "<path d=\"M24 3L46 43H2z\"/>"
        }
    }

    private static func sign(_ verdict: Verdict) -> Markup {
        switch verdict {
        case .ready: "<path d=\"M14 24.5l7 7 13-14\"/>"
        case .notReady: "<path d=\"M16 16l16 16M32 16L16 32\"/>"
        case .notEnoughEvidence: "<path d=\"M24 13v13\"/><circle cx=\"24\" cy=\"34\" r=\"1.4\"/>"
        }
    }
}
