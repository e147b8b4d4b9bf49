import Foundation
import Gateway
import Logging
import Testing

@Suite struct `A value` {
    static let ranges: [(key: String, low: String, high: String, below: String, above: String)] = [
        ("queue-limit", "1", "1000000", "0", "1000001"), ("reuse-within", "0", "3600", "-1", "3600.1"),
        ("answer-within", "0.1", "60", "0.09", "61"), ("keep-for", "60", "86400", "59.9", "86401"),
        ("lock-for", "0", "3600", "-0.5", "3601"), ("connect-timeout", "0.001", "86400", "0", "86401"),
        ("read-timeout", "0.001", "86400", "0", "86401"), ("timeout", "0.001", "86400", "0", "86401"),
        ("limits.body", "1024", "10485760", "1023", "10485761"),
        ("limits.headers", "1024", "1048576", "1023", "1048577"), ("limits.connections", "1", "100000", "0", "100001"),
        ("limits.in-flight", "1", "100000", "-3", "100001"), ("limits.request-seconds", "0.1", "600", "0", "601"),
        ("limits.idle-seconds", "0.1", "3600", "0", "3601"), ("limits.drain-seconds", "0", "600", "-1", "601"),
        ("time-scale", "0.001", "100000", "0", "100000.5"),
    ]

