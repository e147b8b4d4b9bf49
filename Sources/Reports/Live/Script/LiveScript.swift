/// What keeps the live page up to date: the connection to the gateway, and what becomes of a state that it sends.
enum LiveScript {
    /// The script's digest, for the page's security policy. A test tells the new one when the script has changed.
    static let digest = "sha256-WermShgplWk887mmvMuAzN2Dzf3wuyHFF3063DsJseg="

    static let source: Markup = """

        (() => {
          "use strict";
        \(LiveScript.places)\(LiveScript.ages)\(LiveScript.histories)\(LiveScript.connection)\
        })();

        """

    /// A state's words into their places. Nothing is written that has not changed, and what stays is never made anew:
    /// focus, selection and scroll position stay where they are. No text becomes markup.
    private static let places: Markup = """
          const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
          const write = (place, text) => { if (place.textContent !== text) place.textContent = text; };
          const mark = (place, name, value) => {
            if (place.getAttribute(name) !== value) place.setAttribute(name, value);
          };
          const byName = (name) => all(`[data-${name}]`).map((place) => [place.dataset[name], place]);
          const texts = byName("text"), lists = byName("list"), bars = byName("bar"), tables = byName("table");
          const alarms = byName("alarm"), segments = new Map(byName("segment")), empty = new Map(byName("empty"));

          function fillList(list, items) {
            while (list.children.length > items.length) list.lastElementChild.remove();
            while (list.children.length < items.length) {
              list.append(document.createElement("li"));
              list.lastElementChild.append(document.createElement("bdi"));
            }
            items.forEach((item, index) => write(list.children[index].firstElementChild, item));
            list.hidden = items.length === 0;
          }

          function fillBar(bar, parts) {
            for (const part of parts) {
              const place = bar.querySelector(`[data-name="${part.name}"]`);
              mark(place, "x", part.x + "%");
              mark(place, "width", part.width + "%");
              segments.get(part.name)?.classList.toggle("none", part.width === 0);
            }
          }

          function fillTable(table, rows) {
            const body = table.querySelector("tbody"), blank = table.querySelector("template");
            const known = new Map(Array.from(body.rows, (row) => [row.dataset.key, row]));
            const shown = new Set();
            let next = body.rows[0] ?? null;
            for (const { key, at, class: of, cells } of rows) {
              let row = shown.has(known.get(key)) ? undefined : known.get(key);
              if (!row) {
                row = document.importNode(blank.content, true).firstElementChild;
                row.dataset.key = key;
              }
              if (row === next) next = row.nextElementSibling;
              else body.insertBefore(row, next);
              shown.add(row);
              for (const [name, text] of Object.entries(cells)) {
                const cell = row.querySelector(`[data-cell="${name}"]`);
                if (cell && !(at && name === "age")) write(cell, text);
              }
              if (at) row.querySelector("time").dateTime = at;
              if (of) {
                row.dataset.class = of;
                mark(row.querySelector(".swatch rect"), "fill", `url(#fill-${of})`);
              }
            }
            for (const row of Array.from(body.rows)) if (!shown.has(row)) row.remove();
          }

          function fill(page) {
            for (const [name, place] of texts) if (name in page.texts) write(place, page.texts[name]);
            for (const [name, place] of lists) if (name in page.lists) fillList(place, page.lists[name]);
            for (const [name, place] of bars) if (name in page.bars) fillBar(place, page.bars[name]);
            for (const [name, place] of alarms) place.classList.toggle("alarming", page.alarms.includes(name));
            for (const [name, place] of tables) {
              const rows = page.tables[name] ?? [];
              fillTable(place, rows);
              place.hidden = rows.length === 0;
              const nothing = empty.get(name);
              if (nothing) nothing.hidden = rows.length > 0;
            }
            const notices = document.getElementById("notices");
            notices.hidden = (page.lists.notices ?? []).length === 0;
            if (page.verdict) document.querySelector("header").className = "top " + page.verdict;
            const title = page.title + " - " + document.body.dataset.name;
            if (document.title !== title) document.title = title;
          }

        """
}
