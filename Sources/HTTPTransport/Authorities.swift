import NIOSSL

extension TLSConfiguration {
    /// A client's TLS: the certificate, its dates and the host's name are verified, always; TLS 1.2 is the least.
    static func verifying(alsoTrusting file: String?) throws(TransportSetupError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        if let file { configuration.additionalTrustRoots = [.certificates(try certificates(in: file))] }
        return configuration
    }

    private static func certificates(in file: String) throws(TransportSetupError) -> [NIOSSLCertificate] {
        let found: [NIOSSLCertificate]
        do {
            found = try NIOSSLCertificate.fromPEMFile(file)
        } catch {
            throw TransportSetupError(
                .authorities, "\(file) can't be read as certificates: give a PEM file of the authorities to trust.")
        }
        guard !found.isEmpty else {
            throw TransportSetupError(
                .authorities, "\(file) holds no certificate: give a PEM file of the authorities to trust.")
        }
        return found
    }
}
