import Foundation
import Testing

@testable import GuaranteeClients

@Suite struct `Writing a token file` {
    let folder: TokenFolder
    let timekeeper = TokenClock().timekeeper

    init() throws {
        folder = try TokenFolder()
    }

    private func new() throws -> StoredTokens {
        var tokens = try TokenValues.tokens(refresh: "refresh-1")
        tokens.refreshSentAt = TokenClock.start
        return tokens
    }

    @Test func `keeps all of it, for the owner alone`() async throws {
        let file = TokenFile(folder.path + "/a/b/tokens.json")
        try await file.store(new(), timekeeper: timekeeper)
        #expect(try file.contents() == new())
        #expect(permissions(file.path) == 0o600)
        #expect(permissions(folder.path + "/a") == 0o700)
        #expect(permissions(folder.path + "/a/b") == 0o700)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/b").sorted() == [
                "tokens.json", "tokens.json.lock",
            ])
        try await file.store(TokenValues.tokens(refresh: nil), timekeeper: timekeeper)
        #expect(try file.contents() == TokenValues.tokens(refresh: nil))
    }

    @Test func `makes one that others could read the owner's alone`() async throws {
        try folder.write("abc", mode: 0o644)
        try folder.write("left by a run that was killed", to: "tokens.json.new", mode: 0o644)
        try await TokenFile(folder.tokens).store(new(), timekeeper: timekeeper)
        #expect(permissions(folder.tokens) == 0o600)
        #expect(folder.names == ["tokens.json", "tokens.json.lock"])
    }

    @Test func `leaves a link in its place, even one to nothing yet`() async throws {
        #expect(symlink("deep/real", folder.tokens) == 0)
        let file = TokenFile(folder.tokens)
        try await file.store(new(), timekeeper: timekeeper)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.tokens) == "deep/real")
        #expect(try TokenFile(folder.path + "/deep/real").contents() == new())
        #expect(try file.contents() == new())
        #expect(folder.names == ["deep", "tokens.json"])
    }

    @Test(arguments: OwnerOnlyFile.Step.allCases)
    func `leaves the old one or the new one whole, whichever step fails`(step: OwnerOnlyFile.Step) async throws {
        try await TokenFile(folder.tokens).store(TokenValues.tokens(), timekeeper: timekeeper)
        let file = TokenFile(folder.tokens, failingAt: step)
        let error = try await #require(throws: TokenError.self) {
            try await file.store(new(), timekeeper: timekeeper)
        }
        #expect(error.code == .cantStore)
        #expect(error.message.contains(folder.tokens))
        #expect(try file.contents() == (step == .syncFolder ? new() : TokenValues.tokens()))
        #expect(folder.names == ["tokens.json", "tokens.json.lock"])
    }

    @Test(arguments: OwnerOnlyFile.Step.allCases)
    func `leaves the old one or the new one whole, whenever the program is killed`(step: OwnerOnlyFile.Step)
        async throws
    {
        try await TokenFile(folder.tokens).store(TokenValues.tokens(), timekeeper: timekeeper)
        let path = folder.tokens
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, step = step as OwnerOnlyFile.Step] in
            var file = TokenFile(path)
            file.beforeStep = { (next) throws(FileFault) in
                if next == step { kill(getpid(), SIGKILL) }
            }
            var tokens = try TokenValues.tokens(refresh: "refresh-1")
            tokens.refreshSentAt = TokenClock.start
            try await file.store(tokens, timekeeper: .system)
        }
        let file = TokenFile(path)
        #expect(try file.contents() == (step == .syncFolder ? new() : TokenValues.tokens()))
        // Nor does what was left, a lock among it, keep the next one from writing.
        try await file.store(new(), timekeeper: timekeeper)
        #expect(try file.contents() == new())
        #expect(folder.names == ["tokens.json", "tokens.json.lock"])
    }

    @Test func `says why it can't be`() async throws {
        try folder.write("abc", to: "file")
        #expect(mkdir(folder.path + "/folder", 0o700) == 0)
        try folder.write("abc", to: "folder/x")
        #expect(mkdir(folder.path + "/taken.new", 0o700) == 0)
        let long = String(repeating: "x", count: 252)
        for name in ["file/tokens", "file/deep/tokens", "folder", "taken", long] {
            let error = try await #require(throws: TokenError.self) {
                try await TokenFile(folder.path + "/" + name).store(new(), timekeeper: timekeeper)
            }
            #expect(error.code == .cantStore)
            #expect(error.message.contains(folder.path + "/" + name))
        }
        #expect(folder.names == ["file", "folder", "taken.lock", "taken.new"])
    }
}

@Suite struct `The lock of a token file` {
    let folder: TokenFolder
    let clock = TokenClock()

    init() throws {
        folder = try TokenFolder()
    }

    @Test func `has one holder, by whatever path it came`() async throws {
        #expect(symlink("tokens.json", folder.path + "/link") == 0)
        let held = try await TokenFile(folder.path + "/link").lock(timekeeper: clock.timekeeper)
        let error = try await #require(throws: TokenError.self) {
            try await TokenFile(folder.tokens).store(TokenValues.tokens(), timekeeper: clock.timekeeper)
        }
        #expect(error.code == .unavailable)
        #expect(error.message.contains("tokens.json.lock"))
        #expect(clock.now.timeIntervalSince(TokenClock.start) >= 180)
        held.release()
        try await TokenFile(folder.tokens).store(TokenValues.tokens(), timekeeper: clock.timekeeper)
    }

    @Test func `is waited for`() async throws {
        let held = try await TokenFile(folder.tokens).lock(timekeeper: clock.timekeeper)
        var timekeeper = clock.timekeeper
        let (sleeps, slept) = AsyncStream.makeStream(of: Void.self)
        timekeeper.sleep = { _ in
            slept.yield()
            await Task.yield()
        }
        let store = Task { [timekeeper] in
            try await TokenFile(folder.tokens).store(TokenValues.tokens(), timekeeper: timekeeper)
        }
        for await _ in sleeps.prefix(3) {}
        #expect(throws: TokenError.self) { try TokenFile(folder.tokens).contents() }
        held.release()
        try await store.value
        #expect(try TokenFile(folder.tokens).contents() == TokenValues.tokens())
    }

    @Test func `is not waited for once the task is cancelled`() async throws {
        let held = try await TokenFile(folder.tokens).lock(timekeeper: clock.timekeeper)
        let store = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await TokenFile(folder.tokens).store(TokenValues.tokens(), timekeeper: clock.timekeeper)
        }
        let error = try await #require(throws: TokenError.self) { try await store.value }
        #expect(error.code == .cancelled)
        held.release()
    }
}
