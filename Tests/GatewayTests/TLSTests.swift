import Gateway
import GuaranteeClients
import HTTPTransport
import NIOSSL
import NetworkSupport
import Testing
import Translation

@Suite(.timeLimit(.minutes(2))) struct `TLS for clients that call it` {
    private let certificate: ServerCertificate

    init() throws {
        certificate = try ServerCertificate()
    }

    /// Asks by way of TLS, trusting the gateway's certificate alone.
    private func ask(_ gateway: RunningGateway, by token: String = "client") async throws -> ExchangeResponse {
        let options = TransportOptions(caFile: certificate.path("server.pem"))
        return try await HTTPTransport.withTransport(options) { transport in
            try await transport.send(
                V1Question.published.by(token).request, to: gateway.url, limits: TransportLimits())
        }
    }

    private var flags: [String: String] {
        certificate.flags().merging(["limits.request-seconds": "3"]) { first, _ in first }
    }

    @Test func `is served with the certificate that is given`() async throws {
        try await withServedGateway("published: true", flags) { served in
            #expect(served.gateway.url.scheme == "https")
            let answer = try await self.ask(served.gateway)
            #expect(answer.text == V1Question.publishedAnswer)
            #expect(answer.headers["X-NCTSBridge"] == "gateway/test")
        }
    }

    @Test(arguments: [
        V1Question.published.request.raw, Array("GET / HTTP/1.1\r\n\r\n".utf8), [0x16, 0x03, 0x01, 0x02, 0x00, 0x01],
        [UInt8](repeating: 0, count: 1000), [],
    ])
    func `keeps nobody who does not speak it, and answers the others`(bytes: [UInt8]) async throws {
        try await withServedGateway("published: true", flags) { served in
            let client = try await RawClient.connect(to: served.gateway.port)
            if !bytes.isEmpty { try await client.send(bytes) }
            // An alert perhaps, and the end.
            let heard = String(decoding: await client.rest(), as: UTF8.self)
            #expect(!heard.contains("HTTP/"))
            #expect(try await self.ask(served.gateway).text == V1Question.publishedAnswer)
        }
    }

    @Test(arguments: [
        (TLSVersion.tlsv1, TLSVersion.tlsv11, false), (.tlsv12, .tlsv12, true), (.tlsv13, .tlsv13, true),
    ])
    func `is version 1.2 or later`(lowest: TLSVersion, highest: TLSVersion, isTaken: Bool) async throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = lowest
        tls.maximumTLSVersion = highest
        tls.certificateVerification = .none
        let client = tls
        try await withServedGateway("published: true", flags) { served in
            let raw = try await RawClient.connect(to: served.gateway.port, tls: client)
            try? await raw.send(V1Question.published.request.raw)
            #expect(await raw.answer()?.text == (isTaken ? V1Question.publishedAnswer : nil))
            #expect(try await self.ask(served.gateway, by: "another").text == V1Question.publishedAnswer)
        }
    }

    @Test(arguments: [
        ("server.pem", "other.key"), ("server.pem", "server.pem"), ("server.key", "server.key"),
        ("empty.pem", "server.key"), ("server.pem", "empty.pem"), ("garbled.pem", "server.key"),
        ("server.pem", "garbled.pem"), ("locked.pem", "locked.key"),
    ])
    func `with a certificate and another's key is refused at the start`(pem: String, key: String) async throws {
        let flags = certificate.flags(pem, key: key)
        let error = try await #require(throws: GatewayError.self) {
            try await withGateway(flags.merging(["upstream": "http://127.0.0.1:1"]) { first, _ in first }) { _ in }
        }
        #expect(error.description.contains("are no certificate and its key"))
        #expect(error.description.contains(certificate.path(pem)))
        #expect(error.description.contains(certificate.path(key)))
        #expect(!error.description.contains("BEGIN"))
    }
}
