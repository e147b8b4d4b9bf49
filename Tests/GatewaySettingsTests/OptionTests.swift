import ArgumentParser
import Gateway
import Testing

@testable import BridgeCommands

@Suite struct `A gateway's flags` {
    private func given(_ arguments: String...) throws -> [String: String] {
        try GatewayOptions.parse(arguments).given
    }

    @Test func `give nothing that was not given`() throws {
        #expect(try given().isEmpty)
        #expect(try GatewayOptions.parse([]).config == nil)
        #expect(try GatewayOptions.parse(["--config", "a.yaml"]).config == "a.yaml")
    }

    @Test func `are there for each setting, by its name`() throws {
        let (switches, others) = (
            GatewaySettings.fields.filter(\.isSwitch), GatewaySettings.fields.filter { !$0.isSwitch }
        )
        #expect(
            try GatewayOptions.parse(others.flatMap { ["--\($0.flag)", $0.key] }).given
                == Dictionary(uniqueKeysWithValues: others.map { ($0.key, $0.key) }))
        for (prefix, value) in [("--", "true"), ("--no-", "false")] {
            #expect(
                try GatewayOptions.parse(switches.map { prefix + $0.flag }).given
                    == Dictionary(uniqueKeysWithValues: switches.map { ($0.key, value) }))
        }
    }

    @Test func `are explained by the table`() {
        let help = GatewayOptions.helpMessage(columns: 1000)
        for field in GatewaySettings.fields {
            #expect(help.contains("--\(field.flag)"))
            #expect(help.contains(field.help), "\(field.key)")
        }
        for group in SettingsTable.groups { #expect(help.contains("\(group.title.uppercased()):")) }
    }

    @Test func `take a dash, and wrong values, which are told with the others`() throws {
        let flags = try given("--upstream", "http://localhost:1", "--access-log", "-", "--lock-for=-1")
        #expect(flags["access-log"] == "-")
        #expect(problems(flags) == ["lock-for (flag --lock-for): -1 is not from 0 to 3600"])
    }
}
