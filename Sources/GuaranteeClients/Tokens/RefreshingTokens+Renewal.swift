import Foundation
import Logging

// One renewal: the file's own tokens if another program has renewed them, else new ones from the server.
extension RefreshingTokens {
    func renew(insteadOf refused: BearerToken?) async throws(TokenError) -> StoredTokens {
        if unstored == nil {
            // Without the lock: a file that is never refreshed may lie where nothing can be written.
            let stored = try read()
            if stored.accessToken != refused { held = stored }
            if isGood(stored, insteadOf: refused) { return stored }
            _ = try refreshing(stored)
        }
        let lock = try await file.lock(timekeeper: timekeeper)
        let tokens = try await renew(insteadOf: refused, under: lock)
        lock.release()
        return tokens
    }

    private func renew(
        insteadOf refused: BearerToken?, under lock: borrowing FileLock
    ) async throws(TokenError) -> StoredTokens {
        let present = try presentTokens(under: lock)
        if isGood(present, insteadOf: refused) { return present }
        let (client, refreshToken) = try refreshing(present)
        if unstored == nil {
            // Who sent it had the lock, and has it no more.
            if let sent = present.refreshSentAt { throw answerLost(sent) }
            try mark(present, under: lock)
        }
        var new: StoredTokens
        do {
            new = try await client.tokens(refreshing: refreshToken)
        } catch {
            if error.code == .refused || error.code == .answerLost { spent = (refreshToken, error) }
            // Nothing was used up: whoever comes next may try.
            if error.code != .answerLost, unstored == nil { try? file.replace(with: present, under: lock) }
            throw error
        }
        new.scope = new.scope ?? present.scope
        held = new
        do {
            try file.replace(with: new, under: lock)
        } catch {
            unstored = Unstored(
                replaced: unstored?.replaced ?? refreshToken, nextTry: timekeeper.elapsed() + Self.pause)
            throw TokenError(
                .cantStore,
                "\(error.message) The refresh token in it is used up, and the new one is in this program's memory "
                    + "alone: make room or set the rights right while it runs, or log in again with nctsbridge login.")
        }
        unstored = nil
        return new
    }

    /// The tokens to go on from: the file's, or those that could not be stored yet, with another attempt at that.
    private func presentTokens(under lock: borrowing FileLock) throws(TokenError) -> StoredTokens {
        let stored = try read()
        guard let unstored, let held, stored.refreshToken == unstored.replaced else {
            // Somebody logged in meanwhile: those tokens are newer.
            self.unstored = nil
            return stored
        }
        do {
            try file.replace(with: held, under: lock)
            self.unstored = nil
        } catch {
            logger.warning("\(error.message) The new tokens are still in memory alone.")
            self.unstored?.nextTry = timekeeper.elapsed() + Self.pause
        }
        return held
    }

    /// Writes down that the refresh token is about to be sent. Should the answer be lost with this program, nobody sends
    /// it again; and a file that can't be written shows now, while nothing is used up.
    private func mark(_ tokens: StoredTokens, under lock: borrowing FileLock) throws(TokenError) {
        var marked = tokens
        marked.refreshSentAt = timekeeper.date()
        do {
            try file.replace(with: marked, under: lock)
        } catch {
            try? file.replace(with: tokens, under: lock)
            throw TokenError(.cantStore, "\(error.message) No refresh was tried, for its tokens would be lost.")
        }
    }

    private func isGood(_ tokens: StoredTokens, insteadOf refused: BearerToken?) -> Bool {
        tokens.accessToken != refused && !tokens.isDue(at: timekeeper.date())
    }

    /// What a refresh takes.
    private func refreshing(_ tokens: StoredTokens) throws(TokenError) -> (OAuthClient, Secret) {
        guard let refreshToken = tokens.refreshToken else {
            throw TokenError(
                .missing,
                "The access token in \(file.path) is at its end, and there is no refresh token: log in again "
                    + "with nctsbridge login.")
        }
        guard let client else {
            throw TokenError(
                .missing,
                "The access token in \(file.path) is at its end: configure the client id and the client secret, "
                    + "so that it can be refreshed.")
        }
        if let id = tokens.clientID, id != client.credentials.id {
            throw TokenError(
                .missing,
                "\(file.path) holds tokens for the client id \(id), not for \(client.credentials.id): name "
                    + "another file, or log in again with nctsbridge login.")
        }
        if let spent, spent.refreshToken == refreshToken { throw spent.error }
        return (client, refreshToken)
    }

    private func answerLost(_ sent: Date) -> TokenError {
        TokenError(
            .answerLost,
            "The refresh token in \(file.path) was sent at \(sent.formatted(.iso8601)), and what came back was never "
                + "stored. It works once and may be used up: log in again with nctsbridge login.")
    }
}
