import Foundation
import GuaranteeClients
import HTTPTransport
import NetworkSupport
import TestSupport
import Testing
import Translation

/// The same requests to v1.0 itself and to a mirror in front of another one like it.
@Suite(.timeLimit(.minutes(5))) struct `A mirror's clients get v1.0's answers` {
    private static let lanes = 8

    /// So many at a time: each has a score of files open.
    @Test(arguments: 0..<lanes)
    func `as they are, in each case, with the shadow down`(lane: Int) async throws {
        for (number, conformance) in try ConformanceCase.all(in: "v1").enumerated() where number % Self.lanes == lane {
            try await compare(conformance)
        }
    }

    private func compare(_ conformance: ConformanceCase) async throws {
        let scenario = try Self.scenario(of: conformance)
        let direct = try await Self.answers(to: conformance, scenario, mirrored: false)
        let mirrored = try await Self.answers(to: conformance, scenario, mirrored: true)
        #expect(direct.count == conformance.steps.count)
        for (number, (one, other)) in zip(direct, mirrored).enumerated() {
            // Where v1.0 gave no whole answer, a mirror has none to hand on.
            let told =
                "\(conformance), step \(number + 1): \(String(describing: one)), mirrored \(String(describing: other))"
            #expect(other == one || one == nil && other?.status == 503, "\(told)")
        }
    }

    /// The case's scenario, with times and ids that are the same in each simulator.
    private static func scenario(of conformance: ConformanceCase) throws -> String {
        let own = conformance.scenario.isEmpty ? "{}" : conformance.scenario
        var root = try #require(try JSONSerialization.jsonObject(with: Data(own.utf8)) as? [String: Any])
        var time = root["time"] as? [String: Any] ?? [:]
        time["start"] = time["start"] ?? "2026-01-05T08:00:00Z"
        root["time"] = time
        return String(decoding: try JSONSerialization.data(withJSONObject: root), as: UTF8.self)
    }

    private static func answers(
        to conformance: ConformanceCase, _ scenario: String, mirrored: Bool
    ) async throws -> [ExchangeResponse.Seen?] {
        // What is larger than the mirror takes it refuses by itself, in the same words.
        let fixture = try MirrorFixture(["limits.body": "200000"])
        let clock = fixture.clock
        return try await withSimulator(scenario, clock: clock.simulatorClock) { simulator in
            guard mirrored else {
                return try await HTTPTransport.withTransport { transport in
                    try await play(conformance, clock) { request in
                        try await transport.send(request, to: simulator.url, limits: TransportLimits())
                    }
                }
            }
            return try await fixture.run(primary: simulator.url, shadow: MirrorFixture.nobody()) { mirror in
                try await play(conformance, clock) { try await mirror.sendNow($0) }
            }
        }
    }

    /// What each step is answered; nil where no whole answer came.
    private static func play(
        _ conformance: ConformanceCase, _ clock: VirtualClock,
        _ send: @Sendable @escaping (ExchangeRequest) async throws -> ExchangeResponse
    ) async throws -> [ExchangeResponse.Seen?] {
        var captured: [String: String] = [:]
        var answers: [ExchangeResponse.Seen?] = []
        for step in conformance.steps {
            try await clock.advance(by: step.after ?? (conformance.isAboutRates ? .zero : .milliseconds(500)))
            let request = step.request(captured)
            let answer: ExchangeResponse
            do {
                answer = try await clock.waiting { try await send(request) }
            } catch is TransportError {
                answers.append(nil)
                continue
            }
            for case (let name, let value?) in step.captures(from: answer) { captured[name] = value }
            answers.append(answer.seen)
        }
        return answers
    }
}

/// A shadow that does what it should not, while clients ask.
@Suite(.timeLimit(.minutes(2))) struct `A shadow changes no answer of a mirror, and keeps no client waiting` {
    enum Manner: String, CaseIterable, Sendable {
        case isDown, neverAnswers, hangsUp, resets, answersWrongly, babbles, answersForEver

        /// What a connection to it does; nil for what is none to connect to.
        func script(_ asked: Events, until over: Switch) -> (@Sendable (Wire) async throws -> Void)? {
            if self == .isDown { return nil }
            return { wire in
                guard await wire.request() != nil else { return }
                asked.add("asked")
                switch self {
                case .isDown, .hangsUp: break
                case .neverAnswers: try await over.wait()
                case .resets: try await wire.reset()
                case .answersWrongly: try await wire.answer(#"{"balance":-7,"currency":"XXX"}"#)
                case .babbles: try await wire.write("\u{0}\r\n<html>200 HTTP/9.9\r\n\r\n")
                case .answersForEver:
                    try await wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                    while true { try await wire.write("10000\r\n\(String(repeating: " ", count: 65_536))\r\n") }
                }
            }
        }
    }

    @Test(arguments: Manner.allCases) func `whatever it does`(manner: Manner) async throws {
        let planted = PlantedRun(3, kinds: [.balance, .wrongCode, .unsupportedType])
        let requests = planted.pairs.map { V1Question($0).request }
        let asked = Events()
        let over = Switch()
        let scenario = planted.scenario(scale: 1)
        let direct = try await withSimulator(scenario, clock: VirtualClock().simulatorClock) { simulator in
            try await HTTPTransport.withTransport { transport in
                var answers: [ExchangeResponse.Seen] = []
                for request in requests + requests {
                    answers.append(try await transport.send(request, to: simulator.url, limits: TransportLimits()).seen)
                }
                return answers
            }
        }
        let fixture = try MirrorFixture()
        try await withSimulator(scenario, clock: fixture.clock.simulatorClock) { simulator in
            @Sendable func ask(shadow: BaseURL) async throws {
                try await fixture.run(primary: simulator.url, shadow: shadow) { mirror in
                    var answers: [ExchangeResponse.Seen] = []
                    for request in requests { answers.append(try await mirror.sendNow(request).seen) }
                    #expect(mirror.clock.now == .zero)
                    try await mirror.recorded(3)
                    try await mirror.clock.advance(by: .seconds(5))
                    // From here on the shadow is at it: what is asked meanwhile is answered as before.
                    if manner != .isDown { await asked.wait(for: "asked") }
                    for request in requests { answers.append(try await mirror.sendNow(request).seen) }
                    #expect(answers == direct)
                    #expect(mirror.clock.now == .seconds(5))
                    over.flip()
                }
            }
            guard let script = manner.script(asked, until: over) else {
                return try await ask(shadow: MirrorFixture.nobody())
            }
            try await Server.run(script) { server in
                try await ask(shadow: BaseURL("http://127.0.0.1:\(server.port)"))
            }
        }
    }
}
