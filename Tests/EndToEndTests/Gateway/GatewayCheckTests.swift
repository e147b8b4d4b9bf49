import Foundation
import Testing

@Suite struct `nctsbridge gateway --check` {
    private func check(_ options: [String], environment: [String: String] = [:]) throws -> Bridge.Result {
        try Bridge.run(
            ["gateway", "--check"] + options, environment: GatewayCall.environment.merging(environment) { $1 })
    }

    @Test func `says what counts, and makes nothing`() throws {
        let scratch = try Scratch()
        let file = try scratch.write("gateway.yaml", "upstream: http://127.0.0.1:1\nlimits: {connections: 7}\n")
        let result = try check(
            [
                "--config", file, "--store", scratch.path("a.store"), "--access-log", scratch.path("access.log"),
                "--token-env", "MY_TOKEN",
            ], environment: ["NCTSBRIDGE_GATEWAY_KEEP_FOR": "600", "MY_TOKEN": "s3cret-token"])
        #expect(result.exitCode == 0, "\(result)")
        #expect(result.errorText.contains("The settings are in order."))
        for part in [
            "limits.connections", "7", "gateway.yaml", "keep-for", "600", "NCTSBRIDGE_GATEWAY_KEEP_FOR", "MY_TOKEN",
        ] {
            #expect(result.errorText.contains(part), "\(part)")
        }
        #expect(!result.errorText.contains("s3cret-token"))
        #expect(Scratch.files(below: scratch.url) == ["gateway.yaml"])
    }

    @Test func `tells all that is wrong at once`() throws {
        let scratch = try Scratch()
        let file = try scratch.write("gateway.yaml", "upstreams: http://127.0.0.1:1\nlimits: {body: lots}\n")
        let result = try check(
            [
                "--config", file, "--listen", "0.0.0.0:80", "--answer-within", "0", "--tls-certificate", file,
                "--token-env", "NOT_SET_ANYWHERE",
            ], environment: ["NCTSBRIDGE_GATEWAY_LIMITS_CONECTIONS": "1"])
        #expect(result.exitCode == 64)
        for part in [
            "upstreams", "limits.body", "answer-within", "tls.key", "token.env", "LIMITS_CONECTIONS", "upstream",
        ] {
            #expect(result.errorText.contains(part), "\(part): \(result.errorText)")
        }
        #expect(!result.errorText.contains("defect"))
    }

    @Test func `looks at the files that it would write`() throws {
        let scratch = try Scratch()
        let upstream = ["--upstream", "http://127.0.0.1:1"]
        let junk = try scratch.write(
            "junk.store", "junk, and enough of it to be no store: " + String(repeating: "x", count: 200))
        _ = try scratch.write("short.key", "short\n")
        for (options, part) in [
            (["--store", scratch.url.path], "is a folder"), (["--store", junk], "no store"),
            (["--store", scratch.path("s"), "--key-file", scratch.path("short.key")], "short.key"),
            (["--access-log", scratch.url.path], "is a folder"),
            (["--store", scratch.path("same"), "--key-file", scratch.path("same")], "one file"),
        ] {
            let result = try check(upstream + options)
            #expect(result.exitCode != 0, "\(options)")
            #expect(result.errorText.contains(part), "\(options): \(result.errorText)")
        }
        #expect(Scratch.files(below: scratch.url).sorted() == ["junk.store", "short.key"])
    }

    @Test func `looks into the files that are named`() throws {
        let scratch = try Scratch()
        let upstream = ["--upstream", "http://127.0.0.1:1"]
        let context = try scratch.write("context.yaml", "accessDate: \"20200101\"\n")
        let holders = try scratch.write("holders.csv", "23GB0000010000854,GB1,more\n")
        for (options, part) in [
            (["--context", context], "guaranteeType"), (["--holders", holders], "line 1"),
            (["--tls-certificate", context, "--tls-key", context], "no certificate"),
            (["--ca-file", holders], "holders.csv"),
        ] {
            let result = try check(upstream + options)
            #expect(result.exitCode == 64, "\(options): \(result)")
            #expect(result.errorText.contains(part), "\(options): \(result.errorText)")
        }
    }

    @Test func `and a gateway that can't start says why`() throws {
        let scratch = try Scratch()
        let foreign = try scratch.write("foreign.store", "GRN,TIN\n")
        let folder = scratch.url.path
        for (options, code, part) in [
            (["--store", foreign], Int32(66), "is no store of a gateway"),
            (["--access-log", folder], 73, "can't be written"),
            (["--store", folder], 73, "can't be written: Is a directory"),
            (["--listen", "0.0.0.0:0"], 64, "insecure-listen"),
            (["--store", scratch.path("no/such/folder/x")], 73, "can't be written"),
        ] {
            let result = try Bridge.run(
                GatewayCall.arguments("http://127.0.0.1:1", options), environment: GatewayCall.environment)
            #expect(result.exitCode == code, "\(options): \(result)")
            #expect(result.errorText.contains(part), "\(options): \(result.errorText)")
            #expect(!result.errorText.contains("defect"), "\(options): \(result.errorText)")
        }
    }
}
