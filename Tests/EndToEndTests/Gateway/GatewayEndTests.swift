import Foundation
import Testing

@Suite(.serialized) struct `nctsbridge gateway ends well` {
    private static let slow = "24GB0000020000113"

    /// Puts a question that takes v2.0 a while, and waits until v2.0 has it.
    private func asking(_ url: String, _ simulator: String, into scratch: Scratch) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = GatewayCall.curl(url, grn: Self.slow, ["-o", scratch.path("answer")])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<1000 {
            if try Shell.run(["curl", "-s", "\(simulator)/simulator/log"]).output.contains(Self.slow) {
                return process
            }
            usleep(10_000)
        }
        throw Bridge.Failure(description: "v2.0 was not asked")
    }

    @Test(arguments: [SIGTERM, SIGINT]) func `once what is under way is answered`(signal: Int32) throws {
        let scratch = try Scratch()
        let (simulator, upstream) = try RunningBridge.simulator(
            GatewayCall.scenario("{grn: \(Self.slow), balance: 5, v2: {delay: 2}}"))
        let (gateway, url) = try RunningBridge.gateway(upstream)
        let client = try asking(url, upstream, into: scratch)
        #expect(try gateway.end(signal) == 0)
        client.waitUntilExit()
        #expect(try scratch.text("answer") == #"{"response":{"balance":5,"currency":"GBP"}}"#)
        // Nobody is there any more, and the log is whole.
        #expect(try Shell.run(GatewayCall.curl(url)).status == 7)
        #expect(gateway.outputText.hasSuffix("}\n"))
        #expect(gateway.outputText.contains(#""status":200"#))
        _ = try simulator.end()
    }

    @Test func `or once it has waited long enough`() throws {
        let scratch = try Scratch()
        let (simulator, upstream) = try RunningBridge.simulator(
            GatewayCall.scenario("{grn: \(Self.slow), balance: 5, v2: {delay: 1000}}"))
        let (gateway, url) = try RunningBridge.gateway(
            upstream, ["--limits-drain-seconds", "0.2", "--answer-within", "60"])
        let client = try asking(url, upstream, into: scratch)
        #expect(try gateway.end() == 0)
        client.waitUntilExit()
        #expect(gateway.outputText.contains(#""outcome":"cut-off""#))
        _ = try simulator.end()
    }

    @Test func `though a client keeps its connection`() throws {
        let scratch = try Scratch()
        let (gateway, url) = try RunningBridge.gateway("http://127.0.0.1:1", ["--limits-drain-seconds", "60"])
        let port = try #require(url.split(separator: ":").last)
        let client = Process()
        client.executableURL = URL(fileURLWithPath: "/bin/bash")
        // It is answered, and then neither says nor closes anything.
        let script = #"""
            exec 3<>/dev/tcp/127.0.0.1/\#(port)
            printf 'GET / HTTP/1.1\r\nHost: x\r\n\r\n' >&3
            head -1 <&3
            exec sleep 90
            """#
        client.arguments = ["-c", script]
        client.standardOutput = try scratch.handle("heard")
        try client.run()
        defer { kill(client.processIdentifier, SIGKILL) }
        for _ in 0..<1000 where try !scratch.text("heard").contains("404") { usleep(10_000) }
        #expect(try scratch.text("heard").contains("404"))
        let start = ContinuousClock.now
        #expect(try gateway.end() == 0)
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func `where its port is taken`() throws {
        let (gateway, url) = try RunningBridge.gateway("http://127.0.0.1:1")
        let address = String(url.dropFirst("http://".count))
        let second = try Bridge.run(
            ["gateway", "--upstream", "http://127.0.0.1:1", "--listen", address, "--admin-listen", "off"],
            environment: GatewayCall.environment)
        #expect(second.exitCode == 75)
        #expect(second.errorText.contains(address), "\(second.errorText)")
        #expect(!second.errorText.contains("defect"))
        let third = try Bridge.run(
            ["gateway", "--upstream", "http://127.0.0.1:1", "--listen", "127.0.0.1:0", "--admin-listen", address],
            environment: GatewayCall.environment)
        #expect(third.exitCode == 75)
        // The first one minds none of it.
        #expect(try GatewayCall.ask(url).hasPrefix("500 "))
        #expect(try gateway.end() == 0)
    }

    @Test func `though nobody reads its log`() throws {
        let (simulator, upstream) = try RunningBridge.simulator(GatewayCall.scenario(""))
        let scratch = try Scratch()
        let process = try Bridge.process(
            GatewayCall.arguments(upstream, []), environment: GatewayCall.environment)
        let log = Pipe()
        process.standardOutput = log
        process.standardError = try scratch.handle("errors")
        try process.run()
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        let url = try waiting { try scratch.text("errors").firstMatch(of: /served on (http:\S+)/).map { String($0.1) } }
        #expect(try GatewayCall.ask(url, token: "1") == "200 \(GatewayCall.published)")
        #expect(!log.fileHandleForReading.availableData.isEmpty)
        try log.fileHandleForReading.close()
        for number in 2..<20 {
            #expect(try GatewayCall.ask(url, token: "\(number)") == "200 \(GatewayCall.published)")
        }
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
        _ = try simulator.end()
    }

    private func waiting(_ find: () throws -> String?) throws -> String {
        for _ in 0..<1000 {
            if let found = try find() { return found }
            usleep(10_000)
        }
        throw Bridge.Failure(description: "it did not come")
    }
}
