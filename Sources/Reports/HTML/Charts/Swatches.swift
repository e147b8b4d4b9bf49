import Comparison

/// How each class looks in charts and beside its name: told apart by pattern as well as by colour.
enum Swatches {
    /// The patterns, once for the whole page. It must not be hidden by `display: none`: then nothing could use them.
    static let definitions: Markup = """
        <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>
        \(Optional<PairClass>.byWeight.map(pattern))</defs></svg>

        """

    private static func pattern(_ pairClass: PairClass?) -> Markup {
        let size = pairClass == .equivalent ? 6 : 7
        return """
            <pattern id="fill-\(pairClass.name)" width="\(size)" height="\(size)" patternUnits="userSpaceOnUse"\
            \(turn(pairClass))><rect class="\(ground(pairClass))" width="\(size)" height="\(size)"/>\
            \(figure(pairClass))</pattern>

            """
    }

    private static func ground(_ pairClass: PairClass?) -> String {
        switch pairClass {
        case .same, .equivalent, .explained, .drifted: "fill"
        case .different: "alarm"
        case .stale, .inconclusive: "grey"
        case nil: "paper"
        }
    }

    private static func figure(_ pairClass: PairClass?) -> Markup? {
        switch pairClass {
        case .equivalent: "<path class=\"over\" d=\"M0 3h6\"/>"
        case .explained, .stale: "<path class=\"over\" d=\"M3.5 0v7\"/>"
        case .drifted: "<circle class=\"dot\" cx=\"3.5\" cy=\"3.5\" r=\"1.6\"/>"
        default: nil
        }
    }

    private static func turn(_ pairClass: PairClass?) -> Markup? {
        switch pairClass {
        case .explained: " patternTransform=\"rotate(45)\""
        case .stale: " patternTransform=\"rotate(-45)\""
        default: nil
        }
    }

    /// A small square before a class' name. Its outline shows where the fill is that of the paper.
    static func swatch(_ pairClass: PairClass?) -> Markup {
        """
        <svg class="swatch" viewBox="0 0 14 14" aria-hidden="true" focusable="false"><rect x=".75" y=".75" \
        width="12.5" height="12.5" rx="2.5" fill="url(#fill-\(pairClass.name))"/></svg>
        """
    }
}
