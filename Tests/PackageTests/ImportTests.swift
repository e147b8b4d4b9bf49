import Foundation
import Testing

@Suite struct `Modules import only what the design allows` {
    /// What a module may import beside the standard library: its arrows in Package.swift, what those re-export, and
    /// Foundation where the design lets it in.
    static let allowed: [String: Set<String>] = [
        "GuaranteeModel": [],
        "XMLMessages": ["CLibXML2", "GuaranteeModel"],
        "JSONMessages": ["GuaranteeModel"],
        "Translation": ["GuaranteeModel", "XMLMessages", "JSONMessages", "Mappings", "Yams", "Foundation"],
        "GuaranteeConversion": ["GuaranteeModel", "JSONMessages", "Translation", "Crypto", "Foundation"],
        "Batch": ["CArchive", "Crypto", "GuaranteeConversion", "Translation", "Foundation", "Glibc", "Musl", "Darwin"],
        "Comparison": ["GuaranteeModel", "Translation", "JSONMessages", "Foundation"],
        "Evidence": ["Comparison", "Translation", "GRDB", "Foundation"],
        "Reports": ["Comparison", "Evidence", "Translation", "Foundation"],
        "DualRun": [
            "Comparison", "Evidence", "GuaranteeClients", "Translation", "DequeModule", "Foundation",
        ],
        "GuaranteeClients": [
            "Translation", "Crypto", "Logging", "Metrics", "DequeModule", "HeapModule", "Foundation",
        ],
        "PrometheusMetrics": ["CoreMetrics"],
        "GuaranteeAdapter": [
            "GuaranteeClients", "GuaranteeModel", "Translation", "DequeModule", "Logging", "Metrics", "Foundation",
        ],
        "GuaranteeAdapterHTTP": ["GuaranteeAdapter", "GuaranteeClients", "HTTPTransport", "Translation"],
        "Gateway": [
            "Comparison", "DualRun", "Evidence", "GuaranteeAdapter", "GuaranteeClients", "HTTPTransport",
            "PrometheusMetrics", "Reports", "Translation", "Configuration", "DequeModule", "GRDB", "HTTPTypes",
            "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging", "Metrics", "NIOCore", "NIOHTTP1",
            "NIOSSL", "ServiceLifecycle", "Foundation",
        ],
        "HotPath": ["Translation", "Foundation"],
        "PassThrough": [
            "Hummingbird", "AsyncHTTPClient", "NIOCore", "NIOPosix", "HTTPTypes", "NIOHTTP1", "Logging", "Foundation",
        ],
        "HTTPTransport": [
            "GuaranteeClients", "Translation", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL",
            "Foundation",
        ],
        "Simulator": [
            "Translation", "JSONMessages", "Hummingbird", "HTTPTypes", "NIOCore", "Logging", "ServiceLifecycle",
            "UnixSignals",
            "DequeModule",
            "Foundation",
        ],
        "BridgeCommands": [
            "Batch", "Comparison", "Translation", "DualRun", "Evidence", "Gateway", "GuaranteeAdapter",
            "GuaranteeClients", "HTTPTransport", "PrometheusMetrics", "Reports", "Simulator", "ArgumentParser",
            "Hummingbird", "Logging", "ServiceLifecycle", "UnixSignals", "Foundation",
        ],
        "Benchmarks": ["GuaranteeClients", "Foundation"],
        "nctsbridge": ["BridgeCommands"],
    ]

    /// Parts of the toolchain that are no dependency.
    static let standard: Set<String> = ["Swift", "Synchronization"]

    @Test(arguments: allowed.keys.sorted())
    func `of each module`(module: String) throws {
        let allowed = try #require(Self.allowed[module]).union(Self.standard)
        let files = try Repository.files(in: "Sources/\(module)", extensions: ["swift"])
        #expect(!files.isEmpty)
        for (path, text) in files {
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ").drop { $0.hasPrefix("@") }
                    .drop { ["public", "package", "internal", "private", "fileprivate"].contains($0) }
                guard words.first == "import", let name = words.dropFirst().last else { continue }
                #expect(allowed.contains(String(name)), "\(module)/\(path) imports \(name)")
            }
        }
    }

    @Test func `and every module has its list`() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appendingPathComponent("Sources").path)
        #expect(Set(folders) == Set(Self.allowed.keys).union(["CArchive", "CLibXML2"]))
    }
}
