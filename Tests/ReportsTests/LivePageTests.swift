import Comparison
import Evidence
import Foundation
import TestSupport
import Testing

@testable import Reports

/// What can be said of the live page without a browser.
@Suite struct `The live page` {
    @Test func `names the digests of its style and its script`() throws {
        for state in [PlantedLive.gateway(), PlantedLive.mirror(nil)] {
            for (tag, directive) in [("style", "style-src"), ("script", "script-src")] {
                let parts = text(state).components(separatedBy: "<\(tag)>")
                #expect(parts.count == 2)
                let digest = try Self.digest(parts[1].components(separatedBy: "</\(tag)>")[0])
                #expect(
                    LivePage.policy.contains("\(directive) '\(digest)';"), "the digest of the \(tag) must be \(digest)")
            }
        }
    }

    @Test func `allows nothing but itself`() {
        #expect(LivePage.policy.hasPrefix("default-src 'none'; connect-src 'self'; "))
        #expect(!LivePage.policy.contains("unsafe"))
        #expect(!LivePage.policy.contains("\n"))
    }

    @Test func `asks nothing of anyone else`() async throws {
        for state in [PlantedLive.gateway(), PlantedLive.mirror(try await Scenario.large.summary())] {
            let page = text(state)
            for part in ["@import", "url(http", "stylesheet", "<iframe", "<object", "<embed", "<img"] {
                #expect(!page.contains(part), "\(part)")
            }
            #expect(page.firstMatch(of: /<[a-z]+[^>]*\s(src|action|srcset|poster|background|style|on[a-z]+)=/) == nil)
            let targets = Set(page.components(separatedBy: " href=\"").dropFirst().map { $0.prefix { $0 != "\"" } })
            #expect(targets == ["#main", "", "data:,"])
        }
    }

    @Test func `has a place for all words, and words for all places`() async throws {
        for state in [PlantedLive.gateway(), PlantedLive.mirror(nil), try await mirror()] {
            let words = try page(of: state)
            for (attribute, member) in [("text", "texts"), ("list", "lists"), ("table", "tables"), ("bar", "bars")] {
                let places = Set(
                    text(state).components(separatedBy: "</body>")[0].components(separatedBy: "<script>")[0]
                        .components(separatedBy: " data-\(attribute)=\"").dropFirst().map { part in
                            String(part.prefix { $0 != "\"" })
                        })
                let given = try #require(words[member] as? [String: Any])
                #expect(places == Set(given.keys), "\(attribute)")
            }
        }
    }

    @Test func `says in words what the state says`() async throws {
        let texts = try #require(page(of: try await mirror())["texts"] as? [String: String])
        #expect(texts["requests"] == "48,213")
        #expect(texts["rate"] == "5.6 a second on average")
        #expect(texts["connections"] == "over 12 connections")
        #expect(texts["up"] == "2.4 hours")
        #expect(texts["now"] == "11:23:13 UTC")
        #expect(texts["side-0-p99"] == "1.4 s")
        #expect(texts["overhead-median"] == "0.4 ms")
        #expect(texts["queue-depth"] == "37")
        #expect(texts["queue-limit"] == "of 1,000 at most")
        #expect(texts["verdict"] == "Not ready")
        #expect(texts["lead"] == "3 pairs are different, and none is allowed.")
        #expect(texts["class-different-count"] == "3")
        #expect(texts["class-all-count"] == "380")
    }

    @Test func `has nothing of a mirror in a gateway`() throws {
        let page = text(PlantedLive.gateway())
        for part in ["id=\"classes\"", "id=\"queue\"", "id=\"differences\"", "<pattern", "so far"] {
            #expect(!page.contains(part), "\(part)")
        }
        #expect(try self.page(of: PlantedLive.gateway())["verdict"] is NSNull)
        #expect(page.contains("<h1>Gateway</h1>"))
    }

    @Test func `knows what to say before anything is known`() throws {
        var state = LiveState(
            version: "0.4.0", mode: .mirror, startedAt: PlantedLive.start, now: PlantedLive.start)
        state.sides = [LiveState.Side(name: "v1.0, primary", address: "http://127.0.0.1", median: .nan, p99: .infinity)]
        let page = text(state)
        #expect(page.contains("Nothing was compared yet."))
        #expect(page.contains("None so far."))
        #expect(page.contains("<dd data-text=\"side-0-median\">-</dd>"))
        #expect(page.contains("<dd data-text=\"side-0-p99\">-</dd>"))
        #expect(page.contains("<dd data-text=\"overhead-median\">-</dd>"))
        #expect(page.contains("<section id=\"notices\" aria-labelledby=\"notices-heading\" hidden>"))
    }

    @Test func `gives a verdict of what is judged, whatever is open`() async throws {
        var summary = try await Scenario.ready.summary()
        summary.open = 3
        summary.pairs += 3
        summary.verdict.open = 3
        summary.verdict.verdict = .notEnoughEvidence
        let page = try self.page(of: PlantedLive.mirror(summary))
        #expect(page["verdict"] as? String == "ready")
        #expect(page["title"] as? String == "Ready so far")
        let missing = try #require((page["lists"] as? [String: [String]])?["missing"])
        #expect(missing.first == "3 pairs are open: not asked, or not answered yet.")
        // But not where evidence is missing.
        summary.verdict.bound = 0.02
        #expect(try self.page(of: PlantedLive.mirror(summary))["verdict"] as? String == "not-enough-evidence")
        let empty = try self.page(of: PlantedLive.mirror(try await Scenario.empty.summary()))
        #expect(empty["verdict"] as? String == "not-enough-evidence")
        #expect(
            (empty["texts"] as? [String: String])?["lead"]
                == "Nothing was compared yet. 299 guarantees without a difference would be enough.")
    }

    @Test func `is worried about what is refused, skipped or different`() async throws {
        var state = try await mirror()
        #expect(try page(of: state)["alarms"] as? [String] == ["figure-2"])
        state.refusedForLoad = 1
        state.queue = LiveState.Queue(depth: 900, limit: 1_000, skipped: 1)
        #expect(try page(of: state)["alarms"] as? [String] == ["figure-2", "queue", "refused", "skipped"])
        #expect(text(state).contains("<div data-alarm=\"skipped\" class=\"alarming\">"))
    }

    @Test func `shows the last twenty differences`() throws {
        var state = PlantedLive.mirror(nil, after: 500)
        state.differences += state.differences
        let rows = try #require((page(of: state)["tables"] as? [String: [[String: Any]]])?["differences"])
        #expect(rows.count == 20)
        #expect(text(state).count(of: "<tr role=\"row\" data-key=\"") == 20 + state.statuses.count)
        let facts = try #require(JSONSerialization.jsonObject(with: Data(state.json())) as? [String: Any])
        #expect((facts["differences"] as? [Any])?.count == 20)
    }

    @Test func `shows hostile texts as what they are`() async throws {
        let page = text(PlantedLive.hostile(try await Scenario.hostile.summary()))
        for tag in ["<script>alert", "<img", "onerror=alert(1)>\u{22}", "</title></script>", "\u{22}' onfocus"] {
            #expect(!page.contains(tag), "\(tag)")
        }
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.contains("\\u{202E}"))
        #expect(
            page.unicodeScalars.allSatisfy {
                $0 == "\n" || $0 == "\u{200D}" || $0.properties.generalCategory != .format
            })
        #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    }

    private func text(_ state: LiveState) -> String { String(decoding: LivePage.html(state), as: UTF8.self) }

    private func mirror() async throws -> LiveState { PlantedLive.mirror(try await Scenario.large.summary()) }

    private func page(of state: LiveState) throws -> [String: Any] {
        let json = try JSONSerialization.jsonObject(with: Data(state.json())) as? [String: Any]
        return try #require(json?["page"] as? [String: Any])
    }

    private static func digest(_ source: String) throws -> String {
        let scratch = try ScratchFolder()
        let file = try scratch.write("source", Data(source.utf8))
        let result = try Tools.run(["openssl", "dgst", "-sha256", "-binary", "-out", file.path + ".sha", file.path])
        #expect(result.status == 0, "\(result.errors)")
        return "sha256-" + (try Data(contentsOf: URL(fileURLWithPath: file.path + ".sha")).base64EncodedString())
    }
}

