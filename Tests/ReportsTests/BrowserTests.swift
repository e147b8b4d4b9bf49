import Foundation
import Reports
import TestSupport
import Testing

/// The page in Debian's Chromium. One at a time: browsers are large.
@Suite("In a browser", .serialized) struct BrowserTests {
    @Test func `the page has nothing to complain of, and fits`() async throws {
        var frames: [Browser.Frame] = []
        for scenario in Scenario.allCases {
            let page = try await scenario.text(.html)
            for width in [1280, 768, 360, 320] {
                frames.append(Browser.Frame(name: "\(scenario.rawValue) \(width)", page: page, width: width))
            }
        }
        let (found, console) = try Browser.examine(
            frames,
            script: Self.fit)
        #expect(found as? [String] == [])
        #expect(console == [])
    }

    /// No page scrolls sideways, and no label of a chart stands outside of it, on another one, or is too small.
    static let fit = """
        const problems = [];
        for (const [name, frame] of Object.entries(frames)) {
          const page = frame.document, root = page.documentElement;
          if (root.scrollWidth > root.clientWidth) problems.push(name + " scrolls: " + root.scrollWidth);
          for (const drawing of page.querySelectorAll("svg.drawing")) {
            const frameOf = drawing.getBoundingClientRect();
            if (frameOf.width < 250 || frameOf.height < 120) problems.push(name + " small drawing");
            const labels = [];
            for (const text of drawing.querySelectorAll("text")) {
              const box = text.getBoundingClientRect();
              if (box.width === 0) continue;
              if (box.height < 10) problems.push(name + " tiny label " + text.textContent + " " + box.height);
              if (box.left < frameOf.left - 1 || box.right > frameOf.right + 1 || box.top < frameOf.top - 1
                || box.bottom > frameOf.bottom + 1) problems.push(name + " label outside: " + text.textContent);
              labels.push([box, text.textContent]);
            }
            for (const [i, [a, one]] of labels.entries()) for (const [b, other] of labels.slice(i + 1)) {
              const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
              const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
              if (across > 1 && down > 3) problems.push(name + " labels overlap: " + one + " / " + other);
            }
          }
        }
        return problems;
        """

    @Test func `its charts are drawn`() async throws {
        let (found, _) = try Browser.examine(
            [Browser.Frame(name: "one", page: try await Scenario.large.text(.html))],
            script: """
                const page = frames.one.document;
                const drawing = (id) => page.querySelector("#" + id + " svg.drawing");
                return {
                  bars: drawing("chart-classes").querySelectorAll("g.bar").length,
                  filled: Array.from(drawing("chart-classes").querySelectorAll("rect"))
                    .filter((bar) => bar.getBoundingClientRect().height > 0).length,
                  patterns: Array.from(drawing("chart-classes").querySelectorAll("rect"))
                    .every((bar) => page.querySelector(bar.getAttribute("fill").slice(4, -1))),
                  marks: drawing("chart-classes").querySelectorAll(".mark").length,
                  lines: Array.from(
                    drawing("chart-latency").querySelectorAll(".line path"), (path) => path.getTotalLength() > 300),
                  names: Array.from(drawing("chart-latency").querySelectorAll(".name"), (name) => name.textContent),
                  bound: drawing("chart-bound").querySelector(".bound path").getTotalLength() > 300,
                  threshold: drawing("chart-bound").querySelector(".allowed-name").textContent,
                };
                """)
        let drawn = try #require(found as? [String: Any])
        #expect(drawn["bars"] as? Int == 30)
        #expect(try #require(drawn["filled"] as? Int) > 60)
        #expect(drawn["patterns"] as? Bool == true)
        #expect(drawn["marks"] as? Int == 3)
        #expect(drawn["lines"] as? [Bool] == [true, true])
        #expect(drawn["names"] as? [String] == ["v1.0", "v2.0"])
        #expect(drawn["bound"] as? Bool == true)
        #expect(drawn["threshold"] as? String == "allowed: 1 %")
    }

