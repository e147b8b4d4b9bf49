import Foundation
import TestSupport
import Testing

/// Archives and compressed files, made by Python, tar and zstd, and read without unpacking them.
@Suite struct `nctsbridge convert of archives` {
    private static let context = ["--context", "samples/archive/context.yaml"]

    private static func make(_ script: String, in scratch: Scratch) throws {
        let result = try Tools.run([Tools.python, "-c", "import os\nos.chdir('\(scratch.url.path)')\n" + script])
        try #require(result.status == 0, "\(result.errors)")
    }

    private func converted(_ inputs: [String], _ options: [String] = []) throws -> (lines: [String], code: Int32) {
        let result = try Bridge.run(
            ["convert", "--to", "v2-json", "--emit", "message", "--quiet"] + Self.context + options + inputs)
        return (
            String(decoding: result.output, as: UTF8.self).split(separator: "\n").map { String($0) }, result.exitCode
        )
    }

    @Test func `gives what the files inside give`() throws {
        let scratch = try Scratch()
        try FileManager.default.copyItem(
            at: Bridge.package.appendingPathComponent("samples/v1-xml"), to: scratch.url("messages"))
        try Self.make(
            """
            import gzip, subprocess, zipfile
            names = sorted(os.listdir("messages"))
            for kind, options in [("tar", []), ("tar.gz", ["-z"]), ("tar.zst", ["--zstd"])]:
                subprocess.run(["tar", "-c", *options, "-f", "m." + kind, *["messages/" + name for name in names]], check=True)
            with zipfile.ZipFile("m.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                for name in names: archive.write("messages/" + name)
            """, in: scratch)
        let expected = try converted([scratch.path("messages")])
        #expect(expected.lines.count > 10)
        for kind in ["tar", "tar.gz", "tar.zst", "zip"] {
            let found = try converted([scratch.path("m." + kind)])
            #expect(found.lines == expected.lines, "\(kind)")
            #expect(found.code == expected.code, "\(kind)")
        }
    }

