import GuaranteeClients
import NetworkSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(2))) struct `Whatever v2.0 does with its connections, clients hear v1.0` {
    private static let grn = "24GB0000020000113"
    private static let others = (1...8).map { "24XI00000300000\($0)0" }

    /// Ways to give no answer.
    private static let misdeeds: [(name: String, script: @Sendable (Wire) async throws -> Void)] = [
        ("closes", { _ in }),
        ("resets", { try await $0.reset() }),
        ("says no HTTP", { try await $0.write("SSH-2.0-OpenSSH_9.6\r\n") }),
        ("says half a head", { try await $0.write("HTTP/1.1 200 OK\r\nContent-Le") }),
        ("says half a body", { try await $0.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"balance\":1") }),
        ("says a broken chunk", { try await $0.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n") }),
        ("announces too much", { try await $0.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{") }),
        (
            "says a head without an end",
            { try await $0.write("HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 1 << 20)) }
        ),
        (
            "says too much",
            { wire in
                try await wire.write("HTTP/1.1 200 OK\r\n\r\n")
                for _ in 0..<40 { try await wire.write([UInt8](repeating: 0x20, count: 1 << 16)) }
            }
        ),
        ("switches protocols", { try await $0.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n") }),
    ]

    @Test(arguments: misdeeds.indices)
    func `with the right answers beside it`(number: Int) async throws {
        let misdeed = Self.misdeeds[number]
        try await withBrokenUpstream([Self.grn: misdeed.script]) { upstream in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let answer = try await upstream.ask(Self.grn)
                    #expect(answer.status == 500, "\(misdeed.name)")
                    #expect(answer.text == BrokenUpstream.failed)
                }
                for grn in Self.others {
                    group.addTask {
                        let answer = try await upstream.ask(grn)
                        #expect(answer.text == BrokenUpstream.healthy)
                    }
                }
                try await group.waitForAll()
            }
            // It has been asked, once, and may have taken its lock.
            #expect(try await upstream.ask(Self.grn).status == 429)
            #expect(upstream.asked.all.count { $0 == Self.grn } == 1)
        }
    }

    @Test(arguments: ["", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n{"])
    func `in its own time where it never comes to an end`(words: String) async throws {
        let script: @Sendable (Wire) async throws -> Void = { wire in
            try await wire.write(words)
            await wire.end()
        }
        try await withBrokenUpstream([Self.grn: script], ["timeout": "0.5"]) { upstream in
            let answer = try await upstream.ask(Self.grn)
            #expect(answer.status == 500)
            #expect(answer.text == BrokenUpstream.failed)
        }
    }

    @Test func `and never one client the answer to another`() async throws {
        // A second answer behind the first waits for whoever asks next on the connection.
        try await withBrokenUpstream([
            Self.grn: { wire in
                let answers = [BrokenUpstream.answer(about: Self.grn), #"{"balance":666,"currency":"GBP"}"#]
                try await wire.write(
                    answers.map { "HTTP/1.1 200 OK\r\nContent-Length: \($0.utf8.count)\r\n\r\n\($0)" }.joined())
                while let (head, _) = await wire.request() {
                    let grn = String(head.split(separator: "/").dropFirst(3).first ?? "")
                    try await wire.answer(BrokenUpstream.answer(about: grn))
                }
            }
        ]) { upstream in
            _ = try await upstream.ask(Self.grn)
            for grn in Self.others { #expect(try await upstream.ask(grn).text == BrokenUpstream.healthy) }
        }
    }

    @Test func `where nobody is there, nothing is locked`() async throws {
        try await withGateway(["upstream": "http://127.0.0.1:1"]) { gateway in
            let client = try await RawClient.connect(to: gateway.port)
            for _ in 0..<3 {
                try await client.send(V1Question.published.request.raw)
                let answer = try #require(await client.answer())
                #expect(answer.status == 500)
                #expect(answer.text == BrokenUpstream.failed)
            }
        }
    }

    @Test func `when it is back, all is well`() async throws {
        let resets = Events()
        try await withBrokenUpstream([
            Self.grn: { wire in
                guard resets.all.isEmpty else { return try await wire.answer(BrokenUpstream.answer(about: Self.grn)) }
                resets.add("reset")
                try await wire.reset()
            }
        ]) { upstream in
            let (first, second) = (
                try await upstream.ask(Self.grn, by: "first"), try await upstream.ask(Self.grn, by: "second")
            )
            #expect(first.status == 500)
            #expect(second.text == BrokenUpstream.healthy)
        }
    }
}
