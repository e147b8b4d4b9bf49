/// What filters the list of pairs. All else of the page works without it.
enum PageScript {
    /// The script's digest, as the page's security policy names it: no other script may run in the page, wherever it
    /// came from. A test tells the new one when the script has changed.
    static let digest = "sha256-WIw6iuxRjXHRcRwYg7PwhDlRtmW/5t9YKKpdzXbUno4="

    /// The choice stands in the address, `#class=different&text=23GB`, so that it can be sent to somebody.
    static let source: Markup = """

        (() => {
          "use strict";
          const form = document.getElementById("filter");
          const shown = document.getElementById("shown");
          if (!form || !shown) return;
          const search = document.getElementById("text");
          const choices = form.elements["class"];
          const words = (body, part) => body.querySelector(part)?.textContent ?? "";
          const pairs = Array.from(document.querySelectorAll("tbody.pair"), (body) => ({
            body, of: body.dataset.class, text: (words(body, ".grn") + "\\n" + words(body, ".label")).toLowerCase(),
          }));
          // Links to a class lead to the filter, not to the first of its pairs.
          for (const pair of pairs) pair.body.removeAttribute("id");
          const number = (count) => count.toLocaleString("en") + (count === 1 ? " pair" : " pairs");

          function apply() {
            const of = choices.value;
            const text = search.value.trim().toLowerCase();
            let count = 0;
            for (const pair of pairs) {
              const fits = (of === "" || pair.of === of) && (text === "" || pair.text.includes(text));
              pair.body.hidden = !fits;
              if (fits) count += 1;
            }
            shown.textContent = of === "" && text === ""
              ? number(pairs.length) + " listed."
              : count.toLocaleString("en") + " of " + number(pairs.length) + " shown: "
                + [of === "" ? "" : "class " + of, text === "" ? "" : "with “" + search.value.trim() + "”"]
                  .filter((part) => part !== "").join(", ") + ".";
          }

          function read() {
            const state = new URLSearchParams(location.hash.slice(1));
            if (!state.has("class") && !state.has("text")) return;
            choices.value = state.get("class") ?? "";
            if (choices.value !== (state.get("class") ?? "")) choices.value = "";
            search.value = state.get("text") ?? "";
            apply();
            document.getElementById("pairs").scrollIntoView();
          }

          function write() {
            const state = new URLSearchParams();
            if (choices.value !== "") state.set("class", choices.value);
            if (search.value.trim() !== "") state.set("text", search.value.trim());
            history.replaceState(null, "", "#" + (state.size === 0 ? "pairs" : state));
          }

          form.addEventListener("input", () => { apply(); write(); });
          form.addEventListener("submit", (event) => event.preventDefault());
          addEventListener("hashchange", read);
          form.hidden = false;
          apply();
          read();

          // On paper nothing can be opened.
          let closed = [];
          addEventListener("beforeprint", () => {
            closed = Array.from(document.querySelectorAll("details:not([open])"));
            for (const part of closed) part.open = true;
          });
          addEventListener("afterprint", () => { for (const part of closed) part.open = false; });
        })();

        """
}
