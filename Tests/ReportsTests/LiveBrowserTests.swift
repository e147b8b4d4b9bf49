import Comparison
import Foundation
import Reports
import Testing

extension BrowserTests {
    /// The live page in Chromium, served by a stub of its gateway with its own policy.
    @Suite struct `A live page` {
        @Test(arguments: [LiveState.Mode.gateway, .mirror])
        func `has nothing to complain of, fits, and can be read`(mode: LiveState.Mode) async throws {
            let states = try await states(mode, seconds: [0, 5, 10, 15])
            let found = try LiveVisit.run(
                states[0], states: states,
                steps: """
                    browser.open(stub.url)
                    for state in states:
                        show(state)
                    result["wide"], result["problems"], result["texts"], result["dark"] = [], [], 0, []
                    for scheme in ["light", "dark"]:
                        for width in [1280, 1000, 768, 360, 320]:
                            browser.look(width=width, scheme=scheme)
                            wide = browser.ask("document.documentElement.scrollWidth")
                            if wide > width:
                                result["wide"].append([scheme, width, wide])
                            seen = browser.run('''
                                const frames = { live: window }, landmarks = ["header", "main", "footer"];
                                \(BrowserTests.accessibility)''')
                            result["problems"] += ["%s %d: %s" % (scheme, width, each) for each in seen["problems"]]
                            result["texts"] += seen["texts"]
                            result["dark"].append(seen["isDark"])
                    """)
            #expect(found["wide"] as? [[Int]] == [])
            #expect(found["problems"] as? [String] == [])
            #expect(try #require(found["texts"] as? Int) > 400)
            #expect(found["dark"] as? [Bool] == Array(repeating: false, count: 5) + Array(repeating: true, count: 5))
            #expect(found["console"] as? [String] == [])
        }

        @Test(arguments: [LiveState.Mode.gateway, .mirror])
        func `shows each state as it comes`(mode: LiveState.Mode) async throws {
            var states = try await states(mode, seconds: [0, 5, 10, 20])
            // A gateway may well tell of a pair twice.
            states[1].differences += states[1].differences.prefix(2)
            states[2].notices = []
            states[2].refusedForLoad = 4
            states[3].statuses.append((418, 7))
            states[3].notices.append("One more.")
            let found = try LiveVisit.run(
                states[0], states: states,
                steps: """
                    browser.open(stub.url)
                    result["wrong"] = []
                    for state in states:
                        show(state)
                        browser.run("window.should = %s.page" % state)
                        result["wrong"] += browser.run('''\(Self.differing)''')
                    result["says"] = browser.text("#connection")
                    result["asked"] = stub.asked
                    """)
            #expect(found["wrong"] as? [String] == [], "\(found["wrong"] ?? "")")
            #expect(found["says"] as? String == "Live")
            #expect(found["asked"] as? Int == 1)
            #expect(found["console"] as? [String] == [])
        }

        /// What stands in the page otherwise than `should`, the words of a state, say.
        private static let differing = """
            const wrong = [], text = (place) => place.textContent, all = (selector, within = document) =>
              Array.from(within.querySelectorAll(selector));
            const same = (name, is, ought) => {
              if (JSON.stringify(is) !== JSON.stringify(ought)) wrong.push(JSON.stringify([name, is, ought]));
            };
            for (const place of all("[data-text]")) {
              same(place.dataset.text, text(place), should.texts[place.dataset.text]);
            }
            for (const list of all("[data-list]")) {
              same(list.dataset.list, Array.from(list.children, text), should.lists[list.dataset.list]);
            }
            for (const table of all("[data-table]")) {
              const rows = should.tables[table.dataset.table];
              same(table.dataset.table, all("tbody tr", table).length, rows.length);
              for (const [index, row] of all("tbody tr", table).entries()) {
                for (const cell of all("[data-cell]", row)) {
                  const name = cell.dataset.cell;
                  if (name !== "age") same(name, text(cell), rows[index].cells[name]);
                }
                const of = rows[index].class;
                if (of) same("swatch", row.querySelector("rect").getAttribute("fill"), `url(#fill-${of})`);
              }
            }
            for (const bar of all("[data-bar]")) {
              same(bar.dataset.bar, Array.from(bar.children, (part) => part.getAttribute("width")),
                should.bars[bar.dataset.bar].map((part) => part.width + "%"));
            }
            same("alarms", all(".alarming").map((place) => place.dataset.alarm).sort(), should.alarms);
            same("notices", document.getElementById("notices").hidden, should.lists.notices.length === 0);
            same("title", document.title, should.title + " - nctsbridge");
            return wrong;
            """

