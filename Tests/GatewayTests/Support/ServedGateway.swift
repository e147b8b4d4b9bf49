import Foundation
import GuaranteeClients
import HTTPTransport
import Logging
import NetworkSupport
import Simulator
import TestSupport
import Translation

/// A gateway in front of a simulator's v2.0, and a client of it.
struct ServedGateway: Sendable {
    let gateway: RunningGateway
    let simulator: RunningSimulator
    let transport: HTTPTransport
    /// Both's time; nil: the real one.
    let clock: VirtualClock?

    /// Sends a request; by a clock that stands still time goes on where the answer is held back.
    func send(_ request: ExchangeRequest) async throws -> ExchangeResponse {
        guard let clock else { return try await sendNow(request) }
        return try await clock.waiting { try await sendNow(request) }
    }

    /// Sends a request for which no time may have to go on.
    func sendNow(_ request: ExchangeRequest) async throws -> ExchangeResponse {
        try await transport.send(request, to: gateway.url, limits: TransportLimits())
    }

    /// How often v2.0 was asked about a guarantee.
    func calls(about grn: String) async -> Int { await simulator.log.calls.count { $0.grn == grn } }
}

/// Runs a simulator, and a gateway in front of it.
///
/// - Parameters:
///   - scenario: YAML; beside it the platform lets as many calls pass as come.
///   - flags: the gateway's settings, by their keys.
///   - clock: both's time, which stands still; nil: the real one.
func withServedGateway<Value: Sendable>(
    _ scenario: String = "published: true", _ flags: [String: String] = [:], clock: VirtualClock? = VirtualClock(),
    logger: Logger? = nil, _ body: @Sendable @escaping (ServedGateway) async throws -> Value
) async throws -> Value {
    let scenario = scenario + "\nplatform: {callsPerSecond: 0}\n"
    return try await withSimulator(scenario, clock: clock?.simulatorClock) { simulator in
        try await withGateway(
            flags.merging(["upstream": simulator.url.description]) { first, _ in first },
            time: clock?.timekeeper ?? .system, logger: logger
        ) { gateway in
            try await HTTPTransport.withTransport { transport in
                try await body(
                    ServedGateway(gateway: gateway, simulator: simulator, transport: transport, clock: clock))
            }
        }
    }
}

extension ExchangeResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

extension V1Question {
    /// The question by another client.
    func by(_ token: String) -> V1Question {
        var question = self
        question.token = token
        return question
    }

    /// A guarantee of HMRC's published test data.
    static let published = V1Question("23GB0000010000854", tin: "GB954131533000", accessCode: "AC01")
    static let publishedAnswer = #"{"response":{"balance":262626,"currency":"GBP"}}"#
}
