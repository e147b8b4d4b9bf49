import GuaranteeClients
import HTTPTransport
import Logging
import Metrics
import NetworkSupport
import Translation

/// A client that talks to a simulator: time runs a thousand times as fast for both.
struct Clients {
    static let speed = 1000.0
    var simulator: RunningSimulator
    var transport: any ExchangeTransport
    var time = Timekeeper.scaled(speed)
    var tokens: any TokenSource = FixedToken(BearerToken("a-token-that-nobody-may-see"))
    var options = ClientOptions()
    var metrics: any MetricsFactory = NOOPMetricsHandler.instance
    var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    var pacing: any CallPacing

    init(_ simulator: RunningSimulator, _ transport: any ExchangeTransport) {
        self.simulator = simulator
        self.transport = transport
        pacing = PacingGate(timekeeper: time)
    }

    func caller(_ api: GuaranteeAPI) -> Caller {
        Caller(
            api, at: simulator.url, over: transport, tokens: tokens, pacing: pacing, codec: simulator.codec,
            options: options, time: time, logger: logger, metrics: metrics)
    }

    var v1: V1Client { V1Client(caller(.v1)) }
    var v2: V2Client { V2Client(caller(.v2)) }

    static func question(
        _ grn: String = "22GB0000010000313", code: String = "AC01", tin: String? = "GB954131533000"
    ) -> GuaranteeQuestion {
        GuaranteeQuestion(grn: GRN(grn), accessCode: AccessCode(code), tin: tin)
    }

    /// Runs a simulator, its time scaled, and clients over real sockets.
    static func talking<Value: Sendable>(
        _ scenario: String = "", _ body: @Sendable @escaping (Clients) async throws -> Value
    ) async throws -> Value {
        let settings = "time: {scale: \(speed)}\nplatform: {callsPerSecond: 0}\n" + scenario
        return try await withSimulator(settings) { simulator in
            try await HTTPTransport.withTransport { transport in try await body(Clients(simulator, transport)) }
        }
    }
}
