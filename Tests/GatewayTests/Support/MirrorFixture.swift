import Evidence
import Foundation
import Gateway
import GuaranteeClients
import HTTPTransport
import Logging
import NetworkSupport
import TestSupport
import Testing
import Translation

/// A mirror by a clock that stands still, and the folder that it leaves its files in: to be run once, or again.
struct MirrorFixture: Sendable {
    let clock: VirtualClock
    let folder: ScratchFolder
    /// Settings by their keys, beside where both APIs are.
    var flags: [String: String]

    static let shadowToken = "shadow-token-0815"

    /// - Parameters:
    ///   - flags: settings; an empty text takes one of the fixture's own away.
    ///   - clock: the simulators' too.
    init(_ flags: [String: String] = [:], clock: VirtualClock = VirtualClock()) throws {
        self.clock = clock
        let folder = try ScratchFolder()
        func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }
        // What is done has no tokens but by their file's name.
        let own = [
            "evidence": path("mirror.evidence"), "store": path("mirror.store"), "key-file": path("mirror.key"),
            "shadow-token.file": Self.shadowToken, "access-log": path("access.log"), "admin.listen": "127.0.0.1:0",
        ]
        self.folder = folder
        self.flags = own.merging(flags) { $1 }.filter { !$0.value.isEmpty }
    }

    func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

    /// Runs the mirror while `body` runs.
    ///
    /// - Parameter time: another clock than the one that stands still.
    func run<Value: Sendable>(
        primary: BaseURL, shadow: BaseURL, time: Timekeeper? = nil, logger: Logger? = nil,
        _ body: @Sendable @escaping (RunningMirror) async throws -> Value
    ) async throws -> Value {
        var flags = flags
        flags["primary"] = "v1=\(primary)"
        flags["shadow"] = "v2=\(shadow)"
        return try await withGateway(flags, time: time ?? clock.timekeeper, logger: logger) { gateway in
            try await HTTPTransport.withTransport { transport in
                try await body(RunningMirror(gateway: gateway, transport: transport, fixture: self))
            }
        }
    }

    /// Runs a simulator, and the mirror in front of it: it is both sides.
    func runSimulated<Value: Sendable>(
        _ scenario: String, logger: Logger? = nil,
        _ body: @Sendable @escaping (RunningMirror, RunningSimulator) async throws -> Value
    ) async throws -> Value {
        try await withSimulator(scenario, clock: clock.simulatorClock) { simulator in
            try await run(primary: simulator.url, shadow: simulator.url, logger: logger) {
                try await body($0, simulator)
            }
        }
    }

    /// All pairs that stand in the evidence now, whoever writes to it.
    func pairs() throws -> [EvidencePair] {
        let evidence = try SQLiteEvidence.forReading(path("mirror.evidence"))
        defer { evidence.close() }
        var pairs: [EvidencePair] = []
        try evidence.forEachPair { pairs.append($0) }
        return pairs
    }

    /// Where nobody listens.
    static func nobody() throws -> BaseURL { try BaseURL("http://127.0.0.1:1") }
}

/// A mirror that runs, and a client of it.
struct RunningMirror: Sendable {
    let gateway: RunningGateway
    let transport: HTTPTransport
    let fixture: MirrorFixture

    var clock: VirtualClock { fixture.clock }

    /// Sends a request; time goes on where its answer is held back.
    func send(_ request: ExchangeRequest) async throws -> ExchangeResponse {
        try await clock.waiting { try await self.sendNow(request) }
    }

    /// Sends a request for which no time may have to go on.
    func sendNow(_ request: ExchangeRequest) async throws -> ExchangeResponse {
        try await transport.send(request, to: gateway.url, limits: TransportLimits())
    }

    /// Puts a question. Where its answer is pending, it is asked for after a while.
    @discardableResult
    func ask(_ question: V1Question, fetchingAfter wait: Duration? = .seconds(40)) async throws -> ExchangeResponse {
        let answer = try await send(question.request)
        guard answer.status == 202, let wait else { return answer }
        try await clock.advance(by: wait)
        return try await fetch(answer, as: question)
    }

    /// Asks for the answer that a pending one promised.
    func fetch(_ pending: ExchangeResponse, as question: V1Question) async throws -> ExchangeResponse {
        try await send(question.state(at: try #require(pending.headers["Location"])))
    }

    /// Waits until so many pairs stand in the evidence.
    func recorded(_ count: Int) async throws {
        try await eventually("\(count) pairs stand in the evidence") { try fixture.pairs().count >= count }
    }

    /// Lets time go on until so many pairs are judged, and all that there are.
    @discardableResult
    func judged(_ count: Int, step: Duration = .seconds(1)) async throws -> [EvidencePair] {
        try await recorded(count)
        try await eventually("\(count) pairs are judged") {
            if try fixture.pairs().allSatisfy({ $0.judgement != nil }) { return true }
            try await clock.advance(by: step)
            return false
        }
        let pairs = try fixture.pairs()
        #expect(pairs.count == count)
        return pairs
    }

    /// A page of the operators' address.
    func page(_ path: String, method: String = "GET", headers: HeaderFields = [:]) async throws -> ExchangeResponse {
        try await transport.send(
            ExchangeRequest(method: method, path: path, headers: headers), to: try #require(gateway.adminURL),
            limits: TransportLimits())
    }

    func metrics() async throws -> ExpositionParser { try ExpositionParser(await page("/_bridge/metrics").body) }

    /// A metric's value; 0 where it has none.
    func metric(_ name: String, _ labels: [String: String] = [:]) async throws -> Double {
        try await metrics().families.first { $0.name == name }?.value(name, labels) ?? 0
    }
}

/// Waits until something is so; what never is ends the test.
func eventually(_ what: String, _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    throw InVain(description: "in vain: \(what)")
}

struct InVain: Error, CustomStringConvertible {
    var description: String
}
