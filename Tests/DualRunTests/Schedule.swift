import DualRun
import GuaranteeClients

/// A whole dual run by a clock of its own: the queue opens pairs, the pacer lets their calls go, each call takes a while.
struct Schedule {
    struct Sent {
        var at: Duration
        var finished: Duration
        var lock: String
        var eori: String?
        var pair: Int
        var api: GuaranteeAPI
    }

    let options: DualRunOptions
    /// How long a call takes.
    let latency: Duration
    /// Pairs whose amounts differ: v1.0 is asked again.
    let drifting: Set<Int>
    private(set) var sent: [Sent] = []
    private(set) var order: [Int] = []
    private(set) var end = Duration.zero

    init(
        _ entries: [PairQueue.Entry], options: DualRunOptions = DualRunOptions(),
        latency: Duration = .milliseconds(200),
        drifting: Set<Int> = []
    ) {
        self.options = options
        self.latency = latency
        self.drifting = drifting
        run(entries)
    }

    private struct Call {
        var entry: PairQueue.Entry
        var look: Int
        var sentAt = Duration.zero
    }

    private mutating func run(_ entries: [PairQueue.Entry]) {
        var queue = PairQueue()
        for entry in entries { queue.add(entry) }
        var pacer = Pacer(limits: options.limits)
        var calls: [PacingTicket: Call] = [:]
        var flights: [(at: Duration, ticket: PacingTicket)] = []
        var now = Duration.zero
        var open = 0
        func add(_ call: Call) {
            let api: GuaranteeAPI = call.look == 2 ? .v2 : .v1
            let ticket = pacer.add(
                PacedCall(
                    api: api, user: "", grn: call.entry.lock, eori: api == .v1 ? call.entry.eori : nil), at: now)
            calls[ticket] = call
        }
        while true {
            while let flight = flights.first, flight.at <= now {
                flights.removeFirst()
                pacer.finish(flight.ticket, .mayHaveArrived, at: now)
                guard let call = calls.removeValue(forKey: flight.ticket) else { continue }
                sent.append(
                    Sent(
                        at: call.sentAt, finished: now, lock: call.entry.lock,
                        eori: call.look == 2 ? nil : call.entry.eori, pair: call.entry.number,
                        api: call.look == 2 ? .v2 : .v1))
                if call.look == 1 {
                    add(Call(entry: call.entry, look: 2))
                } else if call.look == 2, drifting.contains(call.entry.number) {
                    open -= 1
                    queue.settleQuota(of: call.entry)
                    queue.reserve(call.entry)
                    add(Call(entry: call.entry, look: 3))
                } else {
                    if call.look == 2 { open -= 1 }
                    queue.settleQuota(of: call.entry)
                    queue.close(call.entry)
                }
            }
            var wake: Duration?
            opening: while open < options.window {
                var known: [String: PairQueue.Quota] = [:]
                var step = queue.next(at: now) { known[$0] }
                while case .needsQuota(let eori) = step {
                    let (left, nextAt) = pacer.quotaLeft(of: eori, at: now)
                    known[eori] = PairQueue.Quota(left: left, nextAt: nextAt)
                    step = queue.next(at: now) { known[$0] }
                }
                switch step {
                case .open(let entry):
                    open += 1
                    order.append(entry.number)
                    add(Call(entry: entry, look: 1))
                case .wait(let until):
                    wake = until
                    break opening
                case .empty, .waitForClose, .needsQuota: break opening
                }
            }
            pacing: while true {
                switch pacer.next(at: now) {
                case .go(let ticket):
                    calls[ticket]?.sentAt = now
                    flights.append((now + latency, ticket))
                case .wait(let until):
                    wake = min(wake ?? until, until)
                    break pacing
                case .idle, .waitForFinish: break pacing
                }
            }
            let next = [wake, flights.first?.at].compactMap(\.self).min()
            guard let next, !(flights.isEmpty && calls.isEmpty && queue.count == 0) else { break }
            now = max(next, now)
        }
        end = now
    }
}
