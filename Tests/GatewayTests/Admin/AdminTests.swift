import Foundation
import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Reports
import TestSupport
import Testing
import Translation

/// The operators' address of a mirror and of a gateway.
@Suite(.timeLimit(.minutes(1))) struct `The operators' address` {
    /// Runs both, one after the other, without anybody to ask.
    private func each(_ body: @Sendable @escaping (RunningMirror) async throws -> Void) async throws {
        let fixture = try MirrorFixture()
        let nobody = try MirrorFixture.nobody()
        try await fixture.run(primary: nobody, shadow: nobody) { try await body($0) }
        try await fixture.runTranslating(upstream: nobody) { try await body($0) }
    }

    @Test func `tells that it is well, that it is ready, and what goes on`() async throws {
        try await each { mirror in
            for (path, type, text) in [
                ("/_bridge/health", "text/plain; charset=utf-8", "ok\n"),
                ("/_bridge/ready", "text/plain; charset=utf-8", "ready\n"),
                ("/_bridge/metrics", "text/plain; version=0.0.4; charset=utf-8", "# HELP "),
                ("/_bridge/", "text/html; charset=utf-8", "<!DOCTYPE html>"),
                ("/_bridge", "text/html; charset=utf-8", "<!DOCTYPE html>"),
            ] {
                let answer = try await mirror.page(path)
                #expect(answer.status == 200, "\(path)")
                #expect(answer.headers["Content-Type"] == type, "\(path)")
                #expect(answer.body.starts(with: text.utf8), "\(path)")
                #expect(answer.headers["Cache-Control"] == "no-store", "\(path)")
                #expect(answer.headers["X-Content-Type-Options"] == "nosniff", "\(path)")
                #expect(answer.headers["Referrer-Policy"] == "no-referrer", "\(path)")
                let isPage = text.hasPrefix("<")
                #expect(answer.headers["Content-Security-Policy"] == (isPage ? LivePage.policy : nil), "\(path)")
                // Without its body it is as long.
                let head = try await mirror.page(path, method: "HEAD")
                #expect(head.status == 200)
                #expect(head.body == [])
                #expect(head.headers["Content-Type"] == type)
            }
        }
    }

    @Test func `has nothing else, and changes nothing`() async throws {
        try await each { mirror in
            for path in ["/", "/_bridge/other", "/_bridge/events/", V1Question.path, "/_bridge/../_bridge/health"] {
                #expect(try await mirror.page(path).status == 404, "\(path)")
            }
            for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
                for path in ["/_bridge/", "/_bridge/health", "/_bridge/events", "/other"] {
                    let answer = try await mirror.page(path, method: method)
                    #expect(answer.status == 405, "\(method) \(path)")
                    #expect(answer.headers["Allow"] == "GET, HEAD")
                }
            }
        }
    }

    @Test(arguments: [
        ("127.0.0.1", 200), ("127.0.0.1:1", 200), ("localhost", 200), ("localhost:80", 200), ("[::1]:9", 200),
        ("[::1]", 200), ("127.9.9.9", 200), ("evil.example", 421), ("evil.example:9081", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421), ("10.0.0.1", 421), ("[::2]:9081", 421), ("", 421),
    ])
    func `is found by no name that somebody has made lead here`(host: String, status: Int) async throws {
        let nobody = try MirrorFixture.nobody()
        try await MirrorFixture().run(primary: nobody, shadow: nobody) { mirror in
            for path in ["/_bridge/", "/_bridge/metrics", "/_bridge/events", "/other"] {
                let wire = try await Wire.connected(to: try #require(mirror.gateway.adminURL).port)
                try await wire.write("HEAD \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
                let answer = try RawAnswer(await wire.rest())
                #expect(answer.status == (status == 200 && path == "/other" ? 404 : status), "\(path)")
            }
        }
    }

    @Test func `is another one than the clients', and neither has what is the other's`() async throws {
        let planted = PlantedRun(1, kinds: [.balance])
        try await MirrorFixture().runSimulated(planted.scenario(scale: 1)) { mirror, _ in
            for path in ["/_bridge/", "/_bridge/health", "/_bridge/ready", "/_bridge/metrics", "/_bridge/events"] {
                let answer = try await mirror.send(ExchangeRequest(method: "GET", path: path))
                // v1.0's own.
                #expect(answer.status == 404)
                #expect(answer.headers["Content-Type"] == "application/json")
            }
            #expect(try await mirror.page(V1Question.path, method: "POST").status == 405)
            #expect(try await mirror.page("/_bridge/health").headers["X-NCTSBridge"] == nil)
        }
    }

    @Test func `can be left out`() async throws {
        let nobody = try MirrorFixture.nobody()
        try await MirrorFixture(["admin.listen": "off"]).run(primary: nobody, shadow: nobody) { mirror in
            #expect(mirror.gateway.adminURL == nil)
            let answer = try await mirror.send(V1Question("24GB0000020000113").request)
            #expect(answer.status == 503)
        }
    }

    @Test func `says that it ends as long as clients are still served`() async throws {
        let over = Switch()
        let asked = Events()
        let fixture = try MirrorFixture()
        try await Server.run { wire in
            guard await wire.request() != nil else { return }
            asked.add("asked")
            try await over.wait()
            try await wire.answer()
        } while: { server in
            let primary = try BaseURL("http://127.0.0.1:\(server.port)")
            try await fixture.run(primary: primary, shadow: MirrorFixture.nobody()) { mirror in
                async let answer = mirror.sendNow(V1Question("24GB0000020000113").request)
                await asked.wait(for: "asked")
                #expect(try await mirror.page("/_bridge/ready").status == 200)
                await mirror.gateway.end()
                try await eventually("it is not ready any more") {
                    try await mirror.page("/_bridge/ready").status == 503
                }
                #expect(try await mirror.page("/_bridge/ready").body == Array("draining\n".utf8))
                #expect(try await mirror.page("/_bridge/health").status == 200)
                #expect(try await mirror.metric("nctsbridge_gateway_in_flight") == 1)
                over.flip()
                #expect(try await answer.status == 200)
            }
        }
    }
}

extension MirrorFixture {
    /// Runs a gateway that translates, with the same address for operators.
    func runTranslating<Value: Sendable>(
        upstream: BaseURL, _ body: @Sendable @escaping (RunningMirror) async throws -> Value
    ) async throws -> Value {
        let flags = ["upstream": upstream.description, "admin.listen": "127.0.0.1:0"]
        return try await withGateway(flags, time: clock.timekeeper) { gateway in
            try await HTTPTransport.withTransport { transport in
                try await body(RunningMirror(gateway: gateway, transport: transport, fixture: self))
            }
        }
    }
}
