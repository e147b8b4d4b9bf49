import Foundation
import Testing

@Suite struct `nctsbridge gateway that is killed` {
    private static let grn = "24GB0000020000113"
    /// Both clocks run 60 times as fast: a question is pending after a quarter of a second, a lock over after one.
    private static let scenario =
        "time: {scale: 60}\n"
        + GatewayCall.scenario("{grn: \(grn), balance: 5, v2: [{calls: 1, delay: 100000}, {balance: 5}]}")

    private func gateway(_ upstream: String, _ scratch: Scratch) throws -> (bridge: RunningBridge, url: String) {
        try RunningBridge.gateway(upstream, ["--time-scale", "60", "--store", scratch.path("gateway.store")])
    }

    /// Puts the question, and returns where its answer will be.
    private func pending(_ url: String, _ grn: String = grn) throws -> String {
        let answer = try GatewayCall.ask(url, grn: grn)
        let id = try #require(answer.firstMatch(of: /^202 .*"balanceId":"([^"]+)"/)).1
        return "\(GatewayCall.path)/\(id)"
    }

    @Test func `leaves what is pending to the next one`() throws {
        let scratch = try Scratch()
        let (simulator, upstream) = try RunningBridge.simulator(Self.scenario)
        let (first, firstURL) = try gateway(upstream, scratch)
        let path = try pending(firstURL)
        #expect(try first.end(SIGKILL) == -SIGKILL)

        let (second, url) = try gateway(upstream, scratch)
        #expect(try GatewayCall.fetch(url + path, token: "another").hasPrefix("404 "))
        var state = try GatewayCall.fetch(url + path)
        #expect(state.hasPrefix(#"200 {"_links""#))
        for _ in 0..<1000 where !state.contains(#""response":"#) {
            usleep(20_000)
            state = try GatewayCall.fetch(url + path)
        }
        #expect(state.contains(#""response":{"balance":5,"currency":"GBP","status":"SUCCESS"}"#))
        let log = try Shell.run(["curl", "-s", "\(upstream)/simulator/log"]).output
        #expect(log.contains(#""counts":{"calls":2,"brokenLocks":0,"#))
        #expect(try second.end() == 0)
        // What was answered stays so.
        let (third, last) = try gateway(upstream, scratch)
        #expect(try GatewayCall.fetch(last + path).contains(#""balance":5"#))
        for text in [first, second, third].flatMap({ [$0.outputText, $0.errorText] }) {
            for secret in [Self.grn, "AC01", "GB954131533000", "Bearer"] { #expect(!text.contains(secret)) }
        }
        _ = try third.end()
        _ = try simulator.end()
    }

    @Test func `again and again loses none`() throws {
        let scratch = try Scratch()
        let grns = (0..<5).map { "24GB00000200001\($0)0" }
        let plans = grns.map { "{grn: \($0), balance: 5, v2: [{calls: 1, delay: 100000}, {balance: 5}]}" }
        let (simulator, upstream) = try RunningBridge.simulator(
            "time: {scale: 60}\n" + GatewayCall.scenario(plans.joined(separator: ", ")))
        var paths: [String] = []
        for grn in grns {
            let (gateway, url) = try gateway(upstream, scratch)
            paths.append(try pending(url, grn))
            _ = try gateway.end(SIGKILL)
        }
        let (last, url) = try gateway(upstream, scratch)
        for path in paths {
            var state = ""
            for _ in 0..<1000 where !state.contains(#""status":"SUCCESS""#) {
                state = try GatewayCall.fetch(url + path)
                usleep(20_000)
            }
            #expect(state.contains(#""status":"SUCCESS""#))
        }
        _ = try last.end()
        _ = try simulator.end()
    }

    @Test func `while another uses its store is refused`() throws {
        let scratch = try Scratch()
        let (first, url) = try gateway("http://127.0.0.1:1", scratch)
        let options = ["--store", scratch.path("gateway.store")]
        let second = try Bridge.run(
            GatewayCall.arguments("http://127.0.0.1:1", options), environment: GatewayCall.environment)
        #expect(second.exitCode == 73)
        #expect(second.errorText.contains("in use by another process"))
        #expect(try GatewayCall.ask(url).hasPrefix("500 "))
        #expect(try first.end(SIGKILL) == -SIGKILL)
        let (third, _) = try gateway("http://127.0.0.1:1", scratch)
        #expect(try third.end() == 0)
    }
}
