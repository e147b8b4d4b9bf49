import Evidence
import Foundation
import Gateway
import GuaranteeClients
import NetworkSupport
import TestSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(2))) struct `What a gateway keeps` {
    private static let token = "s3cret-bearer-token-0815"
    private static let question = KeptState.question.by(token)

    private func pending(_ served: ServedGateway) async throws -> String {
        let response = try await served.send(Self.question.request)
        return try #require(response.headers["Location"])
    }

    /// Ways in which a text may stand in a file.
    private static func spellings(of text: String) -> [Data] {
        let bytes = Data(text.utf8)
        // In base64 a text looks different by where it begins.
        let encoded = (0..<3).map { shift in
            let whole = (Data(repeating: 0x20, count: shift) + bytes).base64EncodedString()
            return Data(whole.prefix((shift + bytes.count) * 8 / 6).dropFirst((shift * 8 + 5) / 6).utf8)
        }
        let wide = [String.Encoding.utf16LittleEndian, .utf16BigEndian].compactMap { text.data(using: $0) }
        let hex = Data(text.utf8.map { String($0, radix: 16) }.joined().utf8)
        return [bytes, hex, Data(text.utf8.reversed())] + wide + encoded
    }

    @Test func `can be read by nobody without its key`() async throws {
        let context = try XMLContext()
        let secrets = [KeptState.grn, "GB954131533000", "Zk7q", Self.token, "AccCodCOD729", "accessCode", "balance\":"]
        try await withKeptGateway("{delay: 40, balance: 987654.32}") { kept, clock in
            let kept = kept.with(context.flags)
            let paths = try await kept.run { served in
                let json = try await self.pending(served)
                try await clock.advance(by: .seconds(100))
                let xml = XMLQuery.request(
                    XMLQuery(KeptState.grn, accessCode: "Zk7q").text, token: Self.token)
                let second = try await served.send(xml)
                #expect(second.status == 202)
                let before = try kept.stored()
                try await clock.advance(by: .seconds(100))
                for stored in [before, try kept.stored()] { try self.expectNone(secrets, in: stored) }
                return [json, try #require(second.headers["Location"])]
            }
            let stored = try kept.stored()
            try self.expectNone(secrets + ["987654.32"], in: stored)
            // What there is to find is found so: the balance ids stand in it.
            for path in paths {
                let id = try #require(path.split(separator: "/").last)
                #expect(stored.firstRange(of: Data(id.utf8)) != nil)
            }
        }
    }

    private func expectNone(_ secrets: [String], in stored: Data) throws {
        for secret in secrets {
            for spelling in Self.spellings(of: secret) where spelling.count >= 4 {
                #expect(stored.firstRange(of: spelling) == nil, "\(secret)")
            }
        }
    }

    @Test func `is its owner's alone`() async throws {
        try await withKeptGateway { kept, _ in
            try await kept.run { served in
                _ = try await self.pending(served)
                for name in try FileManager.default.contentsOfDirectory(atPath: kept.folder.url.path) {
                    let path = kept.folder.url.appendingPathComponent(name).path
                    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                    #expect(mode == 0o600, "\(name)")
                }
            }
        }
    }

    @Test func `is forgotten after an hour`() async throws {
        try await withKeptGateway { kept, clock in
            let path = try await kept.run { try await self.pending($0) }
            let id = Data(try #require(path.split(separator: "/").last).utf8)
            #expect(try kept.stored().firstRange(of: id) != nil)
            try await clock.advance(by: .seconds(3601))
            // It is gone from the file too, once a gateway has run.
            try await kept.run { served in
                try await eventually("it is forgotten") {
                    try await served.sendNow(Self.question.state(at: path)).status == 404
                }
            }
            #expect(try kept.stored().firstRange(of: id) == nil)
        }
    }

    @Test func `is lost with its key, and nothing else is`() async throws {
        try await withKeptGateway { kept, clock in
            let path = try await kept.run { try await self.pending($0) }
            try kept.remove("gateway.key")
            try await kept.run { served in
                // Another key recognises nobody.
                #expect(try await served.sendNow(Self.question.state(at: path)).status == 404)
                try await clock.advance(by: .seconds(120))
                #expect(try await served.sendNow(V1Question.published.request).text == V1Question.publishedAnswer)
                #expect(try await self.pending(served) != path)
            }
        }
    }

    @Test func `is refused where it is something else`() async throws {
        try await withKeptGateway { kept, _ in
            let file = kept.folder.url.appendingPathComponent("gateway.store")
            try Data("GRN,TIN\n".utf8).write(to: file)
            let error = await #expect(throws: EvidenceError.self) { try await kept.run { _ in } }
            #expect(error?.code == .unknown)
            #expect(error?.description.contains("is no store of a gateway") == true)
            #expect(try Data(contentsOf: file) == Data("GRN,TIN\n".utf8))
        }
    }

    @Test func `is one gateway's at a time`() async throws {
        try await withKeptGateway { kept, _ in
            try await kept.run { served async throws in
                let error = await #expect(throws: EvidenceError.self) { try await kept.run { _ in } }
                #expect(error?.code == .busy)
                // The first goes on.
                #expect(try await served.send(V1Question.published.request).text == V1Question.publishedAnswer)
            }
            try await kept.run { _ in }
        }
    }

    @Test func `is refused with a key file that holds no key`() async throws {
        try await withKeptGateway { kept, _ in
            let key = kept.folder.url.appendingPathComponent("gateway.key")
            try Data("AC01".utf8).write(to: key)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
            let error = await #expect(throws: TokenError.self) { try await kept.run { _ in } }
            #expect(error?.code == .malformedFile)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key.path)
            let open = await #expect(throws: TokenError.self) { try await kept.run { _ in } }
            #expect(open?.code == .unsafeFile)
        }
    }
}
