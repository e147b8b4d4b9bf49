import Foundation
import TestSupport
import Testing

@Suite("nctsbridge gateway as a mirror, killed and going on", .serialized)
struct MirrorKillTests {
    private static let kinds: [PlantedRun.Kind] = [
        .balance, .wrongCode, .otherAmount, .trailingZero, .unknownEORI, .pending, .balance, .otherCurrency, .v2Fails,
        .moved, .zero,
    ]

    @Test("killed again and again while clients ask, it judges each pair once, as if it had been left alone")
    func killed() throws {
        let planted = PlantedRun(Self.kinds.count * 14, kinds: Self.kinds)
        let fixture = try MirrorFixture(planted)
        var random = SeededRandom.forTest("mirror killed")
        var mirror = try fixture.start()
        let clients = try fixture.startClients()
        var kills = 0
        while clients.isRunning, kills < 8 {
            usleep(UInt32(random.int(in: 300...1100)) * 1000)
            #expect(try mirror.end(SIGKILL) == -SIGKILL)
            kills += 1
            mirror = try fixture.start()
        }
        #expect(kills >= 4, "the clients were done after \(kills) kills")
        clients.waitUntilExit()
        // The report can be asked for while the mirror runs.
        var report = try fixture.report()
        for _ in 0..<300 where report["open"]?.count != 0 {
            usleep(100_000)
            report = try fixture.report()
        }
        #expect(try mirror.end(SIGTERM) == 0, "\(mirror.errorText)")
        report = try fixture.report()
        try check(report, fixture, kills: kills)
        let told = try Bridge.run(["report", fixture.evidence])
        #expect(told.exitCode == 1)
        #expect(told.outputText.hasPrefix("Mirror of "))
        // What waits is sealed, and what is written down has no secrets, however the process ends.
        for secret in [
            PlantedRun.accessCode, "X0x0", MirrorFixture.clientToken, MirrorFixture.shadowToken, PlantedRun.holder,
        ] {
            #expect(try fixture.folder.files(holding: secret) == [], "\(secret)")
            #expect(!mirror.errorText.contains(secret))
        }
    }

    private func check(_ report: JSONTree, _ fixture: MirrorFixture, kills: Int) throws {
        let pairs = report["pairs"]?.items ?? []
        #expect(report["open"]?.count == 0)
        #expect(pairs.map { $0["number"]?.count } == Array(1...max(pairs.count, 1)))
        #expect(report["run"]?["mirror"] == .literal("true"))
        let planted = Dictionary(fixture.planted.pairs.map { ($0.grn, $0) }) { first, _ in first }
        let requests = try fixture.requests()
        var told: Set<String> = []
        for pair in pairs {
            let grn = pair["grn"]?.text ?? ""
            let expected = planted[grn]
            // What a client asked twice, since it was cut off the first time, may have been locked.
            if pair["v1"]?["status"]?.count == 429 || pair["why"]?.text?.contains("an earlier process") == true {
                #expect(pair["class"]?.text == "inconclusive")
                continue
            }
            told.insert(grn)
            // A balance that moved between a question and its like is the new one at once.
            let hasMoved =
                expected?.label.hasPrefix("moved") == true && requests.count { $0.grn == grn } > 1
                && pair["v1"]?["amount"]?.text == "60"
            #expect(
                pair["class"]?.text == (hasMoved ? "same" : expected?.pairClass),
                "\(expected?.label ?? grn): \(String(describing: pair["why"]?.text))")
            #expect(hasMoved || pair["rule"]?.text == expected?.rule, "\(expected?.label ?? grn)")
        }
        // No more pairs than questions; and no fewer but for what a client had just been told when the mirror was killed.
        for (grn, asked) in Dictionary(grouping: requests, by: \.grn) {
            #expect(pairs.count { $0["grn"]?.text == grn } <= asked.count)
        }
        let lost = planted.count - told.count
        #expect(lost <= kills * 3, "\(lost) of \(planted.count)")
        // The shadow has locks of its own: of all that it asked, it came too soon for none.
        let calls = (try fixture.log()["calls"]?.items ?? []).filter { $0["api"]?.text == "v2" }
        #expect(calls.count >= told.count)
        #expect(calls.allSatisfy { $0["lock"]?.text != "broken" })
    }
}