        @Test func `is paused and resumed with the keyboard alone`() async throws {
            let states = try await states(.mirror, seconds: [0, 5, 10])
            let found = try LiveVisit.run(
                states[0], states: states,
                steps: """
                    browser.open(stub.url)
                    show(states[0])
                    stops = []
                    while len(stops) < 20:
                        browser.press("Tab")
                        stops.append(focused())
                        if stops[-1] == "BODY" or stops[-1] in stops[:-1]: break
                        shape = browser.run('''const style = getComputedStyle(document.activeElement);
                            return style.outlineStyle + " " + style.outlineWidth;''')
                        if shape != "solid 3px": stops.append("unseen: " + shape)
                    result["stops"] = stops
                    browser.run("document.activeElement.blur(); document.getElementById('pause').focus();")
                    browser.press("Space")
                    says("Paused")
                    result["button"] = browser.text("#pause")
                    until(lambda: not stub.listeners, "the page hangs up")
                    before = browser.ask("document.body.innerText")
                    stub.send(states[1])
                    # Ages stand still, too: two of their seconds.
                    browser.run("return new Promise((done) => setTimeout(done, 2100));")
                    result["isStill"] = browser.ask("document.body.innerText") == before
                    browser.press("Enter")
                    says("Live")
                    result["again"] = browser.text("#pause")
                    show(states[2])
                    result["focused"] = focused()
                    """)
            let stops = ["skip", "pause", "A", "Answers by status", "Pairs by class", "Last differences", "BODY"]
            #expect(found["stops"] as? [String] == stops, "\(found["stops"] ?? "")")
            #expect(found["button"] as? String == "Resume updates")
            #expect(found["isStill"] as? Bool == true)
            #expect(found["again"] as? String == "Pause updates")
            #expect(found["focused"] as? String == "pause")
            #expect(found["console"] as? [String] == [])
        }

        @Test func `leaves focus, selection and scroll position where they are`() async throws {
            let states = try await states(.mirror, seconds: [0, 5, 10, 30])
            let found = try LiveVisit.run(
                states[0], states: states,
                steps: """
                    browser.look(width=1280, height=500)
                    browser.open(stub.url)
                    show(states[0])
                    browser.run('''
                        window.region = document.querySelector("[data-table=differences]");
                        window.row = region.querySelector("tbody").rows[3];
                        region.focus();
                        row.scrollIntoView();
                        getSelection().selectAllChildren(row.querySelector("[data-cell=what]"));''')
                    place = "Math.round(row.getBoundingClientRect().top)"
                    selected = "getSelection().toString()"
                    before = [browser.ask(place), browser.ask(selected)]
                    for state in states[1:]:
                        show(state)
                    browser.run("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));")
                    result["before"] = before
                    result["after"] = [browser.ask(place), browser.ask(selected)]
                    result["isFocused"] = browser.ask("document.activeElement === region")
                    result["index"] = browser.ask("row.sectionRowIndex")
                    """)
            let before = try #require(found["before"] as? [Any])
            let after = try #require(found["after"] as? [Any])
            #expect(abs(try #require(before.first as? Int) - #require(after.first as? Int)) <= 1)
            #expect(try !#require(before.last as? String).isEmpty)
            #expect(before.last as? String == after.last as? String)
            #expect(found["isFocused"] as? Bool == true)
            #expect(found["index"] as? Int == 9)
        }

        @Test func `says that it was cut off, and when it is live again, and no more`() async throws {
            let states = try await states(.mirror, seconds: Array(0..<30))
            let found = try LiveVisit.run(
                states[0], states: states,
                steps: """
                    browser.open(stub.url)
                    show(states[0])
                    says("Live")
                    browser.run('''
                        window.heard = [];
                        for (const place of document.querySelectorAll("[role=status]")) {
                          new MutationObserver(() => heard.push(place.textContent))
                            .observe(place, { childList: true, characterData: true, subtree: true });
                        }''')
                    for state in states[1:20]:
                        show(state)
                    # A short break.
                    stub.hang_up()
                    until(lambda: stub.asked == 2, "asking again")
                    show(states[20])
                    result["afterUpdates"] = browser.ask("heard")
                    # A long one, in which the gateway refuses, so that the browser gives up by itself.
                    stub.isDown = True
                    stub.hang_up()
                    says("Connection lost, trying again")
                    result["button"] = browser.text("#pause")
                    stub.isDown = False
                    says("Live")
                    show(states[21])
                    result["heard"] = browser.ask("heard")
                    """)
            #expect(found["afterUpdates"] as? [String] == [])
            #expect(found["button"] as? String == "Pause updates")
            #expect(found["heard"] as? [String] == ["Connection lost, trying again", "Live"])
        }