    @Test func `pairs are found by class and by text, and the address says which`() async throws {
        let page = try await Scenario.mixed.text(.html)
        let fragments = ["all": "", "different": "class=different", "text": "text=dover", "odd": "class=nonsense"]
        let (found, console) = try Browser.examine(
            fragments.map { Browser.Frame(name: $0, page: page, fragment: $1) },
            script: """
                const shown = (frame) => Array.from(frame.document.querySelectorAll("tbody.pair"))
                  .filter((pair) => pair.getBoundingClientRect().height > 0).map((pair) => pair.dataset.class);
                const says = (frame) => frame.document.getElementById("shown").textContent;
                const result = {
                  all: shown(frames.all), allSays: says(frames.all),
                  different: shown(frames.different), differentSays: says(frames.different),
                  text: shown(frames.text), textSays: says(frames.text), odd: shown(frames.odd).length,
                };
                const filter = frames.different.document.getElementById("filter").getBoundingClientRect();
                result.isFilterSeen = filter.top >= 0 && filter.bottom <= frames.different.innerHeight;
                const page = frames.all.document;
                page.querySelector("input[value='same']").click();
                result.clicked = shown(frames.all);
                result.address = frames.all.location.hash;
                const search = page.getElementById("text");
                search.value = "27GB";
                search.dispatchEvent(new frames.all.Event("input", { bubbles: true }));
                result.searched = shown(frames.all);
                result.searchedAddress = frames.all.location.hash;
                frames.all.location.hash = "#class=stale";
                await new Promise((done) => setTimeout(done, 50));
                result.linked = shown(frames.all);
                result.checked = page.querySelector("input[name='class']:checked").value;
                page.querySelector("input[value='']").click();
                result.cleared = [shown(frames.all).length, frames.all.location.hash];
                return result;
                """)
        let result = try #require(found as? [String: Any])
        let all = ["different", "explained", "drifted", "stale", "inconclusive", "equivalent", "same", "same", "open"]
        #expect(result["all"] as? [String] == all)
        #expect(result["allSays"] as? String == "9 pairs listed.")
        #expect(result["different"] as? [String] == ["different"])
        #expect(result["differentSays"] as? String == "1 of 9 pairs shown: class different.")
        #expect(result["text"] as? [String] == ["different"])
        #expect(result["textSays"] as? String == "1 of 9 pairs shown: with “dover”.")
        #expect(result["odd"] as? Int == 9)
        #expect(result["isFilterSeen"] as? Bool == true)
        #expect(result["clicked"] as? [String] == ["same", "same"])
        #expect(result["address"] as? String == "#class=same")
        #expect(result["searched"] as? [String] == ["same"])
        #expect(result["searchedAddress"] as? String == "#class=same&text=27GB")
        #expect(result["linked"] as? [String] == ["stale"])
        #expect(result["checked"] as? String == "stale")
        #expect((result["cleared"] as? [Any])?.first as? Int == 9)
        #expect(console == [])
    }

    @Test(arguments: [false, true])
    func `everything can be read, and told to who can't see`(isDark: Bool) async throws {
        var frames: [Browser.Frame] = []
        for scenario in [Scenario.mixed, .ready, .hostile, .empty] {
            let page = try await scenario.text(.html)
            for width in [1280, 360] {
                frames.append(Browser.Frame(name: "\(scenario.rawValue) \(width)", page: page, width: width))
            }
        }
        let (found, _) = try Browser.examine(frames, isDark: isDark, script: Self.accessibility)
        let result = try #require(found as? [String: Any], "\(found)")
        #expect(result["problems"] as? [String] == [])
        #expect(try #require(result["texts"] as? Int) > 10_000)
        #expect(try #require(result["isDark"] as? Bool) == isDark)
    }