@Suite struct `A live state as JSON` {
    @Test func `holds what the state says`() async throws {
        let summary = try await Scenario.large.summary()
        let state = PlantedLive.mirror(summary)
        let json = try #require(JSONSerialization.jsonObject(with: Data(state.json())) as? [String: Any])
        #expect(json["version"] as? String == "0.4.0")
        #expect(json["mode"] as? String == "mirror")
        #expect(json["startedAt"] as? String == "2026-11-25T09:00:00.000Z")
        #expect(json["now"] as? String == "2026-11-25T11:23:13.000Z")
        let counts = ["requests": 48_213, "inFlight": 3, "connections": 12, "refusedForLoad": 0, "pending": 2]
        for (name, count) in counts { #expect(json[name] as? Int == count, "\(name)") }
        #expect(
            json["statuses"] as? [[String: Int]] == [
                ["status": 200, "count": 46_102], ["status": 400, "count": 1_971], ["status": 429, "count": 109],
                ["status": 504, "count": 31],
            ])
        let side = try #require((json["sides"] as? [[String: Any]])?.first)
        #expect(side["name"] as? String == "v1.0, primary")
        #expect(side["address"] as? String == "https://api.service.hmrc.gov.uk")
        #expect(side["calls"] as? Int == 48_213)
        #expect(side["failures"] as? Int == 31)
        #expect(side["medianMilliseconds"] as? Double == 352)
        #expect(side["p99Milliseconds"] as? Double == 1_418)
        #expect(json["overhead"] as? [String: Double] == ["medianMilliseconds": 0.42, "p99Milliseconds": 3.1])
        #expect(
            json["queue"] as? [String: Double] == ["depth": 37, "limit": 1_000, "oldestSeconds": 12.4, "skipped": 0])
        let told = try #require(json["summary"] as? [String: Any])
        #expect(told["verdict"] as? String == "not-ready")
        #expect(told["total"] as? Int == summary.pairs)
        #expect((told["classes"] as? [String: Int])?["different"] == 3)
        let difference = try #require((json["differences"] as? [[String: Any]])?.first)
        #expect(difference["pair"] as? Int == 9_328)
        #expect(difference["class"] as? String == "explained")
        #expect((json["differences"] as? [Any])?.count == 8)
        #expect(json["notices"] as? [String] == state.notices)
    }

    @Test func `says null of what nobody knows`() throws {
        var state = PlantedLive.gateway()
        state.overhead = nil
        state.sides[0].median = nil
        state.sides[0].p99 = .infinity
        let json = try #require(JSONSerialization.jsonObject(with: Data(state.json())) as? [String: Any])
        for name in ["overhead", "queue", "summary"] { #expect(json[name] is NSNull, "\(name)") }
        let side = try #require((json["sides"] as? [[String: Any]])?.first)
        #expect(side["medianMilliseconds"] is NSNull)
        #expect(side["p99Milliseconds"] is NSNull)
    }

    @Test func `is one line, and safe to show`() async throws {
        let bytes = PlantedLive.hostile(try await Scenario.hostile.summary()).json()
        #expect(!bytes.contains(UInt8(ascii: "\n")) && !bytes.contains(UInt8(ascii: "\r")))
        let json = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(json["notices"] as? [String] == Scenario.hostileTexts.map { VisibleText.of($0) })
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\u{200D}" || $0.properties.generalCategory != .format })
    }

    @Test func `is the same for the same state`() async throws {
        let summary = try await Scenario.mixed.summary()
        #expect(PlantedLive.mirror(summary).json() == PlantedLive.mirror(summary).json())
    }
}

