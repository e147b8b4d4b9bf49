import Comparison

/// How each class looks in charts and beside its name: told apart by pattern as well as by colour.
enum Swatches {
    /// The patterns, once for the whole page. It must not be hidden by `display: none`: then nothing could use them.
    static let definitions: Markup = """
        <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>
        <pattern id="fill-same" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="fill" width="8" \
        height="8"/></pattern>
        <pattern id="fill-equivalent" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="fill" width="6" \
        height="6"/><path class="over" d="M0 3h6"/></pattern>
        <pattern id="fill-explained" width="7" height="7" patternUnits="userSpaceOnUse" \
        patternTransform="rotate(45)"><rect class="fill" width="7" height="7"/><path class="over" d="M3.5 0v7"/></pattern>
        <pattern id="fill-drifted" width="7" height="7" patternUnits="userSpaceOnUse"><rect class="fill" width="7" \
        height="7"/><circle class="dot" cx="3.5" cy="3.5" r="1.6"/></pattern>
        <pattern id="fill-different" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="alarm" width="8" \
        height="8"/></pattern>
        <pattern id="fill-stale" width="7" height="7" patternUnits="userSpaceOnUse" \
        patternTransform="rotate(-45)"><rect class="grey" width="7" height="7"/><path class="over" d="M3.5 0v7"/></pattern>
        <pattern id="fill-inconclusive" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="grey" width="8" \
        height="8"/></pattern>
        <pattern id="fill-open" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="paper" width="8" \
        height="8"/></pattern>
        </defs></svg>

        """

    /// A small square before a class' name. Its outline shows where the fill is that of the paper.
    static func swatch(_ pairClass: PairClass?) -> Markup {
        """
        <svg class="swatch" viewBox="0 0 14 14" aria-hidden="true" focusable="false"><rect x=".75" y=".75" width="12.5" \
        height="12.5" rx="2.5" fill="url(#fill-\(pairClass.name))"/></svg>
        """
    }
}
