/// How charts look. Their letters grow on small screens as the drawing shrinks.
enum StyleOfCharts {
    /// What the patterns of the classes are drawn with.
    static let fills: Markup = """
        .fill { fill: var(--fill); }
        .alarm { fill: var(--alarm); }
        .grey { fill: var(--grey); }
        .paper { fill: var(--paper); }
        .dot { fill: var(--paper); }
        .over { stroke: var(--paper); stroke-width: 1.75; fill: none; }

        """

    static let source: Markup = """
        .chart { display: grid; grid-template-columns: minmax(0, 40rem) minmax(0, 1fr); gap: 1rem 3rem;
          margin-bottom: 3rem; }
        .chart .words { grid-column: 2; grid-row: 1; }
        .chart .figure { grid-column: 1; grid-row: 1; min-width: 0; }
        .chart h3 { margin-top: .25rem; }
        .chart .words { font-size: .9375rem; }
        .chart .nothing { color: var(--muted); border: 1px dashed var(--muted); padding: 2rem; text-align: center;
          max-width: none; }
        .chart .numbers .scroll { max-height: 20rem; overflow: auto; }
        .drawing { display: block; width: 100%; height: auto; font-size: 13px; }
        .drawing text { fill: var(--muted); }
        .drawing .end { text-anchor: end; }
        .drawing .middle { text-anchor: middle; }
        .drawing .grid { stroke: var(--line); }
        .drawing .base { stroke: var(--muted); }
        .drawing .mark { fill: var(--alarm); }
        .drawing .alarming { fill: var(--alarm); font-weight: 650; }
        .drawing .allowed { fill: var(--wash); }
        .drawing .threshold { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 7 5; }
        .drawing .allowed-name { fill: var(--ink); }
        .line path { fill: none; stroke: var(--accent); stroke-width: 2.25; stroke-linejoin: round; }
        .line circle, .line rect { fill: var(--accent); stroke: var(--accent); stroke-width: 1.5; }
        .line.v1 path { stroke: var(--muted); stroke-dasharray: 5 3; }
        .line.v1 circle { fill: var(--paper); stroke: var(--muted); }
        .line .name { fill: var(--accent); font-weight: 650; }
        .line.v1 .name { fill: var(--muted); }
        .legend { list-style: none; margin: 1rem 0 0; padding: 0; max-width: 16rem; }
        .legend li { display: flex; align-items: center; gap: .4rem; padding: .2rem 0;
          border-bottom: 1px solid var(--line); }
        .legend .number { margin-left: auto; }
        @media (max-width: 56rem) {
          .chart { display: block; }
          .chart .words { margin-bottom: 1rem; }
          .legend { display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; max-width: none; }
          .legend li { border: 0; }
        }
        @media screen and (max-width: 40rem) {
          .drawing { font-size: 23px; }
          .drawing .spare { display: none; }
          .line path { stroke-width: 3.5; }
        }

        """
}
