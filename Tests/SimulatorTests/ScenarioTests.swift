import Foundation
import Simulator
import Testing
import Translation

@Suite struct `A scenario` {
    private let codec: ExchangeCodec

    init() throws {
        codec = ExchangeCodec(try MappingSet(.embedded))
    }

    private func load(_ text: String) throws -> Scenario {
        try Scenario(parsing: Array(text.utf8), file: "scenario.yaml", codec: codec)
    }

    @Test func `that the documentation shows is taken`() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/simulator.md")
        let parts = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```yaml\n")
        let yaml = try #require(parts.dropFirst().first?.components(separatedBy: "```").first)
        let scenario = try load(yaml)
        #expect(scenario.time.scale == 1000)
        #expect(scenario.users?.count == 2)
        #expect(scenario.guarantees.first?.plans[.v2JSON]?.count == 2)
        #expect(scenario.faults.count == 2)
    }

    @Test(arguments: [
        ("guarantees: [{grn: A, balance: 1, colour: red}]", "colour"),
        ("guarantees: [{grn: A, balance: much}]", "much"),
        ("guarantees: [{balance: 1}]", "grn"),
        ("guarantees: [{grn: A, balance: 1}, {grn: A, balance: 2}]", "twice"),
        ("guarantees: [{grn: A, balance: 1, type: 7}]", "7"),
        ("guarantees: [{grn: A, balance: 1, v2: {condition: no-such}}]", "no-such"),
        ("guarantees: [{grn: A, balance: 1, v2: {condition: gone}}]", "gone"),
        ("guarantees: [{grn: A, balance: 1, v2: {after: 3}}]", "v1.0 alone"),
        ("guarantees: [{grn: A, balance: 1, v1: {status: 500, rejected: true}}]", "only one"),
        ("guarantees: [{grn: A, balance: 1, v1: {body: x}}]", "status"),
        ("guarantees: [{grn: A, balance: 1, v1: [{balance: 2}, {balance: 3}]}]", "no call"),
        ("faults: [{api: v3, drop: true}]", "v3"), ("faults: [{api: v1}]", "does something"),
        ("spelling: american", "american"), ("time: {scale: 0}", "0"), ("time: {start: today}", "today"),
        ("lock: {seconds: -1}", "-1"), ("users: [{token: x}]", "user"), ("- 1", "mapping"), ("a: [", "YAML"),
        ("", "empty"),
    ])
    func `that is wrong is refused, with its place`(text: String, hint: String) {
        let error = #expect(throws: MappingError.self) { try load(text) }
        #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
        #expect(error?.file == "scenario.yaml")
    }
}

@Suite struct `The simulator's log` {
    @Test func `holds neither tokens nor access codes`() throws {
        let codec = ExchangeCodec(try MappingSet(.embedded))
        var simulation = Simulation(.standard, codec: codec, start: Date(timeIntervalSince1970: 1_767_600_000), seed: 1)
        for (token, code) in [("tok-en-1", "AC01"), ("tok-en-2", "Q9Z8"), ("tok-en-1", "QZ9")] {
            let request = ExchangeRequest(
                method: "POST", path: "/customs/guarantees/23GB0000010000854/balance",
                headers: [
                    "Authorization": "Bearer \(token)", "Accept": "application/vnd.hmrc.2.0+json",
                    "Content-Type": "application/json",
                ], body: Array("{\"accessCode\":\"\(code)\"}".utf8))
            _ = simulation.react(to: request, at: .seconds(100))
        }
        let page = simulation.react(to: ExchangeRequest(method: "GET", path: "/simulator/log"), at: .seconds(101))
        let text = String(decoding: page.response.body, as: UTF8.self)
        #expect(text.contains("user-1") && text.contains("user-2"))
        #expect(text.contains("\"brokenLocks\":1"))
        for secret in ["tok-en", "AC01", "Q9Z8", "QZ9"] { #expect(!text.contains(secret)) }
        let rest = simulation.react(
            to: ExchangeRequest(method: "GET", path: "/simulator/log?after=2"), at: .seconds(102))
        let tree = try JSONReader().read(rest.response.body)
        let calls = try #require(tree.child("calls", of: WireTree.root))
        #expect(Array(tree.children(of: calls)).count == 1)
    }

    @Test func `stays bounded, and counts what it forgets`() throws {
        let codec = ExchangeCodec(try MappingSet(.embedded))
        var simulation = Simulation(.standard, codec: codec, start: Date(), seed: 1)
        for number in 0..<200_010 {
            _ = simulation.react(to: ExchangeRequest(method: "GET", path: "/nothing"), at: .milliseconds(number))
        }
        #expect(simulation.log.count == 200_010)
        #expect(simulation.log.calls.count == 200_000)
        #expect(simulation.log.calls.first?.number == 11)
    }
}
