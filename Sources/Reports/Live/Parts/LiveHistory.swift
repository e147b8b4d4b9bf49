/// A small chart of what the page has seen since it was opened: without a script there is nothing to see.
enum LiveHistory {
    static func figure(_ name: String, heading: String) -> Markup {
        """
        <figure class="history" data-history="\(name)" hidden>
        <figcaption>\(heading): <span class="seen">not enough seen yet</span></figcaption>
        <svg class="spark" viewBox="0 0 300 60" preserveAspectRatio="none" aria-hidden="true" focusable="false">\
        <path class="area" d=""/><path class="base" d="M0 59.5h300"/><path class="line" d=""/><path class="end" d=""/></svg>
        </figure>

        """
    }
}
