// swift-tools-version: 6.2
import PackageDescription

// What every target of ours is compiled with.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// And those that serve: an async function of theirs runs where its caller runs, and asks nobody for that.
let serving = settings + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]

// On what a program does not fetch that depends on this package with `traits: []` (docs/library.md).
let network = TargetDependencyCondition.when(traits: ["Network"])

let package = Package(
    name: "nctsbridge",
    products: [
        // Conversion alone: it needs libxml2, and nothing of the network.
        .library(name: "GuaranteeConversion", targets: ["GuaranteeConversion"]),
        // v1.0's vocabulary, served by v2.0, over a transport that the program brings.
        .library(name: "GuaranteeAdapter", targets: ["GuaranteeAdapter"]),
        // That transport over async-http-client.
        .library(name: "GuaranteeAdapterHTTP", targets: ["GuaranteeAdapterHTTP"]),
        .executable(name: "nctsbridge", targets: ["nctsbridge"]),
    ],
    traits: [
        .trait(name: "Network", description: "The clients, the gateway and the command line: what HTTP is needed for."),
        .default(enabledTraits: ["Network"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Debian's libxml2, seen from Swift.
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        // Debian's libarchive, seen from Swift.
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        // What a guarantee balance exchange means, and what became of every leaf of it.
        .target(name: "GuaranteeModel", swiftSettings: settings),
        // NCTS4 XML: read, validated, written.
        .target(name: "XMLMessages", dependencies: ["CLibXML2", "GuaranteeModel"], swiftSettings: settings),
        // JSON with its number lexemes and positions: read and written.
        .target(name: "JSONMessages", dependencies: ["GuaranteeModel"], swiftSettings: settings),
        // The mapping files, schemas and tables, embedded.
        .target(name: "Mappings", path: "mappings", sources: ["embed.c"], publicHeadersPath: "include"),
        // Mappings loaded, compiled to plans, and run: the translators between the formats.
        .target(
            name: "Translation",
            dependencies: [
                "GuaranteeModel", "XMLMessages", "JSONMessages", "Mappings", .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings),
        // Messages converted by programs, one at a time; the digests by which remainders know their documents.
        .target(
            name: "GuaranteeConversion",
            dependencies: [
                "GuaranteeModel", "JSONMessages", "Translation", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        // Whole archives: records in and out, in order, on all cores.
        .target(
            name: "Batch",
            dependencies: [
                "CArchive", "GuaranteeConversion", "Translation", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        // Differences of two messages, their classes, the statistics of a verdict: pure.
        .target(name: "Comparison", dependencies: ["GuaranteeModel", "Translation"], swiftSettings: settings),
        // What was asked, answered and concluded, kept durably.
        .target(
            name: "Evidence",
            dependencies: ["Comparison", .product(name: "GRDB", package: "GRDB.swift", condition: network)],
            swiftSettings: settings),
        // A run as text, JSON, JUnit XML, Markdown and HTML.
        .target(name: "Reports", dependencies: ["Comparison", "Evidence"], swiftSettings: settings),
        // Both APIs asked: exchanges, tokens, pacing, retries, over a transport that is passed in.
        .target(
            name: "GuaranteeClients",
            dependencies: [
                "Translation", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"), .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ],
            swiftSettings: serving),
        // That transport over async-http-client: TLS, proxies, time limits.
        .target(
            name: "HTTPTransport",
            dependencies: [
                "GuaranteeClients", .product(name: "AsyncHTTPClient", package: "async-http-client", condition: network),
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: network),
                .product(name: "NIOPosix", package: "swift-nio", condition: network),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: network),
            ],
            swiftSettings: serving),
        // Both APIs on loopback, with HMRC's published data, locks, limits, delays and faults.
        .target(
            name: "Simulator",
            dependencies: [
                "Translation", .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HTTPTypes", package: "swift-http-types", condition: network),
                .product(name: "Hummingbird", package: "hummingbird", condition: network),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: network),
                .product(name: "UnixSignals", package: "swift-service-lifecycle", condition: network),
            ],
            swiftSettings: settings),
        // v1.0's vocabulary for programs, served by v2.0.
        .target(
            name: "GuaranteeAdapter",
            dependencies: [
                "GuaranteeClients", "GuaranteeModel", "Translation",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"), .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: serving),
        // The transport for them over async-http-client.
        .target(
            name: "GuaranteeAdapterHTTP",
            dependencies: ["GuaranteeAdapter", "GuaranteeClients", "HTTPTransport", "Translation"],
            swiftSettings: settings),
        // The schedule of a dual run: who is asked what, when, again or never.
        .target(
            name: "DualRun",
            dependencies: [
                "Comparison", "Evidence", "GuaranteeClients",
                .product(name: "DequeModule", package: "swift-collections"),
            ],
            swiftSettings: settings),
        // What was counted and timed, in Prometheus' text format.
        .target(
            name: "PrometheusMetrics", dependencies: [.product(name: "CoreMetrics", package: "swift-metrics")],
            swiftSettings: settings),
        // v1.0 over HTTP, served by v2.0; the mirror; the operators' pages.
        .target(
            name: "Gateway",
            dependencies: [
                "Comparison", "DualRun", "Evidence", "GuaranteeAdapter", "GuaranteeClients", "HTTPTransport",
                "PrometheusMetrics", "Reports", "Translation",
                .product(name: "Configuration", package: "swift-configuration", condition: network),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "GRDB", package: "GRDB.swift", condition: network),
                .product(name: "HTTPTypes", package: "swift-http-types", condition: network),
                .product(name: "Hummingbird", package: "hummingbird", condition: network),
                .product(name: "HummingbirdCore", package: "hummingbird", condition: network),
                .product(name: "HummingbirdTLS", package: "hummingbird", condition: network),
                .product(name: "Logging", package: "swift-log"), .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: network),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: network),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: network),
            ],
            swiftSettings: serving),
        // The command line: parsing and wiring.
        .target(
            name: "BridgeCommands",
            dependencies: [
                "Batch", "Comparison", "DualRun", "Evidence", "Gateway", "GuaranteeAdapter", "GuaranteeClients",
                "HTTPTransport", "PrometheusMetrics", "Reports", "Simulator",
                .product(name: "ArgumentParser", package: "swift-argument-parser", condition: network),
                .product(name: "Hummingbird", package: "hummingbird", condition: network),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: network),
                .product(name: "UnixSignals", package: "swift-service-lifecycle", condition: network),
            ],
            swiftSettings: settings),
        // The executable's entry point.
        .executableTarget(name: "nctsbridge", dependencies: ["BridgeCommands"], swiftSettings: settings),

        // Messages converted in memory, over and over: what make bench times and make counts counts.
        .executableTarget(
            name: "hot-path", dependencies: ["Translation"], path: "Sources/HotPath", swiftSettings: settings),

        // What the toolkit costs, as ratios to peers: make bench.
        .executableTarget(
            name: "benchmarks", dependencies: ["GuaranteeClients"], path: "Sources/Benchmarks", exclude: ["Peers"],
            swiftSettings: settings),
        // The floor that the gateway is measured against: a bare proxy of Hummingbird and async-http-client.
        .executableTarget(
            name: "pass-through",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: network),
                .product(name: "HTTPTypes", package: "swift-http-types", condition: network),
                .product(name: "Hummingbird", package: "hummingbird", condition: network),
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: network),
            ],
            path: "Sources/PassThrough", swiftSettings: settings),

        // Generators, fixtures and helpers that several test targets share.
        .target(
            name: "TestSupport",
            dependencies: ["Translation"],
            path: "Tests/TestSupport",
            swiftSettings: settings),
        .testTarget(name: "GuaranteeModelTests", dependencies: ["GuaranteeModel"], swiftSettings: settings),
        .testTarget(name: "XMLMessagesTests", dependencies: ["TestSupport", "XMLMessages"], swiftSettings: settings),
        .testTarget(name: "JSONMessagesTests", dependencies: ["JSONMessages"], swiftSettings: settings),
        .testTarget(
            name: "TranslationTests", dependencies: ["GuaranteeConversion", "TestSupport", "Translation"],
            swiftSettings: settings),
        .testTarget(name: "ComparisonTests", dependencies: ["Comparison", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "EvidenceTests",
            dependencies: [
                "Comparison", "Evidence", .product(name: "GRDB", package: "GRDB.swift", condition: network),
            ],
            swiftSettings: settings),
        .testTarget(name: "ReportsTests", dependencies: ["Reports", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "PrometheusMetricsTests",
            dependencies: [
                "PrometheusMetrics", "TestSupport", .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "BatchTests", dependencies: ["Batch", "GuaranteeConversion", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "GuaranteeClientsTests",
            dependencies: ["GuaranteeClients", "TestSupport", .product(name: "Logging", package: "swift-log")],
            swiftSettings: settings),
        // The adapter by a clock of the tests, in front of a v2.0 that they play.
        .testTarget(
            name: "GuaranteeAdapterTests", dependencies: ["GuaranteeAdapter", "GuaranteeClients"],
            swiftSettings: settings),
        .testTarget(
            name: "HTTPTransportTests",
            dependencies: [
                "HTTPTransport", "NetworkSupport", .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOPosix", package: "swift-nio", condition: network),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: network),
            ],
            swiftSettings: settings),
        // A simulator on loopback for tests of what talks to it, a gateway in front of it, and servers of bare bytes.
        .target(
            name: "NetworkSupport",
            dependencies: [
                "Gateway", "GuaranteeClients", "HTTPTransport", "Simulator",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOPosix", package: "swift-nio", condition: network),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: network),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: network),
            ],
            path: "Tests/NetworkSupport", swiftSettings: settings),
        // The simulator held to the cases of samples/cases, over real sockets.
        .testTarget(
            name: "SimulatorTests", dependencies: ["NetworkSupport", "Simulator", "TestSupport"],
            swiftSettings: settings),
        // Both clients against the simulator.
        .testTarget(
            name: "ConversationTests",
            dependencies: [
                "NetworkSupport", "TestSupport", .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ],
            swiftSettings: settings),
        // The gateway: held to v1.0's cases, broken in all ways, and mirrored.
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Comparison", "Evidence", "Gateway", "GuaranteeAdapter", "GuaranteeClients", "HTTPTransport",
                "NetworkSupport", "PrometheusMetrics", "Reports", "Simulator", "TestSupport", "XMLMessages",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: network),
            ],
            swiftSettings: settings),
        // The gateway's settings: where they come from, what is wrong with them, and their flags.
        .testTarget(
            name: "GatewaySettingsTests",
            dependencies: [
                "BridgeCommands", "Gateway", "GuaranteeClients",
                .product(name: "ArgumentParser", package: "swift-argument-parser", condition: network),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        // Dual runs: their schedule by a clock of the tests, and whole runs against the simulator.
        .testTarget(
            name: "DualRunTests",
            dependencies: ["Comparison", "DualRun", "Evidence", "GuaranteeClients", "NetworkSupport", "TestSupport"],
            swiftSettings: settings),
        // The package held to its own rules: what modules import, what is embedded, what the documents promise.
        .testTarget(name: "PackageTests", dependencies: ["Translation"], swiftSettings: settings),
        // The built binary, run as its users run it.
        .testTarget(name: "EndToEndTests", dependencies: ["TestSupport"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

// The laws are tested with optimisation, and need a few targets alone.
if Context.environment["NCTSBRIDGE_LAWS"] != nil {
    let kept: Set = [
        "CLibXML2", "GuaranteeClients", "GuaranteeConversion", "GuaranteeModel", "JSONMessages", "Mappings",
        "Translation", "XMLMessages", "TestSupport", "GuaranteeClientsTests", "TranslationTests", "hot-path",
    ]
    package.targets.removeAll { !kept.contains($0.name) }
    package.products.removeAll { $0.name != "GuaranteeConversion" }
}
