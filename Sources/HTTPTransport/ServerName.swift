import GuaranteeClients
import NIOCore
import NIOSSL

/// The name that a server's certificate must hold. The TLS library also takes a certificate for the address that the
/// connection leads to: so a false name server, or a proxy, could pass for any host with a certificate for its own address.
struct ServerName: Sendable {
    private let host: [UInt8]
    /// nil for a name.
    private let address: SocketAddress?

    init(_ base: BaseURL) {
        host = Self.folded(base.host.utf8)
        address = try? SocketAddress(ipAddress: base.host, port: 0)
    }

    /// Looks at the certificate of a connection whose TLS has just been agreed upon, on its loop. The connection ends
    /// when the certificate is for another host.
    func verify(_ channel: any Channel) -> EventLoopFuture<Void> {
        let certificate = try? channel.pipeline.syncOperations.nioSSL_peerCertificate()
        if let certificate, isHeld(by: certificate) { return channel.eventLoop.makeSucceededVoidFuture() }
        // Not before the client has heard of it: it would take the closing for that of a connection in use.
        channel.eventLoop.execute { channel.close(promise: nil) }
        return channel.eventLoop.makeFailedFuture(WrongServer())
    }

    func isHeld(by certificate: NIOSSLCertificate) -> Bool {
        certificate._subjectAlternativeNames().contains { name in
            switch name.nameType {
            case .ipAddress:
                address != nil
                    && address == (try? SocketAddress(packedIPAddress: ByteBuffer(bytes: name.contents), port: 0))
            case .dnsName: address == nil && matches(Self.folded(name.contents))
            default: false
            }
        }
    }

    /// The whole name, or `*` in place of the first label.
    private func matches(_ name: [UInt8]) -> Bool {
        guard name.starts(with: "*.".utf8) else { return name == host }
        guard let period = host.firstIndex(of: UInt8(ascii: ".")), period > 0 else { return false }
        return host[period...] == name[1...]
    }

    /// Lower-case letters, and no period at the end.
    private static func folded(_ name: some Collection<UInt8>) -> [UInt8] {
        let letters = name.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        return letters.last == UInt8(ascii: ".") ? letters.dropLast() : letters
    }
}

/// The certificate is for another host than the one that was asked for.
struct WrongServer: Error {}
