import Evidence
import Foundation
import GuaranteeClients

/// The files that a gateway writes, looked at before it is started: nothing is made and nothing is changed.
struct WrittenFiles {
    private let settings: GatewaySettings

    init(_ settings: GatewaySettings) {
        self.settings = settings
    }

    /// - Throws: what the start would throw: `GatewayError`, `EvidenceError`, `TokenError`.
    func check() throws {
        let paths = settings.writtenFiles
        for (index, path) in paths.enumerated() {
            let same = paths[..<index].first { Self.resolved($0) == Self.resolved(path) }
            if let same { throw GatewayError(.badFile, "\(same) and \(path) are one file: each needs its own.") }
            try checkPlace(path)
        }
        if let path = settings.storeFile, exists(path) { try GatewayStore.check(path) }
        var key = settings.keyFile
        if case .mirrored(let mirror) = settings.service {
            if exists(mirror.evidenceFile) { try SQLiteEvidence.forReading(mirror.evidenceFile).close() }
            key = key ?? mirror.evidenceFile + ".key"
        }
        if let key, exists(key) { _ = try EvidenceKey(file: key, mayCreate: false) }
    }

    private func checkPlace(_ path: String) throws(GatewayError) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard !isFolder.boolValue else { throw GatewayError(.cantWrite, "\(path) is a folder: name a file.") }
            guard FileManager.default.isWritableFile(atPath: path) else {
                throw GatewayError(.cantWrite, "\(path) can't be written.")
            }
            return
        }
        guard FileManager.default.isWritableFile(atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path)
        else { throw GatewayError(.cantWrite, "\(path) can't be made: its folder can't be written.") }
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
}
