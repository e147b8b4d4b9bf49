import Comparison

extension LiveWords {
    /// A text in its place, where the script finds it.
    func text(_ place: String) -> Markup { "<span data-text=\"\(place)\">\(self[place])</span>" }

    /// A large number.
    ///
    /// - Parameter alarm: what in `alarms` is about it; the place, where nothing else is.
    func figure(_ name: String, _ place: String, note: Markup? = nil, alarm: String? = nil) -> Markup {
        let alarm = alarm ?? place
        let state: Markup? = alarms.contains(alarm) ? " class=\"alarming\"" : nil
        return """
            <div data-alarm="\(alarm)"\(state)><dt>\(name)</dt>\
            <dd><b data-text="\(place)">\(self[place])</b> \(note)</dd></div>

            """
    }

    /// A small number.
    func measure(_ name: String, _ place: String) -> Markup {
        "<div><dt>\(name)</dt><dd data-text=\"\(place)\">\(self[place])</dd></div>\n"
    }

    func list(_ name: String) -> Markup {
        let items: [Markup] = (lists[name] ?? []).map { "<li><bdi>\($0)</bdi></li>" }
        return "<ul class=\"\(name)\" data-list=\"\(name)\"\(items.isEmpty ? " hidden" : "" as Markup)>\(items)</ul>\n"
    }

    /// A bar; what it shows stands beside it in words.
    func bar(_ name: String, isFilledByClass: Bool = false) -> Markup {
        let segments: [Markup] = (bars[name] ?? []).map { segment in
            let fill: Markup? = isFilledByClass ? " fill=\"url(#fill-\(segment.name))\"" : nil
            return """
                <rect data-name="\(segment.name)" x="\(segment.x)%" width="\(segment.width)%" height="100%"\(fill)/>
                """
        }
        return """
            <svg class="bar" data-bar="\(name)" aria-hidden="true" focusable="false">\(segments)</svg>

            """
    }

    // MARK: - Tables

    /// A table that scrolls by itself, and what stands in its place while it is empty.
    ///
    /// - Parameter row: the cells of a row; of nil: empty ones, for the script to fill.
    func table(
        _ name: String, caption: String, empty: String, isCaptioned: Bool = true, head: Markup,
        row: (LiveRow?) -> Markup
    ) -> Markup {
        let rows = tables[name] ?? []
        let lines: [Markup] = rows.map { "<tr role=\"row\"\(Self.attributes($0))>\(row($0))</tr>\n" }
        let heading: Markup? = isCaptioned ? "<h3>\(caption)</h3>\n" : nil
        return """
            \(heading)<p class="note" data-empty="\(name)"\(rows.isEmpty ? "" : " hidden" as Markup)>\(empty)</p>
            <div class="scroll" role="region" tabindex="0" aria-label="\(caption)" data-table="\(name)"\
            \(rows.isEmpty ? " hidden" : "" as Markup)><table class="plain \(name)" role="table">
            <caption>\(caption)</caption>
            <thead role="rowgroup"><tr role="row">\(head)</tr></thead>
            <tbody role="rowgroup">
            \(lines)</tbody></table>
            <template><tr role="row">\(row(nil))</tr></template></div>

            """
    }

    private static func attributes(_ row: LiveRow) -> Markup {
        let pairClass: Markup? = row.pairClass.map { " data-class=\"\($0.rawValue)\"" }
        return " data-key=\"\(row.key)\"\(pairClass)"
    }

    static func cell(_ name: String, _ row: LiveRow?) -> Markup {
        "<span data-cell=\"\(name)\">\(row?.cells[name] ?? "")</span>"
    }
}
