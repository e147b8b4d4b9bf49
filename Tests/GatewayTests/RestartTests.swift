import Evidence
import Foundation
import Gateway
import GuaranteeClients
import NetworkSupport
import Simulator
import Testing
import Translation

@Suite(.timeLimit(.minutes(5))) struct `A gateway that is started again` {
    private static let done = #""response":{"balance":12.5,"currency":"GBP","status":"SUCCESS"}"#
    private static let question = V1Question(KeptState.grn, accessCode: "AC01")

    /// What a pending question's client hears now.
    private func state(
        _ path: String, of served: ServedGateway, by token: String = V1Question.clientToken
    ) async throws -> ExchangeResponse {
        try await served.sendNow(Self.question.by(token).state(at: path))
    }

    /// Puts the question, and lets it become pending.
    private func pending(_ served: ServedGateway) async throws -> String {
        let response = try await served.send(Self.question.request)
        #expect(response.status == 202)
        return try #require(response.headers["Location"])
    }

    /// How often v2.0 was asked, and whether ever against its lock.
    private func calls(_ served: ServedGateway) async -> (count: Int, brokenLocks: Int) {
        let log = await served.simulator.log
        return (log.calls.count { $0.grn == KeptState.grn }, log.brokenLocks)
    }

    /// Lets time go on until it is answered.
    private func answered(_ path: String, of served: ServedGateway, _ clock: VirtualClock) async throws {
        try await eventually("it is answered") {
            if try await state(path, of: served).text.contains(Self.done) { return true }
            try await clock.advance(by: .seconds(5))
            return false
        }
    }

    @Test func `knows the locks of what is pending`() async throws {
        try await withKeptGateway { kept, clock in
            let left = try await kept.run { served in
                _ = try await self.pending(served)
                return try kept.killed()
            }
            try await left.run { served in
                // Also the first who comes meets it.
                let first = try await served.sendNow(Self.question.request)
                #expect(first.status == 429)
                #expect(await self.calls(served).count == 1)
            }
        }
    }

    @Test(arguments: [false, true]) func `asks again what was pending, when the lock is over`(isKilled: Bool)
        async throws
    {
        try await withKeptGateway { kept, clock in
            let (path, left) = try await kept.run { served in
                let path = try await self.pending(served)
                return (path, isKilled ? try kept.killed() : kept)
            }
            try await left.run { served in
                let text = try await self.state(path, of: served).text
                #expect(text.contains(#""guaranteeReference":"24GB0000020000113""#))
                #expect(!text.contains("response"))
                try await self.answered(path, of: served, clock)
                let calls = await self.calls(served)
                #expect(calls.count == 2)
                #expect(calls.brokenLocks == 0)
            }
        }
    }

    @Test func `tells what was answered before it ended`() async throws {
        try await withKeptGateway { kept, clock in
            let path = try await kept.run { served in
                let path = try await self.pending(served)
                try await self.answered(path, of: served, clock)
                return path
            }
            try await clock.advance(by: .seconds(600))
            try await kept.run { served in
                let state = try await self.state(path, of: served)
                #expect(state.text.contains(Self.done))
                #expect(try await self.state(path, of: served, by: "another").status == 404)
                #expect(await self.calls(served).count == 1)
            }
        }
    }

    @Test func `tells nobody else, and nobody after an hour`() async throws {
        try await withKeptGateway("{delay: 5000}") { kept, clock in
            let path = try await kept.run { try await self.pending($0) }
            try await kept.run { served async throws in
                #expect(try await self.state(path, of: served, by: "another").status == 404)
                #expect(try await self.state(path, of: served).status == 200)
            }
            try await clock.advance(by: .seconds(3600))
            try await kept.run { served async throws in
                #expect(try await self.state(path, of: served).status == 404)
                #expect(await self.calls(served).count == 1)
            }
        }
    }

    @Test func `asks again while v2.0 is not there, until it is`() async throws {
        try await withKeptGateway { kept, clock in
            let path = try await kept.run { try await self.pending($0) }
            try await kept.with(["upstream": "http://127.0.0.1:1"]).run { served in
                for _ in 0..<10 { try await clock.advance(by: .seconds(30)) }
                let text = try await self.state(path, of: served).text
                #expect(!text.contains("response"))
            }
            try await kept.run { try await self.answered(path, of: $0, clock) }
        }
    }

    @Test func `answers who asks the same anew meanwhile`() async throws {
        try await withKeptGateway("[{calls: 1, delay: 40}, {balance: 8}]") { kept, clock in
            let path = try await kept.run { try await self.pending($0) }
            try await kept.run { served in
                // v2.0's lock is not over: it says so itself.
                #expect(try await served.send(Self.question.request).status == 429)
                try await eventually("it is answered") {
                    if try await self.state(path, of: served).text.contains(#""balance":8"#) { return true }
                    try await clock.advance(by: .seconds(5))
                    return false
                }
            }
        }
    }

    @Test func `is on time with many that were pending`() async throws {
        let clock = VirtualClock()
        let grns = (100..<166).map { "24GB0000020000\($0)" }
        let list = grns.map { "{grn: \($0), balance: 3, v2: [{calls: 1, delay: 40}, {balance: 3}]}" }
        let scenario = "platform: {callsPerSecond: 0}\nguarantees: [\(list.joined(separator: ", "))]"
        try await withSimulator(scenario, clock: clock.simulatorClock) { simulator in
            let kept = try KeptGateway(simulator, clock: clock)
            let paths: [String] = try await kept.run { served in
                try await clock.waiting {
                    try await withThrowingTaskGroup(of: String?.self) { group in
                        for grn in grns {
                            let request = V1Question(grn, accessCode: "AC01").request
                            group.addTask { try await served.sendNow(request).headers["Location"] }
                        }
                        return try await group.reduce(into: []) { if let path = $1 { $0.append(path) } }
                    }
                }
            }
            #expect(paths.count == grns.count)
            try await kept.run { served in
                // The lock once, and then three calls a second.
                try await clock.advance(by: .seconds(62))
                for _ in 0..<26 { try await clock.advance(by: .milliseconds(1100)) }
                var done = 0
                for path in paths where try await self.state(path, of: served).text.contains("SUCCESS") { done += 1 }
                #expect(done == paths.count)
            }
        }
    }
}
