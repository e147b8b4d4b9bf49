import Foundation
import Testing

@testable import Gateway

@Suite struct `A setting's names` {
    @Test func `follow from its key`() throws {
        let field = try #require(GatewaySettings.fields.first { $0.key == "limits.in-flight" })
        #expect(field.variable == "NCTSBRIDGE_GATEWAY_LIMITS_IN_FLIGHT")
        #expect(field.flag == "limits-in-flight")
    }

    @Test func `are its own`() {
        let fields = GatewaySettings.fields
        #expect(fields.count == 39)
        #expect(Set(fields.map(\.key)).count == fields.count)
        #expect(Set(fields.map(\.variable)).count == fields.count)
        #expect(Set(fields.map(\.flag)).count == fields.count)
    }

    @Test(arguments: GatewaySettings.fields)
    func `are told in the reference, with its default and what it is`(field: GatewaySettings.Field) {
        #expect(field.help.hasSuffix(".") || field.help.hasSuffix("…"))
        #expect(
            GatewaySettings.reference.contains(
                "| `\(field.key)` | \(field.type) | \(field.standard) | \(field.help) |\n"))
    }

    /// A value for each setting that is none of the defaults, in three gateways: no gateway has them all.
    static let samples: [[String: String]] = {
        let readable = #filePath
        let everywhere = [
            "listen": "[::1]:1", "admin.listen": "off", "tls.certificate": readable, "tls.key": readable,
            "insecure-listen": "true", "token.file": "t", "client-id": "me", "ca-file": readable,
            "connect-timeout": "1", "read-timeout": "2", "timeout": "0.5", "holders": readable, "context": readable,
            "reuse-within": "5", "answer-within": "6", "keep-for": "70", "lock-for": "8", "store": "s", "key-file": "k",
            "limits.body": "2000", "limits.headers": "2001", "limits.connections": "9", "limits.in-flight": "10",
            "limits.request-seconds": "11", "limits.idle-seconds": "12", "limits.drain-seconds": "13",
            "access-log": "off", "log-level": "trace", "time-scale": "14",
        ]
        let translated = everywhere.merging(["upstream": "http://localhost:1"]) { $1 }
        var mirrored = everywhere.merging([
            "primary": "v1=http://localhost:1", "shadow": "v2=http://localhost:2",
            "shadow-token.env": "THEIRS", "evidence": "e", "keep-identifiers": "true", "ask-again": "true",
            "queue-limit": "15",
        ]) { $1 }
        for key in ["token.file", "holders", "context", "reuse-within", "answer-within"] { mirrored[key] = nil }
        var withVariable = translated
        withVariable["token.file"] = nil
        withVariable["token.env"] = "MINE"
        return [translated, withVariable, mirrored]
    }()

    private let tokens = ["MINE": "x", "THEIRS": "x"]

    @Test func `are all tried`() {
        let tried = Set(Self.samples.flatMap(\.keys)).union(["shadow-token.file"])
        #expect(tried == Set(GatewaySettings.fields.map(\.key)))
    }

    @Test(arguments: samples)
    func `give the same as flags, variables, YAML and JSON, and print what they were given`(
        sample: [String: String]
    ) throws {
        let flags = try GatewaySettings.load(flags: sample, environment: tokens)
        for (key, value) in sample {
            #expect(flags.effective(key)?.hasPrefix("\(value) (flag --") == true)
        }
        let variables = Dictionary(
            uniqueKeysWithValues: GatewaySettings.fields.compactMap { field in
                sample[field.key].map { (field.variable, $0) }
            })
        var settings = [try GatewaySettings.load(environment: tokens.merging(variables) { $1 })]
        let yaml = sample.map { "\($0): \($1.hasPrefix("[") ? "\"\($1)\"" : $1)\n" }.joined()
        settings.append(try withFile("a.yaml", yaml) { try GatewaySettings.load(environment: tokens, file: $0) })
        let json = sample.map { key, value in
            let isBare = value == "true" || (Double(value) != nil)
            return "\"\(key)\": " + (isBare ? value : "\"\(value)\"")
        }
        settings.append(
            try withFile("a.json", "{\(json.joined(separator: ",\n"))}") {
                try GatewaySettings.load(environment: tokens, file: $0)
            })
        for (read, source) in zip(settings, ["variable NCTSBRIDGE_GATEWAY_", "/", "/"]) {
            for key in sample.keys {
                let effective = try #require(read.effective(key))
                #expect(effective.contains("(\(source)"))
                #expect(effective.split(separator: "(").first == flags.effective(key)?.split(separator: "(").first)
            }
            var alike = read
            alike.effective = flags.effective
            #expect(alike == flags)
        }
    }
}
