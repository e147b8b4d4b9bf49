import GuaranteeClients
import NIOSSL
import NetworkSupport
import Testing
import Translation

@testable import HTTPTransport

@Suite(.timeLimit(.minutes(1))) struct `TLS is verified, always` {
    private let certificates: Certificates

    init() throws {
        certificates = try Certificates.get()
    }

    /// What comes of asking a server of that TLS by a host name: a status, or the failure.
    private func ask(
        _ tls: TLSConfiguration, trusting file: String?, by host: String = "localhost",
        _ script: @escaping @Sendable (Wire) async throws -> Void = { wire in
            while await wire.request() != nil { try await wire.answer() }
        }
    ) async throws -> Result<Int, TransportError> {
        try await Server.run(tls: tls, script) { server in
            try await HTTPTransport.withTransport(TransportOptions(caFile: file)) { transport in
                let base = try server.base(host)
                do throws(TransportError) {
                    return .success(try await transport.send(question, to: base, limits: TransportLimits()).status)
                } catch {
                    #expect(error.message.contains("\(host):\(server.port)"))
                    return .failure(error)
                }
            }
        }
    }

    private func expect(
        _ result: Result<Int, TransportError>, _ part: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let error = try #require(throws: TransportError.self, sourceLocation: sourceLocation) { try result.get() }
        #expect(error.code == .tls, sourceLocation: sourceLocation)
        #expect(error.nothingSent, sourceLocation: sourceLocation)
        #expect(error.message.contains(part), "\(error.message)", sourceLocation: sourceLocation)
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func `an authority that is given is trusted`(host: String) async throws {
        #expect(
            try await ask(certificates.server("good"), trusting: certificates.authority, by: host) == .success(200))
    }

    @Test func `and the system's authorities stay trusted`() throws {
        #expect(try TLSConfiguration.verifying(alsoTrusting: certificates.authority).trustRoots == .default)
        #expect(try TLSConfiguration.verifying(alsoTrusting: nil).trustRoots == .default)
    }

    @Test func `one that is not given is not`() async throws {
        try expect(await ask(certificates.server("good"), trusting: nil), "not trusted")
    }

    @Test func `a certificate for another host is refused`() async throws {
        try expect(await ask(certificates.server("other"), trusting: certificates.authority), "for another host")
    }

    @Test func `a certificate for the address is not one for the name`() async throws {
        let address = try certificates.server("address")
        #expect(try await ask(address, trusting: certificates.authority, by: "127.0.0.1") == .success(200))
        let events = Events()
        let error = try await Server.run(tls: address) { wire in
            events.add(await wire.bytes() == nil ? "left" : "asked")
        } while: { server in
            try await HTTPTransport.withTransport(TransportOptions(caFile: certificates.authority)) { transport in
                let error = try await failure(of: transport, asking: server.base("localhost"))
                await events.wait(for: "left")
                return error
            }
        }
        try expect(.failure(error), "for another host")
    }

    @Test(arguments: [
        ("good", "api.test", true), ("good", "api.test.", true), ("good", "x.api.test", false), ("good", "test", false),
        ("good", "127.0.0.1", true), ("good", "127.0.0.2", false), ("good", "[::1]", false),
        ("wildcard", "x.api.test", true), ("wildcard", "x.y.api.test", false), ("wildcard", "api.test", false),
        ("wildcard", ".api.test", false), ("wildcard", "upper.test", true), ("address", "localhost", false),
    ])
    func `a certificate is for the hosts that it names`(certificate: String, host: String, isHeld: Bool) throws {
        let name = ServerName(try BaseURL("https://\(host)"))
        #expect(name.isHeld(by: try certificates.certificate(certificate)) == isHeld)
    }

    @Test func `a certificate that is out of date is refused`() async throws {
        try expect(await ask(certificates.server("expired"), trusting: certificates.authority), "out of date")
    }

    @Test func `TLS 1.2 is taken, and older is refused`() async throws {
        var tls = try certificates.server("good")
        tls.minimumTLSVersion = .tlsv1
        tls.maximumTLSVersion = .tlsv12
        #expect(try await ask(tls, trusting: certificates.authority) == .success(200))
        tls.maximumTLSVersion = .tlsv11
        try expect(await ask(tls, trusting: certificates.authority), "TLS 1.2 or later")
    }

    @Test func `a server without TLS is refused`() async throws {
        let error = try await Server.run { wire in
            _ = await wire.bytes()
            try await wire.answer()
            await wire.end()
        } while: { server in
            try await HTTPTransport.withTransport { try await failure(of: $0, asking: server.base("localhost")) }
        }
        try expect(.failure(error), "No TLS was agreed upon")
    }

    @Test func `a server that asks for a certificate gets none`() async throws {
        // In TLS 1.3 the server refuses when the request is on its way already.
        var tls = try certificates.server("good")
        tls.certificateVerification = .noHostnameVerification
        let result = try await ask(tls, trusting: certificates.authority) { wire in
            while await wire.request() != nil { try await wire.answer() }
        }
        let error = try #require(throws: TransportError.self) { try result.get() }
        #expect([.tls, .interrupted].contains(error.code))
        #expect(!error.nothingSent)
    }

    @Test func `an answer that ends with the connection is whole only if TLS says so`() async throws {
        let result = try await ask(certificates.server("good"), trusting: certificates.authority) { wire in
            _ = await wire.request()
            try await wire.write("HTTP/1.1 200 OK\r\n\r\n{\"balance\":1")
            try await wire.cut()
        }
        let error = try #require(throws: TransportError.self) { try result.get() }
        #expect(error.code == .interrupted)
        #expect(!error.nothingSent)
    }

    @Test func `a file of authorities that can't be used is said so at once`() throws {
        let missing = certificates.path("missing.pem")
        let empty = try certificates.write("empty.pem", "")
        let garbled = try certificates.write(
            "garbled.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        for file in [missing, empty, garbled, certificates.path("good.key")] {
            let error = try #require(throws: TransportSetupError.self) {
                try HTTPTransport(TransportOptions(caFile: file))
            }
            #expect(error.code == .authorities)
            #expect(error.message.contains(file))
        }
    }
}