    @Test(arguments: ranges)
    func `lies in its range`(key: String, low: String, high: String, below: String, above: String) throws {
        var flags = upstream
        if key == "queue-limit" {
            flags = ["primary": "v1=http://localhost:1", "shadow": "v2=http://localhost:2", "evidence": "e"]
        }
        for value in [low, high] { #expect(problems(flags.merging([key: value]) { $1 }).isEmpty) }
        for value in [below, above] {
            let problem =
                "\(key) (flag --\(key.replacing(".", with: "-"))): \(value) is not from \(low) to \(high)"
            #expect(problems(flags.merging([key: value]) { $1 }) == [problem])
            #expect(try problems(yaml: "\(key): \(value)\n").contains { $0.contains("\(value) is not from \(low)") })
        }
    }

    @Test(arguments: [
        "1e3", "010", "0x10", "1_000", "+5", "many", " 5", "5 ", "5.0", "1:30", "٥", ".5", "5.", "inf", "nan", "-",
        "--5",
    ])
    func `that counts is written in plain digits`(text: String) throws {
        let problem = "\(text) is no whole number in plain digits"
        #expect(
            problems(upstream.merging(["limits.connections": text]) { $1 }) == [
                "limits.connections (flag --limits-connections): \(problem)"
            ])
        #expect(
            problems(environment: ["NCTSBRIDGE_GATEWAY_LIMITS_CONNECTIONS": text])
                == ["limits.connections (variable NCTSBRIDGE_GATEWAY_LIMITS_CONNECTIONS): \(problem)"])
        guard text != "-" else { return }
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        guard trimmed == text else { return }
        #expect(
            try problems(yaml: "limits.connections: \(text)\n") == [
                "limits.connections (gateway.yaml, line 1): \(problem)"
            ])
    }

    @Test(arguments: ["1e3", "010", "0x1p3", "inf", "nan", "5s", "1,5", ".5", "5.", "1.2.3", "1:30", "+5"])
    func `that measures is written in plain digits`(text: String) throws {
        #expect(
            try problems(yaml: "timeout: \(text)\n")
                == ["timeout (gateway.yaml, line 1): \(text) is no number in plain digits, like 15 or 0.5"])
        #expect(problems(environment: ["NCTSBRIDGE_GATEWAY_TIMEOUT": text]).count == 1)
    }

    @Test func `may be more than fits`() throws {
        let many = String(repeating: "9", count: 30)
        let problem = "is out of range"
        #expect(
            problems(upstream.merging(["limits.body": many]) { $1 }) == ["limits.body (flag --limits-body): \(problem)"]
        )
        #expect(try problems(yaml: "limits.body: \(many)\n") == ["limits.body (gateway.yaml, line 1): \(problem)"])
        #expect(try problems(json: "{\"limits.body\": \(many)}") == ["limits.body (gateway.json, line 1): \(problem)"])
    }

    @Test(arguments: ["yes", "no", "on", "1", "TRUE", "True"])
    func `that switches is true or false`(text: String) throws {
        let problem = "\(text) is neither true nor false"
        #expect(
            problems(environment: ["NCTSBRIDGE_GATEWAY_INSECURE_LISTEN": text]) == [
                "insecure-listen (variable NCTSBRIDGE_GATEWAY_INSECURE_LISTEN): \(problem)"
            ])
        #expect(
            try problems(yaml: "insecure-listen: \(text)\n") == ["insecure-listen (gateway.yaml, line 1): \(problem)"])
    }

    @Test(arguments: [
        (#""limits.body": "2048""#, "limits.body", "2048 is no whole number in plain digits, for it is in quotes"),
        (#""limits.body": true"#, "limits.body", "true is no whole number in plain digits"),
        (#""limits.body": 2048.5"#, "limits.body", "2048.5 is no whole number in plain digits"),
        (#""timeout": 1e999"#, "timeout", "1e999 is no number in plain digits, like 15 or 0.5"),
        (#""limits.body": null"#, "limits.body", "has no value: give it one, or leave it out"),
        (#""limits.body": [2048]"#, "limits.body", "has a list where one value is wanted"),
        (#""limits.body": [[2048], "x", {}]"#, "limits.body", "has a list where one value is wanted"),
        (#""insecure-listen": 1"#, "insecure-listen", "1 is neither true nor false"),
        (#""insecure-listen": "true""#, "insecure-listen", "true is neither true nor false, for it is in quotes"),
        (#""timeout": false"#, "timeout", "false is no number in plain digits, like 15 or 0.5"),
        (#""client-id": 17"#, "client-id", "is a text: put 17 in quotes"),
        (#""store": true"#, "store", "is a text: put true in quotes"),
    ])
    func `of JSON has its setting's type`(member: String, key: String, problem: String) throws {
        #expect(try problems(json: "{\(member)}") == ["\(key) (gateway.json, line 1): \(problem)"])
    }

    @Test(arguments: ["store:", "store: ~", "store: null", "store: ''"])
    func `is there where its name is`(text: String) throws {
        #expect(
            try problems(yaml: text + "\n") == [
                "store (gateway.yaml, line 1): has no value: give it one, or leave it out"
            ])
        #expect(
            problems(environment: ["NCTSBRIDGE_GATEWAY_STORE": ""])
                == ["store (variable NCTSBRIDGE_GATEWAY_STORE): is empty: give it a value, or leave it out"])
    }

    @Test(arguments: ["tls.certificate", "tls.key", "holders", "context", "ca-file"])
    func `that names a file names one that can be read`(key: String) throws {
        var flags = upstream
        if key.hasPrefix("tls.") {
            flags["tls.certificate"] = #filePath
            flags["tls.key"] = #filePath
        }
        let flag = key.replacingOccurrences(of: ".", with: "-")
        flags[key] = "/none/x.pem"
        #expect(problems(flags) == ["\(key) (flag --\(flag)): there is no file /none/x.pem"])
        flags[key] = "/"
        #expect(problems(flags) == ["\(key) (flag --\(flag)): / is a folder, not a file"])
        try withFile("x.pem", "") { path throws in
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
            flags[key] = path
            // Root reads what it likes.
            let told =
                FileManager.default.isReadableFile(atPath: path)
                ? []
                : [
                    "\(key) (flag --\(flag)): \(path) can't be read: look at its owner and its mode"
                ]
            #expect(problems(flags) == told)
        }
    }

    @Test func `names a level, a log, an address`() throws {
        #expect(try load(["log-level": "critical"]).logLevel == .critical)
        #expect(try load(["access-log": "-"]).accessLog == .standardOutput)
        #expect(try load(["access-log": "/var/log/x"]).accessLog == .file("/var/log/x"))
        #expect(
            problems(upstream.merging(["admin.listen": "no"]) { $1 })
                == ["admin.listen (flag --admin-listen): no is neither off nor an address and port like 127.0.0.1:9081"]
        )
    }
}
