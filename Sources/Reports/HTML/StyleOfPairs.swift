/// How the list of pairs looks: a table where there is room, cards where there is none.
enum StyleOfPairs {
    static let source: Markup = "\(filter)\(list)\(sides)\(cards)"

    private static let filter: Markup = """
        .filter { margin: 1.5rem 0 1rem; }
        .filter fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem;
          min-width: 0; }
        .filter legend { color: var(--muted); font-size: .875rem; padding: 0 0 .4rem; }
        .filter fieldset label { position: relative; cursor: pointer; }
        .filter input[type="radio"] { position: absolute; opacity: 0; inset: 0; margin: 0; cursor: pointer; }
        .filter fieldset label > span { display: inline-flex; align-items: center; gap: .35rem;
          padding: .35rem .8rem; border: 1px solid var(--muted); border-radius: 999px; }
        .filter .number { color: var(--muted); }
        .filter input:checked + span { background: var(--wash); border-color: var(--accent);
          box-shadow: inset 0 0 0 1px var(--accent); font-weight: 650; }
        .filter input:checked + span .number { color: var(--ink); }
        .filter input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }
        .search { display: block; margin-top: 1rem; color: var(--muted); font-size: .875rem; }
        .search input { display: block; width: min(100%, 24rem); margin-top: .4rem; padding: .5rem .75rem;
          font: inherit; font-size: 1rem; color: var(--ink); background: var(--paper);
          border: 1px solid var(--muted); border-radius: 4px; }
        .shown { color: var(--muted); font-size: .875rem; margin: 1rem 0; }

        """

    private static let list: Markup = """
        .pairs > table { width: 100%; table-layout: fixed; }
        .pairs > table > thead th { text-align: left; font-weight: 400; color: var(--muted); font-size: .8125rem;
          padding: 0 .75rem .4rem 0; }
        .pairs > table > thead th:nth-child(1) { width: 4.5rem; }
        .pairs > table > thead th:nth-child(2) { width: 24%; }
        .pairs > table > thead th:nth-child(3) { width: 9rem; }
        .pairs > table > thead th:nth-child(4), .pairs > table > thead th:nth-child(5) { width: 16%; }
        .pair { border-top: 1px solid var(--line); }
        .pair > tr > th, .pair > tr > td { text-align: left; vertical-align: baseline; font-weight: 400;
          padding: .6rem .75rem .2rem 0; overflow-wrap: anywhere; }
        .pair > tr > th { color: var(--muted); }
        .pair .class { white-space: nowrap; }
        .pair > .behind > td { padding: 0 0 .6rem 4.5rem; }
        .pair[data-class="different"] .class { color: var(--alarm); font-weight: 650; }
        .grn { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono",
          monospace; font-size: .875rem; }
        .label { display: block; color: var(--muted); font-size: .875rem; }
        .again { display: block; color: var(--muted); font-size: .875rem; }
        .pair summary { font-size: .875rem; }

        """

    private static let sides: Markup = """
        .pair details[open] { background: var(--panel); padding: .25rem 1rem 1rem; border-radius: 4px; }
        .expected { margin: .25rem 0; font-size: .9375rem; }
        .sides { width: 100%; table-layout: fixed; margin-top: .75rem; font-size: .875rem; }
        .sides th, .sides td { text-align: left; vertical-align: baseline; font-weight: 400;
          padding: .35rem 1rem .35rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        .sides thead th, .sides thead td { border-top: 0; font-weight: 650; }
        .sides tr > :first-child { width: 9rem; color: var(--muted); }
        .sides .differs th, .sides .differs td { color: var(--alarm); font-weight: 650; }
        .sides pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8125rem;
          line-height: 1.45;
          font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }

        """

    private static let cards: Markup = """
        @media screen and (max-width: 50rem) {
          .pairs table, .pairs tbody, .pairs tr, .pairs th, .pairs td { display: block; width: auto; }
          .pairs thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .pair { padding: .75rem 0; }
          .pair > tr > td, .pair > tr > th, .sides td[data-name] { padding: .1rem 0; display: grid;
            grid-template-columns: 6rem minmax(0, 1fr); gap: 0 .5rem; }
          .pair > tr > td::before, .pair > tr > th::before, .sides td::before { content: attr(data-name);
            color: var(--muted); font-size: .875rem; font-weight: 400; }
          .pair > tr > td > *, .pair > tr > th > * { grid-column: 2; }
          .pair > .behind > td { display: block; padding: .25rem 0 0; }
          .pair > .behind > td::before { content: none; }
          .pair > tr > .class { display: flex; align-items: center; gap: .35rem; }
          .pair > tr > .class::before { width: 6.15rem; }
          .sides tbody tr { border-top: 1px solid var(--line); padding: .35rem 0; }
          .sides th, .sides td { border: 0; padding: 0; }
          .sides tr > :first-child { width: auto; }
          .sides td:not([data-name]) { display: none; }
        }

        """
}
