import Foundation

/// The gateway, which translates v1.0 to v2.0, beside proxies that translate nothing: one built on the same libraries, and
/// nginx. All before one upstream, an nginx that answers as v2.0 does; all share the machine with it and with wrk.
enum GatewayBenchmark {
    static let rounds = 3
    static let seconds = 5

    /// - Parameters:
    ///   - tool: the built command.
    ///   - passThrough: the built proxy.
    static func run(_ tool: String, passThrough: String) throws {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        print("The gateway beside proxies: medians of \(rounds) rounds of \(seconds) s, on \(cores) cores for all")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "nctsbridge-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var contenders: [GatewayContender] = []
        defer { for contender in contenders { contender.server.stop() } }

        let upstream = try nginx("upstream", in: folder, upstream: nil)
        contenders.append(GatewayContender("the upstream, straight", upstream))
        guard FileManager.default.isExecutableFile(atPath: passThrough) else {
            throw BenchmarkError("\(passThrough) is not there: swift build -c release --product pass-through builds it")
        }
        let floor = try Server(in: folder.appendingPathComponent("pass-through")) { port in
            [passThrough, "\(port)", "\(upstream.port)"]
        }
        contenders.append(GatewayContender("pass-through", floor))
        contenders.append(GatewayContender("nginx", try nginx("proxy", in: folder, upstream: upstream.port)))
        if let reason = try missing(tool) {
            print("  THE GATEWAY IS NOT MEASURED: \(reason)")
        } else {
            let gateway = try Server(in: folder.appendingPathComponent("gateway")) { port in
                [
                    tool, "gateway", "--listen", "127.0.0.1:\(port)", "--upstream", "http://127.0.0.1:\(upstream.port)",
                    "--admin-listen", "off", "--access-log", "off",
                ]
            }
            contenders.append(GatewayContender("nctsbridge gateway", gateway, version: "v1"))
        }

        var runs = 0
        func next() -> Int {
            runs += 1
            return runs
        }
        for index in contenders.indices { try contenders[index].warmUp(next) }
        let bystanders = Bystanders(besides: contenders.map(\.server))
        for _ in 1...rounds {
            for index in contenders.indices { try contenders[index].measure(.saturating, run: next()) }
            for index in contenders.indices { try contenders[index].measure(.light, run: next()) }
        }
        GatewayTable(contenders: contenders).print()
        let share = bystanders.share(besides: contenders.map(\.server))
        if share > 0.05 {
            print("  Other programs took \(Int(share * 100)) % of the processor time: measure again when they don't.")
        }
    }

    /// Why there is no gateway to measure.
    private static func missing(_ tool: String) throws -> String? {
        guard FileManager.default.isExecutableFile(atPath: tool) else { return "\(tool) is not built" }
        let help = try Child.text([tool, "gateway", "--help"]).output
        return help.contains("nctsbridge gateway") ? nil : "\(tool) has no command called gateway"
    }

    private static func nginx(_ name: String, in folder: URL, upstream: Int?) throws -> Server {
        guard try Child.text(["sh", "-c", "command -v nginx"]).exitCode == 0 else {
            throw BenchmarkError("nginx is needed; make bench installs it from Debian")
        }
        let folder = folder.appendingPathComponent(name)
        let template = try String(
            contentsOf: Load.peers.appendingPathComponent("\(name).conf"), encoding: .utf8)
        return try Server(in: folder) { port in
            let text = template.replacingOccurrences(of: "UPSTREAM", with: "\(upstream ?? 0)")
                .replacingOccurrences(of: "PORT", with: "\(port)")
            let file = folder.appendingPathComponent("nginx.conf")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            return ["nginx", "-e", "stderr", "-p", folder.path, "-c", file.path]
        }
    }
}
