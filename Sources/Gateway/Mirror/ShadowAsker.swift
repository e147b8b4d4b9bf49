import DualRun
import Evidence
import Foundation
import GuaranteeAdapter
import GuaranteeClients
import Logging
import Metrics
import Translation

/// Asks v2.0 for the other half of a pair, when the lock and the rate allow; and v1.0 again, where that is wanted and the
/// amounts differ.
struct ShadowAsker: Sendable {
    let run: MirroredRun
    let store: GatewayStore
    let sealing: Sealing
    let codec: ExchangeCodec
    let transport: any ExchangeTransport
    let limits: TransportLimits
    let primary: BaseURL
    let shadow: BaseURL
    /// The shadow's own token; nil: each question goes with its client's, under its client's lock.
    let tokens: (any TokenSource)?
    /// Whether v1.0 is asked again where the amounts differ: that takes its client's lock.
    let asksAgain: Bool
    let pacing: PacingGate
    let stopSwitch = StopSwitch()
    let time: Timekeeper
    let metrics: any MetricsFactory
    let logger: Logger

    /// How long a v2.0 that can't be reached is tried.
    private static let patience = Duration.seconds(3600)

    func stop() { stopSwitch.stop() }
    var isStopped: Bool { stopSwitch.isStopped }
    /// Waits a while before another try.
    func pause() async throws { try await stopSwitch.heeding(time).sleep(.seconds(30)) }

    /// Gets what a pair lacks.
    ///
    /// - Returns: whether it can be judged now; false where the process ends first.
    func complete(_ pair: Int, since: Date) async throws -> Bool {
        while true {
            switch try await run.state(of: pair) {
            case .over: return true
            case .needsV1, .complete: return true
            case .mayHaveMoved:
                guard asksAgain else { return true }
                guard try await ask(.v1, pair, since: since) else { return false }
            case .needsV2:
                guard try await ask(.v2, pair, since: since) else { return false }
            }
        }
    }

    /// - Returns: whether the side is settled; false where the process ends first.
    private func ask(_ side: EvidenceSide, _ pair: Int, since: Date) async throws -> Bool {
        func giveUp(_ why: String) async throws -> Bool {
            try await run.giveUp(side, pair, side.look, why: why)
            return true
        }
        guard let entry = try await store.shadow(of: pair) else {
            return try await giveUp("its access code was lost with an earlier process")
        }
        let question: BalanceQuestion
        do { question = try sealing.question(entry.question, id: "pair \(pair)") } catch {
            return try await giveUp("its access code can't be opened: the key is another")
        }
        guard let asked = question.guarantees.first, let client = client(side, question) else {
            return try await giveUp("there is no token to ask with")
        }
        let put = DualRunQuestion(grn: asked.grn, accessCode: asked.accessCode, tin: question.tin)
        while let reason = await run.ask(side, put, pair: pair, client: client) {
            switch reason {
            case .evidence(let error): throw error
            case .interrupted: return false
            case .ownGateway: return try await giveUp("a gateway of this toolkit answered, which asks v2.0")
            case .unreachable: break
            }
            guard !stopSwitch.isStopped else { return false }
            if Duration.seconds(time.date().timeIntervalSince(since)) > Self.patience {
                return try await giveUp("it could not be reached for an hour")
            }
            do { try await pause() } catch { return false }
        }
        return true
    }

    private func client(_ side: EvidenceSide, _ question: BalanceQuestion) -> (any GuaranteeClient)? {
        let own = side == .v2 ? tokens : nil
        guard let source = own ?? question.token.map({ FixedToken($0) }) else { return nil }
        var options = ClientOptions()
        options.user = own == nil ? sealing.name(of: question.token) : "shadow"
        options.limits = limits
        options.breaker.failures = .max
        // Whether it is worth another try is decided above, where the process may end meanwhile.
        options.retrying = .never
        let caller = Caller(
            side == .v1 ? .v1 : .v2, at: side == .v1 ? primary : shadow, over: transport, tokens: source,
            pacing: stopSwitch.heeding(pacing), codec: codec, options: options, time: stopSwitch.heeding(time),
            logger: logger, metrics: metrics)
        return side == .v1 ? V1Client(caller) : V2Client(caller)
    }
}
