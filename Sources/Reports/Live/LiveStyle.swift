/// How the live page looks: as the report does, but for what a report does not have.
enum LiveStyle {
    /// The style's digest, for the page's security policy. A test tells the new one when the style has changed.
    static let digest = "sha256-cZGch3JC3riz6Dz1eusBSwUtC5N16grnKsMgxyRGdqI="

    static let source: Markup = "\n\(PageStyle.shared)\(header)\(parts)\(histories)\(differences)\(media)"

    private static let header: Markup = """
        body { max-width: 80rem; }
        .top { padding: clamp(1.25rem, 3vw, 2rem) 0 2rem; }
        .strip { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline;
          gap: .5rem 2rem; margin-bottom: clamp(1.5rem, 4vw, 2.5rem); padding-bottom: .75rem;
          border-bottom: 1px solid var(--line); }
        .eyebrow, .controls p { margin: 0; }
        .eyebrow .since { white-space: nowrap; }
        .controls { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.25rem; }
        .as-of { color: var(--muted); white-space: nowrap; }
        .actions { display: flex; align-items: center; gap: 1.25rem; }
        .actions a { padding: .35rem 0; }
        button { font: inherit; color: var(--accent); background: var(--paper); border: 1px solid currentColor;
          border-radius: 999px; padding: .3rem 1rem; min-width: 10rem; cursor: pointer; }
        button:hover { background: var(--wash); }
        button[aria-disabled="true"] { color: var(--muted); cursor: default; }
        .connection::before { content: ""; display: inline-block; width: .75rem; height: .75rem;
          margin-right: .5rem; vertical-align: -.05em; border: 2px solid var(--muted); border-radius: 50%; }
        .connection[data-state="live"] { color: var(--accent); font-weight: 650; }
        .connection[data-state="live"]::before { border-color: var(--accent); background: var(--accent); }
        .connection[data-state="paused"]::before { border-radius: 0; border-width: 0 .25rem; border-color: var(--ink); }
        .connection[data-state="lost"] { color: var(--alarm); font-weight: 650; }
        .connection[data-state="lost"]::before { border-radius: 0; border-color: var(--alarm); rotate: 45deg; }
        .top .columns { align-items: start; }
        .top .note { max-width: none; margin: 0; }
        .top .figures { padding-top: .5rem; grid-template-columns: 1fr 1fr; }
        .so-far { color: var(--muted); font-weight: 400; white-space: nowrap; }
        .verdict .icon { display: none; }
        .ready .for-ready, .not-ready .for-not-ready, .not-enough-evidence .for-not-enough-evidence { display: block; }

        """

    private static let parts: Markup = """
        .columns { display: grid; grid-template-columns: minmax(0, 7fr) minmax(0, 5fr);
          gap: 0 clamp(2rem, 5vw, 4rem); }
        section { padding: 1.75rem 0 1.5rem; }
        #notices + section { border: 0; }
        h2 { font-size: 1.25rem; margin-bottom: 1rem; }
        h3 { margin: 0 0 .25rem; }
        .figures { margin-top: 0; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); }
        #notices { border: 0; background: var(--wash); border-left: 4px solid var(--accent); border-radius: 4px;
          padding: .75rem 1rem; margin-bottom: .5rem; }
        #notices h2 { font-size: 1rem; margin: 0 0 .25rem; }
        .notices { margin: 0; padding-left: 1.1rem; }
        .bar { display: block; width: 100%; height: 1.75rem; border-radius: 4px; background: var(--panel);
          border: 1px solid var(--muted); margin-bottom: 1.25rem; }
        .bar rect { stroke: var(--paper); stroke-width: 1.5; transition: x .3s, width .3s; }
        .bar rect[width="0%"] { display: none; }
        .bar[data-bar="queue"] { height: .75rem; }
        .bar[data-bar="queue"] rect { fill: var(--fill); stroke: none; }
        .statuses { width: 100%; }
        .statuses .wide { width: 100%; }
        .plain.statuses :last-child { padding-right: 0; }
        .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
          gap: 1.5rem clamp(2rem, 5vw, 4rem); }
        .address { color: var(--muted); font-size: .875rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
        .measures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .5rem 1rem; margin: 0; }
        .measures dt { color: var(--muted); font-size: .875rem; }
        .measures dd { margin: 0; font-weight: 650; overflow-wrap: anywhere; }

        """

    private static let histories: Markup = """
        .history { margin: 1rem 0 0; }
        .history figcaption { color: var(--muted); font-size: .875rem; }
        .spark { display: block; width: 100%; height: 2.75rem; margin-top: .25rem; }
        .spark .area { fill: var(--wash); stroke: none; }
        .spark .base, .spark .line, .spark .end { fill: none; vector-effect: non-scaling-stroke; }
        .spark .base { stroke: var(--line); }
        .spark .line { stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
        .spark .end { stroke: var(--accent); stroke-width: 7; stroke-linecap: round; }

        """

    private static let differences: Markup = """
        .differences { width: 100%; }
        .differences .wide { width: 40%; }
        .plain.differences .number { color: var(--muted); padding-right: 1.25rem; }
        .differences .when, .differences .class { white-space: nowrap; }
        .differences [data-class="different"] .class { color: var(--alarm); font-weight: 650; }
        .differences .note { margin-left: .35rem; }
        .grn { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
          font-size: .875rem; }

        """

    private static let media: Markup = """
        @media (max-width: 72rem) { #traffic .figures { grid-template-columns: 1fr 1fr; } }
        @media (max-width: 56rem) {
          .columns { display: block; }
          .columns > * + :not(section) { margin-top: 1.5rem; }
        }
        @media screen and (max-width: 40rem) {
          section { padding: 1.5rem 0 1rem; }
          .figures { grid-template-columns: 1fr 1fr; }
          .controls { width: 100%; }
          .actions { width: 100%; }
          .measures { grid-template-columns: 1fr 1fr; }
        }
        @media screen and (max-width: 50rem) {
          .differences, .differences tbody { display: block; width: 100%; }
          .differences thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .differences tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .1rem 1rem;
            padding: .6rem 0; border-bottom: 1px solid var(--line); }
          .plain.differences tr > * { padding: 0; border: 0; text-align: left; }
          .plain.differences .number { grid-area: 1 / 2; padding: 0; }
          .differences .class { grid-area: 1 / 1; }
          .differences .guarantee, .differences .what, .differences .when { grid-column: 1 / -1; }
          .plain.differences .when { grid-row: 4; font-size: .875rem; color: var(--muted); }
          .differences .number::before { content: "pair "; }
        }
        @media (prefers-reduced-motion: reduce) { *, ::before, ::after { transition: none !important; } }
        @media print { .controls, .skip { display: none; } }

        """
}
