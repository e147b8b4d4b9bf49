import Foundation
import GuaranteeClients
import NetworkSupport
import TestSupport
import Testing
import Translation

/// The page of a mirror that runs, in Debian's Chromium. `NCTSBRIDGE_PICTURES=FOLDER` keeps pictures of it.
@Suite(.timeLimit(.minutes(3))) struct `The live page of a mirror that runs` {
    private static let kinds: [PlantedRun.Kind] = [
        .balance, .wrongCode, .trailingZero, .unknownEORI, .balance, .otherAmount, .otherCurrency, .v2Fails,
        .v1Unavailable, .unsupportedType, .zero, .pending,
    ]

    @Test func `shows what goes on, is used with the keyboard alone, and asks nobody else`() async throws {
        let planted = PlantedRun(Self.kinds.count * 4, kinds: Self.kinds)
        let found = try await withSimulator(planted.scenario(scale: 200)) { simulator in
            try await MirrorFixture().run(primary: simulator.url, shadow: simulator.url, time: .scaled(200)) { mirror in
                try await Self.visit(mirror, planted)
            }
        }
        #expect(found["before"] as? [String] == ["Not enough evidence so far", "0", "0"])
        #expect(found["isStill"] as? Bool == true)
        #expect(found["focused"] as? String == "pause")
        #expect(found["title"] as? String == "Not ready so far - nctsbridge")
        // Nobody fetches what is pending.
        var classes = planted.classes
        classes["open"] = 4
        classes["same"]? -= 4
        #expect(found["classes"] as? [String: String] == classes.mapValues { "\($0)" })
        #expect(found["pending"] as? String == "4")
        #expect(found["differences"] as? Int == 12)
        #expect(found["sides"] as? [String] == ["48", "40"])
        #expect(found["statuses"] as? [String: String] == ["200": "28", "202": "4", "400": "12", "503": "4"])
        #expect(found["elsewhere"] as? [String] == [])
        #expect(found["stops"] as? Int ?? 0 < 5)
        #expect(found["wide"] as? [Int] == [])
        #expect(found["console"] as? [String] == [])
    }

    private static let steps = #"""
        import base64, urllib.error, urllib.request

        def ask(questions):
            for question in questions:
                request = urllib.request.Request(given["clients"], data=question.encode(), headers=given["headers"])
                try:
                    urllib.request.urlopen(request).read()
                except urllib.error.HTTPError as refusal:
                    refusal.read()

        def shown(place):
            return browser.text("[data-text='%s']" % place)

        def until_shown(place, text):
            until(lambda: shown(place) == text, "%s says %s, not %s" % (place, shown(place), text))

        def press_to(place):
            for count in range(1, 9):
                browser.press("Tab")
                if focused() == place:
                    return count
            raise AssertionError("no way to " + place)

        questions = given["questions"]
        browser.open(given["url"])
        says("Live")
        result["before"] = [browser.text("h1"), shown("requests"), shown("class-all-count")]
        ask(questions[:16])
        until_shown("requests", "16")
        until_shown("class-all-count", "16")
        result["stops"] = press_to("pause")
        browser.press("Space")
        says("Paused")
        before = browser.ask("document.body.innerText")
        ask(questions[16:])
        browser.run("return new Promise((done) => setTimeout(done, 1500));")
        result["isStill"] = browser.ask("document.body.innerText") == before
        browser.press("Enter")
        says("Live")
        until_shown("requests", str(len(questions)))
        until_shown("queue-depth", "4")
        until_shown("class-open-count", "4")
        until(lambda: browser.ask("document.querySelectorAll('[data-table=differences] tbody tr').length") == 12, "12 rows")
        result["focused"] = focused()
        result["title"] = browser.ask("document.title")
        names = ["same", "equivalent", "explained", "drifted", "different", "stale", "inconclusive", "open"]
        counts = {name: shown("class-%s-count" % name) for name in names}
        result["classes"] = {name: count for name, count in counts.items() if count != "0"}
        result["differences"] = browser.ask("document.querySelectorAll('[data-table=differences] tbody tr').length")
        result["pending"] = shown("pending")
        result["sides"] = [shown("side-0-calls"), shown("side-1-calls")]
        result["statuses"] = browser.run('''return Object.fromEntries(Array.from(
            document.querySelectorAll("[data-table=statuses] tbody tr"), (row) => ["status", "count"].map(
            (cell) => row.querySelector(`[data-cell=${cell}]`).textContent)))''')
        result["elsewhere"] = browser.run('''return performance.getEntriesByType("resource").map((entry) => entry.name)
            .filter((name) => new URL(name).origin !== location.origin)''')
        result["wide"] = []
        for scheme in ["light", "dark"]:
            for width in [1280, 360]:
                browser.look(width=width, height=1000, scheme=scheme)
                wide = browser.ask("document.documentElement.scrollWidth")
                if wide > width:
                    result["wide"].append(wide)
                if given["pictures"]:
                    picture = browser.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
                    with open("%s/mirror-%s-%d.png" % (given["pictures"], scheme, width), "wb") as file:
                        file.write(base64.b64decode(picture))
        """#

    private static func visit(_ mirror: RunningMirror, _ planted: PlantedRun) async throws -> [String: any Sendable] {
        let scratch = try ScratchFolder()
        let requests = planted.pairs.map { V1Question($0).request }
        let given: [String: Any] = [
            "page": "", "states": [], "url": "\(try #require(mirror.gateway.adminURL))/_bridge/",
            "clients": "\(mirror.gateway.url)\(V1Question.path)",
            "headers": Dictionary(requests[0].headers.fields.map { ($0.name, $0.value) }) { first, _ in first },
            "questions": requests.map { String(decoding: $0.body, as: UTF8.self) },
            "profile": scratch.url.appendingPathComponent("profile").path,
            "pictures": ProcessInfo.processInfo.environment["NCTSBRIDGE_PICTURES"] ?? "",
        ]
        let file = try scratch.write("given.json", JSONSerialization.data(withJSONObject: given))
        let program = LiveDriver.program(steps)
        let script = try scratch.write("visit.py", Data(program.utf8))
        // The mirror needs the threads that tests share: this one waits elsewhere.
        let visit = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try Tools.run([Tools.python, script.path, file.path]) })
            }
        }
        try #require(visit.status == 0, "\(visit.errors.suffix(3_000))")
        return try #require(
            try JSONSerialization.jsonObject(with: Data(visit.output.utf8)) as? [String: any Sendable])
    }
}
