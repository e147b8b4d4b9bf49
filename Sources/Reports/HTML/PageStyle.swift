/// How the page looks: light and dark, wide and narrow, on a screen and on paper.
enum PageStyle {
    static let source: Markup = "\(shared)\(StyleOfCharts.source)\(StyleOfPairs.source)\(printed)"

    /// What the live page has in common with the report.
    static let shared: Markup = "\(Palette.rules)\(base)\(header)\(tables)\(StyleOfCharts.fills)\(narrow)"

    private static let base: Markup = """
        *, ::before, ::after { box-sizing: border-box; }
        html { font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans",
          Arial, sans-serif; background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%;
          font-variant-numeric: tabular-nums; }
        body { margin: 0 auto; max-width: 72rem; padding: 0 clamp(1rem, 4vw, 3rem) 4rem;
          overflow-wrap: break-word; }
        a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: from-font; }
        a:hover { text-decoration-thickness: 2px; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
        [hidden] { display: none !important; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
          white-space: nowrap; }
        .patterns { position: absolute; }
        .skip { position: absolute; left: -999rem; }
        .skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--paper); z-index: 2; }
        h1, h2, h3 { line-height: 1.2; letter-spacing: -.012em; font-weight: 650; text-wrap: balance; }
        h2 { font-size: 1.5rem; margin: 0 0 1.25rem; }
        h3 { font-size: 1.0625rem; margin: 1.75rem 0 .5rem; }
        p { margin: 0 0 .75rem; max-width: 68ch; }
        section { padding: 2.5rem 0 1.5rem; border-top: 1px solid var(--line); scroll-margin-top: 0; }
        summary { cursor: pointer; color: var(--accent); width: fit-content; padding: .25rem 0; }
        .note { color: var(--muted); font-size: .875rem; }
        .sentences { padding-left: 1.1rem; max-width: 75ch; }
        .sentences li { margin-bottom: .6rem; }
        .sentences li::marker { color: var(--muted); }
        footer { border-top: 1px solid var(--line); padding-top: 1.5rem; color: var(--muted); font-size: .875rem; }

        """

    private static let header: Markup = """
        .top { padding: clamp(2rem, 6vw, 4rem) 0 2rem; }
        .eyebrow { color: var(--muted); margin-bottom: 1.25rem; }
        .verdict { display: flex; align-items: center; gap: 1rem; color: var(--accent); }
        .not-ready .verdict { color: var(--alarm); }
        .not-enough-evidence .verdict { color: var(--ink); }
        .verdict h1 { font-size: clamp(2rem, 6vw, 3.25rem); margin: 0; }
        .icon { flex: none; width: clamp(2.5rem, 7vw, 3.5rem); fill: none; stroke: currentColor; stroke-width: 3;
          stroke-linecap: round; stroke-linejoin: round; }
        .lead { font-size: clamp(1.0625rem, 2.2vw, 1.25rem); max-width: 60ch; margin: 1.25rem 0; }
        .missing { padding-left: 1.1rem; color: var(--muted); max-width: 75ch; margin: 0 0 1rem; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr));
          gap: 1.25rem clamp(1rem, 3vw, 2rem); margin: 2rem 0 0; }
        .figures > div { border-top: 3px solid var(--accent); padding-top: .6rem; }
        .figures > .alarming { border-color: var(--alarm); }
        .figures dt { color: var(--muted); font-size: .875rem; }
        .figures dd { margin: 0; }
        .figures b { font-size: 1.75rem; font-weight: 650; letter-spacing: -.02em; line-height: 1.2;
          margin-right: .25rem; }
        .figures span { color: var(--muted); font-size: .875rem; display: inline-block; }
        nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; margin: 0;
          padding: 0 0 1.5rem; }
        nav a { display: inline-block; padding: .35rem 0; }
        .facts { margin: 0 0 1.5rem; max-width: 60rem; }
        .facts > div { display: grid; grid-template-columns: minmax(7rem, 13rem) minmax(0, 1fr); gap: 1rem;
          padding: .5rem 0; border-bottom: 1px solid var(--line); }
        .facts dt { color: var(--muted); }
        .facts dd { margin: 0; overflow-wrap: anywhere; }

        """

