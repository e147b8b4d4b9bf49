import Foundation
import Testing

@Suite("nctsbridge login")
struct LoginTests {
    private static let environment = [
        "NCTSBRIDGE_CLIENT_ID": "trader", "NCTSBRIDGE_CLIENT_SECRET": "hush-hush", "CODE": "AC01",
    ]
    private static let scenario = """
        platform: {callsPerSecond: 0}
        users: []
        oauth: {accessSeconds: 3, clients: [{id: trader, secret: hush-hush}]}

        """

    /// Logs in by hand, at a simulator, into a file.
    private func logIn(_ url: String, _ path: String) throws {
        let login = try RunningBridge(
            ["login", "--url", url, "--token-file", path, "--by-hand"], environment: Self.environment,
            launcher: ["/usr/bin/setsid", "-w"])
        let address = try login.wait(for: #"http://\S+/oauth/authorize\S+"#)
        let redirect = try Shell.run(["curl", "-s", "-o", "/dev/null", "-w", "%{redirect_url}", address]).output
        #expect(redirect.contains("code="))
        try login.type(redirect + "\n")
        #expect(try login.exitCode() == 0, "\(login.errorText)")
    }

    private func query(_ url: String, _ path: String, _ grn: String) -> [String] {
        ["query", "--api", "v2", "--url", url, "--grn", grn, "--access-code-env", "CODE", "--token-file", path]
    }

    @Test("takes the code by hand, and stores tokens that only their owner can read")
    func byHand() throws {
        let (simulator, url) = try RunningBridge.simulator(Self.scenario)
        let scratch = try Scratch()
        let path = scratch.path("folder/tokens.json")
        try logIn(url, path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(!(try scratch.text("folder/tokens.json")).contains("hush-hush"))
        #expect(try Bridge.run(query(url, path, "23GB0000010000854"), environment: Self.environment).exitCode == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        let exposed = try Bridge.run(query(url, path, "23GB0000010000863"), environment: Self.environment)
        #expect(exposed.exitCode == 2)
        #expect(exposed.outputText.contains("chmod 600"))
        _ = try simulator.end()
    }

    @Test("listens for the browser that comes back, and for no other")
    func listening() throws {
        let (simulator, url) = try RunningBridge.simulator(Self.scenario)
        let scratch = try Scratch()
        let redirect = "http://localhost:\(try freePort())/back"
        let login = try RunningBridge(
            ["login", "--url", url, "--token-file", scratch.path("tokens.json"), "--redirect-uri", redirect],
            environment: Self.environment)
        let address = try login.wait(for: #"http://\S+/oauth/authorize\S+"#)
        for stray in ["favicon.ico", "back?code=x&state=wrong", "back?error=access_denied"] {
            let page = try Shell.run([
                "curl", "-s", "--retry-connrefused", "--retry", "9", "-o", "/dev/null", "-w", "%{http_code}",
                redirect.replacing("back", with: stray),
            ])
            #expect(page.output == "404")
        }
        let page = try Shell.run(["curl", "-s", "-L", address])
        #expect(page.output.contains("The code has arrived"))
        #expect(try login.exitCode() == 0, "\(login.errorText)")
        #expect(scratch.exists("tokens.json"))
        _ = try simulator.end()
    }

    @Test("is refused for what is missing or wrong")
    func wrongUsage() throws {
        let (simulator, url) = try RunningBridge.simulator(Self.scenario)
        let arguments = ["login", "--url", url, "--token-file", "/nowhere/tokens"]
        #expect(try Bridge.run(arguments, environment: ["NCTSBRIDGE_CLIENT_SECRET": "x"]).exitCode == 64)
        let secretless = try Bridge.run(arguments + ["--client-id", "trader"])
        #expect(secretless.exitCode == 2)
        #expect(secretless.errorText.contains("NCTSBRIDGE_CLIENT_SECRET is not set"))
        let elsewhere = arguments + ["--redirect-uri", "https://example.com/"]
        #expect(try Bridge.run(elsewhere, environment: Self.environment).exitCode == 64)
        _ = try simulator.end()
    }

    @Test("leaves what is no file alone, before anybody logs in")
    func oddPlaces() throws {
        let (simulator, url) = try RunningBridge.simulator(Self.scenario)
        let scratch = try Scratch()
        let pipe = scratch.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        try FileManager.default.createSymbolicLink(atPath: scratch.path("link"), withDestinationPath: pipe)
        try scratch.write("file", "")
        for path in [pipe, scratch.path("link"), scratch.url.path, scratch.path("file/tokens.json")] {
            let result = try Bridge.run(
                ["login", "--url", url, "--token-file", path, "--by-hand"], environment: Self.environment)
            #expect(result.exitCode == 73, "\(result)")
            #expect(!result.errorText.contains("Open this address"))
        }
        var status = stat()
        #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
        _ = try simulator.end()
    }

    @Test("gives tokens that many programs refresh at once, and no refresh token is used twice")
    func rotation() throws {
        let (simulator, url) = try RunningBridge.simulator(Self.scenario)
        let scratch = try Scratch()
        let path = scratch.path("tokens.json")
        try logIn(url, path)
        let grns = [
            "23GB0000010000854", "23GB0000010000863", "23GB0000010000872", "23XI0000010000655", "23XI0000010000664",
        ]
        usleep(3_100_000)
        let queries = try grns.map { try RunningBridge(query(url, path, $0), environment: Self.environment) }
        for query in queries { #expect(try query.exitCode() == 0, "\(query.errorText) \(query.outputText)") }
        let log = try JSONTree(Data(try Shell.run(["curl", "-s", "\(url)/simulator/log"]).output.utf8))
        let calls = log["calls"]?.items ?? []
        let granted = calls.filter { $0["api"]?.text == "oauth" }
        // The login, and a refresh or two, all of them granted.
        #expect((2...3).contains(granted.count))
        #expect(granted.allSatisfy { $0["status"]?.count == 200 })
        #expect(calls.filter { $0["api"]?.text == "v2" }.allSatisfy { $0["status"]?.count == 200 })
        _ = try simulator.end()
    }

    private func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard bind(descriptor, pointer, length) == 0, getsockname(descriptor, pointer, &length) == 0 else {
                    throw Bridge.Failure(description: "no port is free")
                }
            }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
