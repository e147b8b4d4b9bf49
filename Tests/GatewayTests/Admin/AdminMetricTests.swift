import GuaranteeClients
import NetworkSupport
import Simulator
import TestSupport
import Testing
import Translation

/// Metrics beside what was done.
@Suite(.timeLimit(.minutes(1))) struct `The metrics of a mirror` {
    private static let kinds: [PlantedRun.Kind] = [
        .balance, .wrongCode, .pending, .otherAmount, .v1Unavailable, .v2Throttles, .v2Drops, .unknownEORI,
    ]

    @Test func `agree with what was done`() async throws {
        let planted = PlantedRun(Self.kinds.count * 2, kinds: Self.kinds)
        try await MirrorFixture().runSimulated(planted.scenario(scale: 1)) { mirror, simulator in
            var statuses: [Int: Double] = [:]
            var fetched = 0.0
            for pair in planted.pairs {
                let answer = try await mirror.ask(V1Question(pair))
                guard pair.label.hasPrefix("pending") else {
                    statuses[answer.status, default: 0] += 1
                    continue
                }
                statuses[202, default: 0] += 1
                fetched += 1
            }
            _ = try await mirror.send(ExchangeRequest(method: "GET", path: "/other"))
            try await mirror.judged(planted.pairs.count)
            try await eventually("nothing waits") { try await mirror.metric("nctsbridge_mirror_queue") == 0 }
            let metrics = try await mirror.metrics()
            let requests = try metrics.family("nctsbridge_gateway_requests_total")
            for (status, count) in statuses {
                let labels = ["route": "submit", "status": "\(status)", "origin": "upstream"]
                #expect(requests.value(requests.name, labels) == count, "\(status)")
            }
            #expect(
                requests.value(requests.name, ["route": "state", "status": "200", "origin": "upstream"]) == fetched)
            #expect(requests.value(requests.name, ["route": "unknown", "status": "404", "origin": "upstream"]) == 1)
            let asked = Double(planted.pairs.count) + fetched + 1
            #expect(requests.samples.reduce(0) { $0 + $1.value } == asked)
            let duration = try metrics.family("nctsbridge_gateway_duration_seconds")
            #expect(duration.value(duration.name + "_count", ["route": "submit"]) == Double(planted.pairs.count))

            // Both sides' calls, as the simulator counts them.
            let calls = try metrics.family("nctsbridge_client_calls_total")
            let log = await simulator.log.calls
            for api in ["v1", "v2"] {
                let told = calls.samples.filter { $0.labels["api"] == api }.reduce(0) { $0 + $1.value }
                // What is nobody's path is v1.0's all the same.
                #expect(told == Double(log.count { $0.api == api } + (api == "v1" ? 1 : 0)), "\(api)")
            }
            #expect(calls.value(calls.name, ["api": "v2", "method": "POST", "outcome": "interrupted"]) == 2)
            let throttled = try metrics.family("nctsbridge_client_throttled_total")
            #expect(throttled.value(throttled.name, ["api": "v2", "cause": "others"]) == 2)
            let pairs = try metrics.family("nctsbridge_mirror_pairs_total")
            for (pairClass, count) in planted.classes {
                #expect(pairs.value(pairs.name, ["class": pairClass]) == Double(count), "\(pairClass)")
            }
            for (name, value) in [
                ("nctsbridge_mirror_queue", 0.0), ("nctsbridge_mirror_queue_limit", 10_000),
                ("nctsbridge_gateway_in_flight", 0), ("nctsbridge_gateway_connections", 1),
            ] {
                #expect(try metrics.family(name).samples.map(\.value) == [value], "\(name)")
            }
            #expect(try metrics.family("nctsbridge_gateway_info").samples.map(\.labels) == [["version": "test"]])
        }
    }

    @Test func `tell what waits, and each what it means`() async throws {
        let planted = PlantedRun(2, kinds: [.balance, .pending])
        try await MirrorFixture(["shadow-token.file": ""]).runSimulated(planted.scenario(scale: 1)) { mirror, _ in
            for pair in planted.pairs { try await mirror.ask(V1Question(pair), fetchingAfter: nil) }
            try await eventually("both wait") { try await mirror.metric("nctsbridge_mirror_queue") == 2 }
            for family in try await mirror.metrics().families {
                // A metric that nobody has described is called by its own name.
                #expect(!family.help.hasPrefix("nctsbridge") && family.help.hasSuffix("."), "\(family.name)")
                #expect(family.name.hasPrefix("nctsbridge_"))
            }
        }
    }
}
