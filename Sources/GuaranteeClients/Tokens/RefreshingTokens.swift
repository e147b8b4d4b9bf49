import Foundation
package import Logging

/// The tokens of a file, refreshed ahead of their end: one refresh at a time across all tasks, and across all programs
/// that use the file. New tokens are on disk before they are used (contract section 5).
///
/// A file without a refresh token gives its access token, and is read again when that is due or refused.
package actor RefreshingTokens: TokenSource {
    let file: TokenFile
    let base: BaseURL
    let client: OAuthClient?
    let timekeeper: Timekeeper
    let logger: Logger

    /// The tokens in use.
    var held: StoredTokens?
    /// Set while those are in memory alone.
    var unstored: Unstored?
    /// The refresh token that is not sent again, and why.
    var spent: (refreshToken: Secret, error: TokenError)?
    /// Why the last renewal failed, and until when none is tried.
    private var setback: (error: TokenError, until: Duration)?
    /// The last token that took a refused one's place, and when.
    private var substitute: (token: BearerToken, at: Duration)?
    private var renewal: Task<Void, Never>?
    private var waiting: [Int: CheckedContinuation<Result<StoredTokens, TokenError>, Never>] = [:]
    private var lastWaiter = 0

    /// Tokens that the file doesn't hold, though it should.
    struct Unstored {
        /// The refresh token that the file holds, used up.
        var replaced: Secret
        /// When to try again to store: the clock's reading.
        var nextTry: Duration
    }

    /// How long after a failure nothing is tried.
    static let pause = Duration.seconds(10)

    /// - Parameters:
    ///   - base: where the tokens are going to be sent; a file that was made for another place is refused.
    ///   - client: refreshes; nil where no application is configured, and the file is used as it is.
    package init(
        file: TokenFile, for base: BaseURL, client: OAuthClient?, timekeeper: Timekeeper,
        logger: Logger = Logger(label: "nctsbridge.tokens")
    ) {
        self.file = file
        self.base = base
        self.client = client
        self.timekeeper = timekeeper
        self.logger = logger
    }

    /// The access token, after a refresh where that is due. Where the refresh fails, the present one is given while it
    /// lasts.
    ///
    /// - Throws: `missing`, `unsafeFile`, `malformedFile`, `malformed`: the file; `refused`, `unavailable`,
    ///   `answerLost`: the server; `cantStore`: new tokens could not be kept. That is thrown once: who asks again gets
    ///   them from memory.
    package func token() async throws(TokenError) -> BearerToken {
        if held == nil { held = try read() }
        let present = held
        if let present, !present.isDue(at: timekeeper.date()), !mustStore { return present.accessToken }
        do {
            return try await renewed(insteadOf: nil).accessToken
        } catch {
            guard error.code != .cancelled, !wasStoringInVain(error, present), let held,
                !held.hasExpired(at: timekeeper.date())
            else { throw error }
            return held.accessToken
        }
    }

    /// Another token than the one that was refused: the file's, or a new one. Nil where there is no refresh token, and
    /// where the refused one had just come in place of another.
    ///
    /// - Throws: as `token()` does.
    package func replacement(for refused: BearerToken) async throws(TokenError) -> BearerToken? {
        if let substitute, substitute.token == refused, timekeeper.elapsed() - substitute.at < .seconds(60) {
            return nil
        }
        if unstored == nil, held == nil || held?.accessToken == refused { held = try read() }
        guard let held else { return nil }
        if held.accessToken != refused, !held.hasExpired(at: timekeeper.date()) { return held.accessToken }
        guard client != nil, held.refreshToken != nil else { return nil }
        var tokens = try await renewed(insteadOf: refused)
        // A renewal that was under way already may have known nothing of the refusal.
        if tokens.accessToken == refused { tokens = try await renewed(insteadOf: refused) }
        guard tokens.accessToken != refused else { return nil }
        substitute = (tokens.accessToken, timekeeper.elapsed())
        return tokens.accessToken
    }

    /// Waits until no refresh is under way: what a program does before it ends, for the answer to a refresh that it
    /// does not wait for is lost.
    package func settled() async {
        await renewal?.value
    }

    /// Whether a renewal brought new tokens, and they could not be stored.
    private func wasStoringInVain(_ error: TokenError, _ before: StoredTokens?) -> Bool {
        error.code == .cantStore && unstored != nil && held?.accessToken != before?.accessToken
    }

    /// Whether it is time to try again to store what the file doesn't hold.
    private var mustStore: Bool { unstored.map { $0.nextTry <= timekeeper.elapsed() } ?? false }

    /// The file's tokens, if they are for here.
    func read() throws(TokenError) -> StoredTokens {
        let tokens = try file.contents()
        if let url = tokens.url, (url.scheme, url.host, url.port) != (base.scheme, base.host, base.port) {
            throw TokenError(
                .missing, "\(file.path) holds tokens for \(url), not for \(base): name another file, or log in there.")
        }
        return tokens
    }
}

// MARK: - One renewal for all tasks

extension RefreshingTokens {
    /// What the renewal under way brings; where there is none, one is begun. Who is cancelled stops waiting, and the
    /// renewal goes on for the others.
    private func renewed(insteadOf refused: BearerToken?) async throws(TokenError) -> StoredTokens {
        if renewal == nil {
            if let setback, timekeeper.elapsed() < setback.until { throw setback.error }
            renewal = Task { await self.finish(insteadOf: refused) }
        }
        lastWaiter += 1
        let waiter = lastWaiter
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { waiting[waiter] = $0 }
        } onCancel: {
            Task { await self.stopWaiting(waiter) }
        }
        return try outcome.get()
    }

    private func stopWaiting(_ waiter: Int) {
        waiting.removeValue(forKey: waiter)?
            .resume(returning: .failure(TokenError(.cancelled, "Cancelled while the tokens were refreshed.")))
    }

    private func finish(insteadOf refused: BearerToken?) async {
        let outcome: Result<StoredTokens, TokenError>
        do {
            let tokens = try await renew(insteadOf: refused)
            held = tokens
            setback = nil
            outcome = .success(tokens)
        } catch {
            logger.warning("The tokens of \(file.path) were not refreshed: \(error.message)")
            setback = (error, timekeeper.elapsed() + Self.pause)
            outcome = .failure(error)
        }
        renewal = nil
        let all = waiting.values
        waiting = [:]
        for waiter in all { waiter.resume(returning: outcome) }
    }
}