    private static let tables: Markup = """
        .scroll { overflow-x: auto; margin-bottom: 1rem; }
        table { border-collapse: collapse; font-size: .9375rem; }
        .plain caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .plain th, .plain td { text-align: left; vertical-align: baseline; padding: .45rem 1.25rem .45rem 0;
          font-weight: 400; border-bottom: 1px solid var(--line); }
        .plain thead th { color: var(--muted); font-size: .8125rem; border-bottom: 1px solid var(--muted);
          white-space: nowrap; }
        .plain .number, .number { text-align: right; white-space: nowrap; }
        .plain tfoot th, .plain tfoot td { border-bottom: 0; font-weight: 650; }
        .classes { width: 100%; }
        .classes .wide { width: 65%; }
        .classes th[scope="row"] { white-space: nowrap; }
        .classes .note { white-space: nowrap; margin-left: .5rem; }
        .classes .none th, .classes .none td { color: var(--muted); }
        .swatch { width: .875rem; height: .875rem; vertical-align: -.1rem; stroke: var(--muted);
          stroke-width: 1.5; margin-right: .25rem; }

        """

    private static let narrow: Markup = """
        @media screen and (max-width: 40rem) {
          section { padding: 2rem 0 1rem; }
          .plain th, .plain td { padding-right: .9rem; }
          .facts > div { grid-template-columns: 1fr; gap: 0; }
          .classes, .classes tbody, .classes thead, .classes tfoot { display: block; }
          .classes tr { display: grid; grid-template-columns: minmax(0, 1fr) 4.5rem 4.5rem;
            border-bottom: 1px solid var(--line); }
          .classes tr > * { border: 0; padding: .45rem 0 0; }
          .classes tbody tr > :last-child { grid-column: 1 / -1; padding: .1rem 0 .45rem; color: var(--muted); }
          .classes thead .wide { display: none; }
          .classes .note { margin: 0; }
        }

        """

    private static let printed: Markup = """
        @media print {
          @page { margin: 16mm 14mm; }
          html { font-size: 9.5pt; }
          body { max-width: none; padding: 0; }
          nav, .skip, .filter { display: none !important; }
          a { color: inherit; text-decoration: none; }
          .top { padding: 0 0 1.5rem; }
          section { padding: 1.25rem 0 .5rem; }
          h2, h3, caption, .chart .words, .pair > tr:first-child { break-after: avoid; }
          .scroll, .chart .numbers .scroll { overflow: visible; max-height: none; }
          .chart .numbers table { font-size: 7.5pt; }
          #chart-latency .numbers .scroll, #chart-bound .numbers .scroll { columns: 2; }
          .chart .numbers td, .chart .numbers th { padding-top: .05rem; padding-bottom: .05rem; }
          .plain th, .plain td { padding-top: .2rem; padding-bottom: .2rem; }
          .drawing { max-width: 34rem; }
          .drawing, .chart .words, .plain tr, .sides tr, .pair > tr:first-child { break-inside: avoid; }
          thead { display: table-header-group; }
          details > summary { color: var(--muted); list-style: none; break-after: avoid; }
          details::details-content { content-visibility: visible; block-size: auto; display: block; }
          .pair > .behind > td { padding-left: 1.5rem; }
          .pair details[open] { background: none; padding: 0 0 .5rem; }
          .pair summary { display: none; }
          .pairs > table > thead th:nth-child(1) { width: 3rem; }
          .pairs > table > thead th:nth-child(3) { width: 8.5rem; }
          .sides th, .sides td { padding-top: .1rem; padding-bottom: .1rem; }
        }

        """
}
