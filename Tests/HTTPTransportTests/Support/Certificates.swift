import Foundation
import NIOSSL
import Synchronization
import Testing

/// An authority of the tests' own and what it signed, made by `openssl` in a folder that goes with the last user.
final class Certificates: Sendable {
    private struct Shared {
        weak var certificates: Certificates?
    }

    private static let shared = Mutex(Shared())

    /// The ones that other tests use now, or new ones.
    static func get() throws -> Certificates {
        try shared.withLock { shared in
            if let certificates = shared.certificates { return certificates }
            let certificates = try Certificates()
            shared.certificates = certificates
            return certificates
        }
    }

    private let folder: URL

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("nctsbridge-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try openssl(["req", "-x509", "-days", "2", "-subj", "/CN=Tests", "-keyout", "ca.key", "-out", "ca.pem"])
        try issue("good", for: "DNS:localhost,DNS:api.test,IP:127.0.0.1", days: 2)
        try issue("other", for: "DNS:other.test", days: 2)
        try issue("address", for: "IP:127.0.0.1", days: 2)
        try issue("wildcard", for: "DNS:*.api.test,DNS:UPPER.test.", days: 2)
        try issue("expired", for: "DNS:localhost", days: -1)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The authority's certificate: what `TransportOptions.caFile` takes.
    var authority: String { path("ca.pem") }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Writes a file beside the certificates.
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        return path(name)
    }

    /// A server's TLS with one of the certificates.
    func server(_ name: String) throws -> TLSConfiguration {
        .makeServerConfiguration(
            certificateChain: [.certificate(try certificate(name))],
            privateKey: .privateKey(try NIOSSLPrivateKey(file: path("\(name).key"), format: .pem)))
    }

    func certificate(_ name: String) throws -> NIOSSLCertificate {
        try #require(try NIOSSLCertificate.fromPEMFile(path("\(name).pem")).first)
    }

    private func issue(_ name: String, for names: String, days: Int) throws {
        let extensions = try write("\(name).cnf", "subjectAltName=\(names)")
        try openssl(["req", "-subj", "/CN=\(name)", "-keyout", "\(name).key", "-out", "\(name).csr"])
        try openssl([
            "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-days", "\(days)", "-extfile", extensions, "-out", "\(name).pem",
        ])
    }

    private func openssl(_ arguments: [String]) throws {
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments + (arguments[0] == "req" ? key : [])
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments.joined(separator: " ")) failed")
    }
}