@Suite struct `Parts of the live page` {
    @Test func `show in a bar what is one in a million`() throws {
        let segments = BarSegment.stacked([("same", 999_998), ("different", 1), ("stale", 0), ("open", 1)])
        #expect(segments.map(\.name) == ["same", "different", "stale", "open"])
        #expect(segments[1].width == 1)
        #expect(segments[2].width == 0)
        let end = try #require(segments.last)
        #expect(abs(end.x + end.width - 100) < 1e-9)
        #expect(zip(segments, segments.dropFirst()).allSatisfy { abs($0.x + $0.width - $1.x) < 1e-9 })
        #expect(BarSegment.stacked([("same", 0)]) == [BarSegment(name: "same", x: 0, width: 0)])
        #expect(BarSegment.stacked([("same", 1), ("open", 3)]).map(\.width) == [25, 75])
    }

    @Test func `fill a bar no further than it goes`() {
        #expect(BarSegment(name: "", part: 0, of: 10).width == 0)
        #expect(BarSegment(name: "", part: 5, of: 10).width == 50)
        #expect(BarSegment(name: "", part: 1, of: 10_000).width == 1)
        #expect(BarSegment(name: "", part: 20, of: 10).width == 100)
        #expect(BarSegment(name: "", part: 1, of: 0).width == 1)
    }

    @Test func `say how long ago something was`() {
        #expect(
            [-5, 0, 4.9, 5, 59.9, 60, 3_599, 3_600, 86_399, 86_400, 200_000].map(Age.words) == [
                "just now", "just now", "just now", "5 s ago", "59 s ago", "1 min ago", "59 min ago", "1 h ago",
                "23 h ago", "1 day ago", "2 days ago",
            ])
    }
}