        @Test func `tells a new verdict once it lasts`() async throws {
            let ready = try await Scenario.ready.summary()
            let large = try await Scenario.large.summary()
            let mixed = try await Scenario.stale.summary()
            let states = [(ready, 0), (mixed, 2), (ready, 4), (large, 6), (large, 12), (large, 17), (large, 40)].map {
                PlantedLive.mirror($0, after: $1)
            }
            let found = try LiveVisit.run(
                states[0], states: states,
                steps: """
                    browser.open(stub.url)
                    result["told"], result["icons"] = [], []
                    for state in states:
                        show(state)
                        result["told"].append(browser.text("#announcement"))
                        result["icons"].append(browser.run('''return Array.from(document.querySelectorAll(".icon"))
                            .filter((icon) => icon.getBoundingClientRect().width > 0)
                            .map((icon) => icon.getAttribute("class")).join()'''))
                    """)
            let last = "The verdict is now: Not ready so far"
            #expect(found["told"] as? [String] == ["", "", "", "", "", last, last])
            #expect(
                found["icons"] as? [String]
                    == ["icon for-ready", "icon for-not-enough-evidence", "icon for-ready"]
                    + Array(repeating: "icon for-not-ready", count: 4))
        }

        @Test func `asks to be loaded anew by another version`() async throws {
            var states = try await states(.mirror, seconds: [0, 5])
            states[1].version = "0.5.0"
            let found = try LiveVisit.run(
                states[0], states: states,
                steps: """
                    browser.open(stub.url)
                    show(states[0])
                    browser.run("document.getElementById('pause').focus()")
                    stub.send(states[1])
                    says("The gateway is now a mirror of version 0.5.0: reload this page.")
                    until(lambda: not stub.listeners, "the page hangs up")
                    browser.press("Space")
                    result["says"] = browser.text("#connection")
                    result["focused"] = focused()
                    result["disabled"] = browser.ask("document.activeElement.getAttribute('aria-disabled')")
                    browser.press("Tab")
                    browser.press("Enter")
                    until(lambda: stub.asked == 2, "loading anew")
                    """)
            #expect((found["says"] as? String)?.hasSuffix("reload this page.") == true)
            #expect(found["focused"] as? String == "pause")
            #expect(found["disabled"] as? String == "true")
        }

        @Test func `draws what it has seen`() async throws {
            let states = try await states(.mirror, seconds: Array(stride(from: 0, to: 121, by: 2)))
            let found = try LiveVisit.run(
                states[0], states: states,
                steps: """
                    browser.open(stub.url)
                    show(states[0])
                    for state in states:
                        stub.send(state)
                    show(states[-1])
                    result["lines"] = browser.run('''return Array.from(document.querySelectorAll(".spark .line"),
                        (line) => line.getAttribute("d").split("L").length)''')
                    result["seen"] = browser.run('''
                        return Array.from(document.querySelectorAll(".seen"), (place) => place.textContent)''')
                    """)
            #expect(found["lines"] as? [Int] == [59, 61, 61])
            let seen = try #require(found["seen"] as? [String])
            #expect(seen[0].firstMatch(of: /^\d+\.\d now, \d+\.\d to \d+\.\d in the last 2 min$/) != nil, "\(seen)")
            #expect(seen[1].firstMatch(of: /^\d+ ms now, \d+ ms to \d+ ms in the last 2 min$/) != nil, "\(seen)")
        }

