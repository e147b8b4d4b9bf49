import Foundation
import TestSupport
import Testing

/// Certificates and keys of the tests' own, made by `openssl` in a folder that goes with the last user.
struct ServerCertificate: Sendable {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        for name in ["server", "other"] { try make(name, ["-nodes"]) }
        try make("locked", ["-passout", "pass:secret"])
        _ = try folder.write("empty.pem", Data())
        _ = try folder.write("garbled.pem", Data("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8))
    }

    func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

    /// The settings that serve with a certificate and a key.
    func flags(_ certificate: String = "server.pem", key: String = "server.key") -> [String: String] {
        ["tls.certificate": path(certificate), "tls.key": path(key)]
    }

    private func make(_ name: String, _ options: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["openssl", "req", "-x509", "-days", "2", "-subj", "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1"]
            + ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"] + options
            + ["-keyout", "\(name).key", "-out", "\(name).pem"]
        process.currentDirectoryURL = folder.url
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl made no certificate")
    }
}