    /// Landmarks, headings, names, and the contrast of each text as it is drawn.
    static let accessibility = """
        const problems = new Set();
        let texts = 0, isDark = false;
        const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
        const luminance = ([r, g, b]) => {
          const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * x + 0.7152 * y + 0.0722 * z;
        };
        for (const frame of Object.values(frames)) {
          const page = frame.document;
          for (const details of page.querySelectorAll("details")) details.open = true;
          for (const part of typeof landmarks === "undefined" ? ["header", "nav", "main", "footer"] : landmarks) {
            if (page.querySelectorAll("body > " + part).length !== 1) problems.add("not one " + part);
          }
          if (page.documentElement.lang !== "en" || !page.title) problems.add("no language or title");
          if (page.querySelectorAll("h1").length !== 1) problems.add("not one h1");
          let level = 0;
          for (const heading of page.querySelectorAll("h1, h2, h3, h4")) {
            const next = Number(heading.tagName[1]);
            if (next > level + 1) problems.add("a heading skips a level: " + heading.textContent);
            level = next;
          }
          const ids = Array.from(page.querySelectorAll("[id]"), (element) => element.id);
          if (new Set(ids).size !== ids.length) problems.add("an id stands twice");
          for (const element of page.querySelectorAll("[aria-labelledby]")) {
            for (const id of element.getAttribute("aria-labelledby").split(" ")) {
              if (!page.getElementById(id)?.textContent.trim()) problems.add("nothing is called " + id);
            }
          }
          for (const section of page.querySelectorAll("section, nav, [role=region]")) {
            const isNamed = section.hasAttribute("aria-labelledby") || section.getAttribute("aria-label");
            if (!isNamed) problems.add("a part without name");
          }
          for (const svg of page.querySelectorAll("svg")) {
            const isImage = svg.getAttribute("role") === "img";
            const isNamed = isImage && svg.querySelector("title") && svg.querySelector("desc");
            if (!isNamed && svg.getAttribute("aria-hidden") !== "true") problems.add("a drawing without words");
          }
          for (const input of page.querySelectorAll("input")) {
            if (!input.labels.length) problems.add("an input without label");
          }
          for (const table of page.querySelectorAll("table")) {
            if (!table.querySelector("th[scope]")) problems.add("a table without headers");
            if (!table.caption && !table.getAttribute("aria-label")) problems.add("a table without name");
          }
          if (!page.getElementById("shown") !== !page.querySelector("tbody.pair")) problems.add("no live count");
          for (const link of page.querySelectorAll("a[href^='#']")) {
            const target = link.getAttribute("href").slice(1);
            const filter = target.startsWith("class=") && page.querySelector(`input[value="${target.slice(6)}"]`);
            if (!filter && !page.getElementById(target)) problems.add("leads nowhere: " + target);
          }
          isDark = luminance(parse(frame.getComputedStyle(page.documentElement).backgroundColor)) < 0.2;
          const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            const isRead = !["SCRIPT", "STYLE", "title", "desc"].includes(element.tagName);
            if (!isRead || !walker.currentNode.data.trim()) continue;
            const box = element.getBoundingClientRect();
            if (box.width < 2 || box.height < 2) continue;
            texts += 1;
            const style = frame.getComputedStyle(element);
            const colour = parse(element.tagName === "text" ? style.fill : style.color);
            let ground = element;
            const isClear = (part) => /, 0\\)$|transparent/.test(frame.getComputedStyle(part).backgroundColor);
            while (ground && isClear(ground)) ground = ground.parentElement;
            const behind = parse(frame.getComputedStyle(ground ?? page.documentElement).backgroundColor);
            const [light, dark] = [luminance(colour), luminance(behind)].sort((a, b) => b - a);
            const contrast = (light + 0.05) / (dark + 0.05);
            if (contrast < 4.5) problems.add(contrast.toFixed(2) + ": " + walker.currentNode.data.trim().slice(0, 40));
          }
        }
        return { problems: [...problems], texts, isDark };
        """

    @Test func `without scripts all pairs are shown, and links lead to them`() async throws {
        let page = try await Scenario.mixed.text(.html)
        // A script that is not the page's own does not run in it.
        let other = page.replacingOccurrences(
            of: "\"use strict\";", with: "\"use strict\"; document.title = \"broken in\";")
        #expect(other != page)
        let scratch = try ScratchFolder()
        let visit = try Browser.visit(try scratch.write("report.html", Data(other.utf8)).absoluteString)
        #expect(!visit.elements.contains("broken in</title>"))
        #expect(visit.console.contains { $0.contains("Content Security Policy") }, "\(visit.console)")
        #expect(visit.elements.contains("<form id=\"filter\" class=\"filter\" hidden=\"\">"))
        #expect(!visit.elements.contains("<tbody class=\"pair\" hidden"))
        #expect(visit.elements.contains("id=\"class=different\""))
    }
}