        @Test func `lets ages go on by the gateway's clock, in the gateway's words`() async throws {
            let ages: [Double] = [0, 4.9, 5.2, 58.2, 60.5, 3_590, 3_601, 86_390, 86_401, 200_000]
            var states = try await states(.mirror, seconds: [0, 5])
            for index in states.indices {
                states[index].differences = ages.enumerated().map { number, age in
                    LiveState.Difference(
                        pair: number, at: states[index].now.addingTimeInterval(-age), grn: "", pairClass: .different,
                        what: "")
                }
            }
            let found = try LiveVisit.run(
                states[0], states: states,
                steps: """
                    words = '''return Array.from(document.querySelectorAll("[data-cell=age]"), (age) => age.textContent)'''
                    browser.open(stub.url)
                    result["served"] = [row["cells"]["age"] for row in json.loads(states[1])["page"]["tables"]["differences"]]
                    # At the very moment: time goes on.
                    browser.run('''
                        window.first = null;
                        const clock = document.querySelector("[data-text=now]");
                        new MutationObserver(() => queueMicrotask(() => { first ??= Array.from(
                          document.querySelectorAll("[data-cell=age]"), (age) => age.textContent); }))
                          .observe(clock, { childList: true, characterData: true, subtree: true });''')
                    show(states[1])
                    result["shown"] = browser.ask("first")
                    browser.until("document.querySelectorAll('[data-cell=age]')[3].textContent === '59 s ago'")
                    """)
            #expect(found["shown"] as? [String] == found["served"] as? [String])
            #expect((found["served"] as? [String])?.last == "2 days ago")
        }

        @Test func `keeps hostile texts what they are`() async throws {
            let summary = try await Scenario.hostile.summary()
            var later = PlantedLive.hostile(summary)
            later.now += 5
            later.differences.reverse()
            let found = try LiveVisit.run(
                PlantedLive.hostile(summary), states: [later],
                steps: """
                    browser.open(stub.url)
                    show(states[0])
                    rows = json.loads(states[0])["page"]["tables"]["differences"]
                    result["rows"] = [row["cells"]["what"] for row in rows]
                    result["shown"] = browser.run(
                        'return Array.from(document.querySelectorAll("td [data-cell=what]"), (cell) => cell.textContent)')
                    result["elements"] = browser.run(
                        'return ["script", "img", "style"].map((name) => document.querySelectorAll(name).length)')
                    # The policy holds: no text becomes markup, not even by mistake.
                    result["refused"] = browser.run('''
                        try { document.body.innerHTML = "<b>x</b>"; return "done"; } catch (error) { return error.name; }''')
                    """)
            #expect(found["shown"] as? [String] == found["rows"] as? [String])
            #expect((found["rows"] as? [String])?.count == Scenario.hostileTexts.count)
            #expect(found["elements"] as? [Int] == [1, 0, 1])
            #expect(found["refused"] as? String == "TypeError")
        }

        @Test func `is of use without scripts, and keeps still where that is wished`() async throws {
            let states = try await states(.mirror, seconds: [0])
            let found = try LiveVisit.run(
                states[0],
                steps: """
                    browser.open(stub.url)
                    part = "getComputedStyle(document.querySelector('.bar rect')).transitionDuration"
                    result["moves"] = browser.ask(part)
                    browser.look(reduced=True)
                    result["still"] = browser.ask(part)
                    browser.call("Emulation.setScriptExecutionDisabled", value=True)
                    asked = stub.asked
                    browser.call("Page.reload")
                    says("This page does not update itself: scripts are off.")
                    result["requests"] = browser.text("[data-text=requests]")
                    result["verdict"] = browser.text("h1")
                    result["rows"] = browser.ask("document.querySelectorAll('[data-table=differences] tbody tr').length")
                    result["link"] = browser.run(
                        'const link = document.querySelector(".actions a"); return [link.textContent, link.href];')
                    result["hidden"] = browser.run(
                        'return Array.from(document.querySelectorAll("button, figure"), (part) => part.hidden)')
                    result["asked"] = stub.asked - asked
                    result["url"] = stub.url
                    """)
            #expect(found["moves"] as? String == "0.3s, 0.3s")
            #expect(found["still"] as? String == "0s")
            #expect(found["requests"] as? String == "48,213")
            #expect(found["verdict"] as? String == "Not ready so far")
            #expect(found["rows"] as? Int == 8)
            #expect(found["link"] as? [String] == ["Reload", try #require(found["url"] as? String)])
            #expect(found["hidden"] as? [Bool] == [true, true, true, true])
            #expect(found["asked"] as? Int == 0)
        }

        private func states(_ mode: LiveState.Mode, seconds: [Int]) async throws -> [LiveState] {
            let summary = mode == .mirror ? try await Scenario.large.summary() : nil
            return seconds.map {
                mode == .mirror ? PlantedLive.mirror(summary, after: $0) : PlantedLive.gateway(after: $0)
            }
        }
    }
}
