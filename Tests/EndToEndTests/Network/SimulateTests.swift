import Foundation
import Testing

@Suite("nctsbridge simulate")
struct SimulateTests {
    @Test("plays the published scenarios, as curl asks for them")
    func publishedScenarios() throws {
        let (simulator, url) = try RunningBridge.simulator()
        let (status, output) = try Shell.run(["sh", "docs/published-scenarios.sh", url])
        #expect(status == 0)
        let golden = Bridge.package.appendingPathComponent("docs/published-scenarios.txt")
        if ProcessInfo.processInfo.environment["NCTSBRIDGE_RECORD"] == "1" {
            try Data(output.utf8).write(to: golden)
        }
        #expect(output == (try String(contentsOf: golden, encoding: .utf8)))
        #expect(try simulator.end() == 0)
        #expect(simulator.errorText.contains("21 calls; 3 broke the lock, 0 the platform's limit, 0 a quota"))
    }

    @Test("ends on SIGTERM and SIGINT, also while it holds an answer back", arguments: [SIGTERM, SIGINT])
    func signals(signal: Int32) throws {
        let (simulator, url) = try RunningBridge.simulator(
            "guarantees: [{grn: 23GB0000010000854, balance: 1, v2: {delay: 1000}}]")
        let asking = try RunningBridge(
            ["query", "--api", "v2", "--url", url, "--grn", "23GB0000010000854", "--access-code-env", "CODE"],
            environment: ["CODE": "AC01", "NCTSBRIDGE_TOKEN": "somebody"])
        for _ in 0..<500 {
            if try Shell.run(["curl", "-s", "\(url)/simulator/log"]).output.contains("\"lock\":\"taken\"") { break }
            usleep(10_000)
        }
        #expect(try simulator.end(signal) == 0)
        _ = try asking.exitCode()
    }

    @Test("refuses a scenario that is wrong, with its line")
    func wrongScenario() throws {
        let scratch = try Scratch()
        let path = try scratch.write("scenario.yaml", "lock: {seconds: 60}\nguarantees:\n  - {grn: A, colour: red}\n")
        let result = try Bridge.run(["simulate", "--scenario", path])
        #expect(result.exitCode == 64)
        #expect(result.errorText.contains("scenario.yaml:3: \"colour\" is not known here"))
        #expect(try Bridge.run(["simulate", "--scenario", scratch.path("nowhere")]).exitCode == 66)
        #expect(try Bridge.run(["simulate", "--listen", "9000"]).exitCode == 64)
    }

    @Test("says that its port is taken")
    func takenPort() throws {
        let (simulator, url) = try RunningBridge.simulator()
        let second = try Bridge.run(["simulate", "--listen", String(url.dropFirst("http://".count))])
        #expect(second.exitCode == 75)
        #expect(second.errorText.contains("can't listen on 127.0.0.1:"))
        _ = try simulator.end()
    }
}
