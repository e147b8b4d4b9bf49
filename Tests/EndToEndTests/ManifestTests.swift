import Foundation
import TestSupport
import Testing

/// The chain of custody: what `convert --manifest` writes, and what `verify` finds.
@Suite struct `A manifest` {
    private func prepared() throws -> Scratch {
        let scratch = try Scratch()
        for (from, to) in [
            ("samples/archive/archive.ndjson", "archive.ndjson"), ("samples/archive/context.yaml", "context.yaml"),
            ("samples/v1-xml", "messages"),
        ] {
            try FileManager.default.copyItem(at: Bridge.package.appendingPathComponent(from), to: scratch.url(to))
        }
        return scratch
    }

    private static let run = [
        "convert", "archive.ndjson", "messages", "--to", "v1-xml", "--context", "context.yaml", "--quiet",
        "--output", "out.ndjson.gz", "--rejects", "rejects.ndjson", "--findings", "findings.ndjson",
        "--report", "report.json", "--remainder", "remainder.ndjson", "--manifest", "manifest.json",
    ]

    private func verify(_ options: [String] = [], in scratch: Scratch) throws -> (code: Int32, text: String) {
        let result = try Bridge.run(["verify", "manifest.json"] + options, in: scratch.url)
        return (result.exitCode, result.errorText)
    }

    @Test func `tells what was read and written, and all comes out again`() throws {
        let scratch = try prepared()
        // A clock and identifiers of the run's own must be brought back, too.
        try scratch.write("context.yaml", scratch.text("context.yaml") + "\n")
        #expect(try Bridge.run(Self.run, in: scratch.url).exitCode == 1)
        let manifest = try #require(
            try JSONSerialization.jsonObject(with: scratch.data("manifest.json")) as? [String: Any])
        let outputs = try #require(manifest["outputs"] as? [[String: Any]])
        #expect(
            outputs.compactMap { $0["kind"] as? String }.sorted()
                == ["findings", "output", "rejects", "remainder", "report"])
        for output in outputs {
            let file = try #require(output["file"] as? [String: Any])
            let path = try #require(file["path"] as? String)
            let sum = try Tools.run(["sha256sum", scratch.path(path)])
            #expect(sum.output.hasPrefix(try #require(file["sha256"] as? String)))
        }
        let counts = try #require(manifest["records"] as? [String: Int])
        #expect(counts["read"] == counts.values.reduce(0, +) - (counts["read"] ?? 0))
        let (code, text) = try verify(["--again"], in: scratch)
        #expect(code == 0, "\(text)")
        #expect(text.contains("converted again, all came out the same"))
    }

    @Test func `finds what was changed since`() throws {
        let scratch = try prepared()
        #expect(try Bridge.run(Self.run, in: scratch.url).exitCode == 1)
        try scratch.append("x", to: "rejects.ndjson")
        try FileManager.default.removeItem(at: scratch.url("report.json"))
        var (code, text) = try verify(["--again"], in: scratch)
        #expect(code == 1)
        #expect(text.contains("rejects.ndjson (rejects): has"))
        #expect(text.contains("report.json (report): can't be read"))
        #expect(!text.contains("differently"))
        try scratch.append("\n", to: "messages/CD034A.xml")
        (code, text) = try verify(["--again"], in: scratch)
        #expect(code == 1)
        #expect(text.contains("CD034A.xml (input)"))
        #expect(text.contains("not converted again"))
    }

    @Test func `finds a manifest that claims another output`() throws {
        let scratch = try prepared()
        #expect(try Bridge.run(Self.run, in: scratch.url).exitCode == 1)
        let text = try scratch.text("rejects.ndjson").replacing("unknown-message", with: "unknown-massage")
        try scratch.write("rejects.ndjson", text)
        let sum = try Tools.run(["sha256sum", scratch.path("rejects.ndjson")]).output.prefix(64)
        let manifest = try scratch.text("manifest.json")
        let place = try #require(manifest.range(of: "rejects.ndjson\",\n        \"sha256\" : \""))
        let known = manifest[place.upperBound...].prefix(64)
        try scratch.write("manifest.json", manifest.replacing(known, with: sum))
        #expect(try verify(in: scratch).code == 0)
        let (code, told) = try verify(["--again"], in: scratch)
        #expect(code == 1)
        #expect(told.contains("rejects.ndjson (rejects): came out differently when converted again"))
    }

    @Test func `bears a signature that openssl knows, and that no other has`() throws {
        let scratch = try prepared()
        for name in ["own", "other"] {
            let key = scratch.path(name)
            #expect(try Tools.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key]).status == 0)
            #expect(try Tools.run(["openssl", "pkey", "-in", key, "-pubout", "-out", key + ".pub"]).status == 0)
        }
        #expect(try Bridge.run(Self.run + ["--manifest-key", "own"], in: scratch.url).exitCode == 1)
        let openssl = try Tools.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-rawin", "-inkey", scratch.path("own.pub")]
                + ["-in", scratch.path("manifest.json"), "-sigfile", scratch.path("manifest.json.sig")])
        #expect(openssl.status == 0, "\(openssl)")
        #expect(try verify(["--public-key", "own.pub"], in: scratch).code == 0)
        #expect(try verify(["--public-key", "other.pub"], in: scratch).text.contains("the signature is not that"))
        #expect(try verify(["--public-key", "own"], in: scratch).code == 66)
        try scratch.append(" ", to: "manifest.json")
        #expect(try verify(["--public-key", "own.pub"], in: scratch).code == 1)
        #expect(try Bridge.run(Self.run + ["--manifest-key", "context.yaml"], in: scratch.url).exitCode == 66)
    }

    @Test func `is of files alone, and of this toolkit`() throws {
        let scratch = try prepared()
        let piped = try Bridge.run(["convert", "-", "--to", "v2-json", "--manifest", "m"], in: scratch.url)
        #expect(piped.exitCode == 64)
        try scratch.write("manifest.json", "{}")
        let (code, text) = try verify(in: scratch)
        #expect(code == 66)
        #expect(text.contains("is no manifest"))
    }
}