    @Test func `gives what one compressed file holds, by its lines`() throws {
        let scratch = try Scratch()
        let archive = Bridge.package.appendingPathComponent("samples/archive/archive.ndjson").path
        try Self.make(
            """
            import gzip, subprocess
            text = open("\(archive)", "rb").read()
            half = text.index(b"\\n", len(text) // 2) + 1
            # Members put one behind the other are one file.
            open("a.ndjson.gz", "wb").write(gzip.compress(text[:half]) + gzip.compress(text[half:]))
            frames = [subprocess.run(["zstd", "-c"], input=part, capture_output=True, check=True).stdout
                      for part in (text[:half], text[half:])]
            open("a.ndjson.zst", "wb").write(b"".join(frames))
            """, in: scratch)
        let expected = try converted([archive])
        for name in ["a.ndjson.gz", "a.ndjson.zst"] {
            #expect(try converted([scratch.path(name)]).lines == expected.lines, "\(name)")
        }
        let piped = try Bridge.run(
            ["convert", "-", "--to", "v2-json", "--emit", "message", "--quiet"] + Self.context,
            input: scratch.url("a.ndjson.gz"))
        #expect(
            String(decoding: piped.output, as: UTF8.self).split(separator: "\n").map { String($0) } == expected.lines)
    }

    @Test func `rejects what leads out of it, is no file, or is damaged, and goes on`() throws {
        let scratch = try Scratch()
        let message = Bridge.package.appendingPathComponent("samples/v1-xml/CD037A-type-1.xml").path
        try Self.make(
            """
            import io, tarfile
            message = open("\(message)", "rb").read()
            with tarfile.open("evil.tar", "w") as archive:
                def add(name, kind=tarfile.REGTYPE, link=""):
                    entry = tarfile.TarInfo(name)
                    entry.type, entry.linkname = kind, link
                    entry.size = len(message) if kind == tarfile.REGTYPE else 0
                    archive.addfile(entry, io.BytesIO(message))
                add("../../out.xml"); add("/absolute.xml"); add("a/./b.xml")
                add("link.xml", tarfile.SYMTYPE, "/etc/passwd"); add("folder", tarfile.DIRTYPE); add("last.xml")
            open("cut.tar", "wb").write(open("evil.tar", "rb").read()[:3000])
            """, in: scratch)
        let result = try Bridge.run(
            ["convert", scratch.path("evil.tar"), "--to", "v2-json", "--quiet", "--rejects", scratch.path("rejects")]
                + ["--output", scratch.path("mirror") + "/"])
        #expect(result.exitCode == 1)
        let made = Scratch.files(below: scratch.url("mirror")).sorted()
        #expect(made == ["evil.tar/a/b.json", "evil.tar/absolute.json", "evil.tar/last.json"])
        let rejects = try scratch.text("rejects")
        #expect(rejects.contains("its name leads out of the archive"))
        #expect(rejects.contains("it is a link or no file"))
        #expect(rejects.split(separator: "\n").count == 2)
        let cut = try Bridge.run(
            [
                "convert", scratch.path("cut.tar"), "--to", "v2-json", "--quiet", "--rejects",
                scratch.path("cut.rejects"),
            ])
        #expect(cut.exitCode == 1)
        #expect(try scratch.text("cut.rejects").contains("as an archive"))
    }

    @Test func `stops at what grows without measure, unless that is allowed`() throws {
        let scratch = try Scratch()
        try Self.make(
            """
            import gzip
            with gzip.open("bomb.gz", "wb") as file:
                file.write(b'{"id":1,"payload":{"status":401,"body":{"code":"MISSING_CREDENTIALS","message":"x"}}}\\n')
                for _ in range(160): file.write((b" " * 65535 + b"\\n") * 16)
            """, in: scratch)
        let arguments = [
            "convert", scratch.path("bomb.gz"), "--from", "v1-json", "--to", "v2-json", "--quiet", "--rejects",
            scratch.path("r"),
        ]
        let result = try Bridge.run(arguments)
        #expect(result.exitCode == 1)
        #expect(try scratch.text("r").contains("more than 200 times its size"))
        #expect(result.peakMemory < 100 << 10)
        #expect(try Bridge.run(arguments + ["--max-expansion", "5000"]).exitCode == 0)
    }
}

@Suite struct `nctsbridge convert to a compressed file` {
    @Test(arguments: ["gz", "zst"]) func `writes frames that others read, the same each time`(kind: String) throws {
        let scratch = try Scratch()
        let archive = try String(
            contentsOf: Bridge.package.appendingPathComponent("samples/archive/archive.ndjson"), encoding: .utf8)
        let input = try scratch.write("many.ndjson", String(repeating: archive, count: 15))
        let options = ["--to", "v2-json", "--context", "samples/archive/context.yaml", "--quiet"]
        func convert(to name: String) throws {
            let result = try Bridge.run(["convert", input, "--output", scratch.path(name)] + options)
            #expect(result.exitCode == 1)
        }
        try convert(to: "plain")
        for name in ["one.\(kind)", "other.\(kind)"] { try convert(to: name) }
        #expect(try scratch.data("one.\(kind)") == scratch.data("other.\(kind)"))
        let unpacked = try Tools.run([kind == "gz" ? "gzip" : "zstd", "-dc", scratch.path("one.\(kind)")])
        #expect(unpacked.status == 0)
        #expect(try unpacked.output == scratch.text("plain"))
        let list = try Tools.run(
            [Tools.python, "-c", "import sys; print(open(sys.argv[1], 'rb').read().count(bytes.fromhex(sys.argv[2])))"]
                + [scratch.path("one.\(kind)"), kind == "gz" ? "1f8b0800" : "28b52ffd"])
        // 15 times 280 records.
        #expect(list.output == "2\n")
        let again = try Bridge.run(
            ["validate", scratch.path("one.\(kind)"), "--from", "v2-json"])
        #expect(again.exitCode < 2)
    }
}
