import Foundation
package import GuaranteeClients
import Logging
import Translation

/// Questions that take longer than v1.0 waits: kept, completed, told, and asked again after a restart.
extension BalanceService {
    /// What became of a question, for the token that made it.
    ///
    /// - Returns: nil where there is none by that id, it is no longer kept, or another token made it.
    package func state(of id: String, token: BearerToken?) async throws -> BalanceState? {
        let id = id.lowercased()
        guard let kept = try await store.request(id), !isExpired(kept), kept.client == sealing.name(of: token) else {
            return nil
        }
        let question = try sealing.question(kept.question, id: id)
        var state = BalanceState(id: id, question: question, requestedAt: Self.timestamp(kept.requestedAt))
        if let data = kept.answer {
            let answer = try sealing.answer(data, id: id)
            state.message = wording.message(for: answer.answers, asked: question.guarantees)
            state.completedAt = answer.completedAt
        }
        return state
    }

    /// Questions without an answer that can be asked about.
    package func pendingCount() async throws -> Int { try await store.pendingCount() }

    /// What an earlier process was asking when it ended, its locks taken again; to be called once, before any question.
    package func recall() async -> [KeptRequest] {
        let left: [KeptRequest]
        do {
            try await store.forget(before: time.date().addingTimeInterval(-options.keepFor.inSeconds))
            left = try await store.pending()
        } catch {
            logger.error("pending questions can't be read", metadata: ["why": "\(error)"])
            return []
        }
        for request in left.sorted(by: { $0.requestedAt < $1.requestedAt }) {
            if let question = try? sealing.question(request.question, id: request.id) {
                restoreLocks(of: question, askedAt: request.requestedAt)
            }
        }
        return left
    }

    /// Asks again what was recalled, each when the lock that it may have taken is over. It returns when all of it is
    /// answered or expired, or the task is cancelled.
    package func resume(_ left: [KeptRequest]) async {
        guard !left.isEmpty else { return }
        let start = time.date()
        logger.info("asking again what was pending", metadata: ["questions": "\(left.count)"])
        let gate = PacingGate(limits: PacingLimits(lock: options.lockFor), timekeeper: time)
        await withTaskGroup(of: Void.self) { group in
            for (number, request) in left.enumerated() {
                if number >= 32 { await group.next() }
                group.addTask { await self.resume(request, gate, since: start) }
            }
        }
    }

    /// - Parameter start: when this process began to ask again: what an earlier one sent, it had sent by then.
    private func resume(_ request: KeptRequest, _ gate: PacingGate, since start: Date) async {
        let question: BalanceQuestion
        do { question = try sealing.question(request.question, id: request.id) } catch {
            logger.error("a pending question can't be opened: the key is another", metadata: ["id": "\(request.id)"])
            return
        }
        let user = sealing.name(of: upstream.user(of: question.token))
        var answers: [KeptAnswer] = []
        for asked in question.guarantees {
            // When the call that was cut off went is not known: it may have been just before.
            await gate.recall(
                PacedCall(api: .v2, user: user, grn: asked.grn.text), sent: request.requestedAt, finished: start)
            while true {
                let answer = await upstream.ask(asked, token: question.token, pacing: gate, user: user)
                if Task.isCancelled { return }
                // Somebody else's lock, or nobody there: later is early enough, as long as it is kept.
                guard answer.tookNoLock, answer.mayBecomeBetter, !isExpired(request) else {
                    answers.append(answer)
                    break
                }
                do { try await time.sleep(.seconds(10)) } catch { return }
            }
        }
        await complete(request.id, answers)
    }

    private func isExpired(_ request: KeptRequest) -> Bool {
        Duration.seconds(time.date().timeIntervalSince(request.requestedAt)) >= options.keepFor
    }

    // MARK: - Keeping

    /// Puts a flight that takes too long where it can be asked for.
    func keep(_ flight: Flight) async {
        guard flight.beLate() else { return }
        isLate(flight)
        let now = time.date()
        // It came that long ago, and is kept from then on.
        let requestedAt = now.addingTimeInterval(-options.answerWithin.inSeconds)
        var generator = IdentifierGenerator(seed: .random(in: .min ... .max), record: 0)
        let id = generator.balanceID(epochSecond: Int(requestedAt.timeIntervalSince1970.rounded(.down)))
        do {
            try await store.forget(before: now.addingTimeInterval(-options.keepFor.inSeconds))
            try await store.keep(
                KeptRequest(
                    id: id, client: sealing.name(of: flight.question.token), requestedAt: requestedAt,
                    question: try sealing.sealed(flight.question, id: id)))
        } catch {
            logger.error("a pending question can't be kept", metadata: ["why": "\(error)"])
            _ = flight.wasKept(as: nil)
            return
        }
        if let answers = flight.wasKept(as: id) { await complete(id, answers) }
    }

    func complete(_ id: String, _ answers: [KeptAnswer]) async {
        // A process that ends leaves it pending: the next asks again.
        guard !answers.contains(where: { $0.lack == .cancelled }) else { return }
        do {
            let answer = Sealing.Answer(answers: answers, completedAt: Self.timestamp(time.date()))
            try await store.complete(id, answer: sealing.sealed(answer, id: id))
        } catch {
            logger.error(
                "the answer to a pending question can't be kept", metadata: ["id": "\(id)", "why": "\(error)"])
        }
    }

    /// UTC, with no or three digits of a fraction (contract section 3.2).
    static func timestamp(_ date: Date) -> String {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded(.down)
        let hasFraction = milliseconds.truncatingRemainder(dividingBy: 1000) != 0
        return Date(timeIntervalSince1970: milliseconds / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: hasFraction))
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
