import Foundation
import TestSupport
import Testing

/// A conversion that is killed, and killed again, and gone on with.
@Suite struct `nctsbridge convert --resume` {
    private static let times = 25

    private func arguments(_ scratch: Scratch, _ folder: String) -> [String] {
        [
            "convert", scratch.path("input.ndjson"), "--to", "v1-xml", "--context", scratch.path("context.yaml"),
            "--quiet",
            "--checkpoint-every", "50", "--jobs", "2", "--output", scratch.path("\(folder)/out.ndjson.gz"),
            "--rejects", scratch.path("\(folder)/rejects.ndjson"), "--findings",
            scratch.path("\(folder)/findings.ndjson"),
            "--remainder", scratch.path("\(folder)/remainder.ndjson"), "--report",
            scratch.path("\(folder)/report.json"),
        ]
    }

    private func prepared() throws -> Scratch {
        let scratch = try Scratch()
        let archive = try String(
            contentsOf: Bridge.package.appendingPathComponent("samples/archive/archive.ndjson"), encoding: .utf8)
        // Lines that are none, and identifiers that depend on a record's number.
        try scratch.write("input.ndjson", (0..<8).map { _ in archive }.joined(separator: "\n\nno JSON\n"))
        try FileManager.default.copyItem(
            at: Bridge.package.appendingPathComponent("samples/archive/context.yaml"), to: scratch.url("context.yaml"))
        return scratch
    }

    private static let outputs = [
        "out.ndjson.gz", "rejects.ndjson", "findings.ndjson", "remainder.ndjson", "report.json",
    ]

    @Test func `after kill -9 at any moment, again and again, gives what an undisturbed run gives`() throws {
        let scratch = try prepared()
        try check(scratch, kills: Self.times, arguments: { arguments(scratch, $0) })
        #expect(Scratch.files(below: scratch.url("cut")).sorted() == Self.outputs.sorted())
    }

    @Test func `also where each input becomes a file of its own`() throws {
        let scratch = try prepared()
        let archive = try scratch.text("input.ndjson").split(separator: "\n")
        // Files of several records, of one, of none that can be converted, and two whose names differ in nothing that stays.
        for number in 0..<240 {
            let lines = archive[number * 3..<number * 3 + number % 4].joined(separator: "\n")
            try scratch.write("in/\(number % 7)/\(number).ndjson", lines + "\n")
            try scratch.write("in/\(number % 7)/\(number).txt", number % 5 == 0 ? "none" : lines)
        }
        try check(
            scratch, kills: 15,
            arguments: { folder in
                [
                    "convert", scratch.path("in"), "--to", "v1-xml", "--context", scratch.path("context.yaml"),
                    "--quiet",
                    "--checkpoint-every", "30", "--jobs", "2", "--output", scratch.path("\(folder)/out") + "/",
                    "--rejects", scratch.path("\(folder)/rejects.ndjson"), "--remainder",
                    scratch.path("\(folder)/remainder") + "/", "--report", scratch.path("\(folder)/report.json"),
                    "--manifest", scratch.path("\(folder)/manifest.json"),
                ]
            }, except: ["manifest.json"])
        // The manifest tells of all that was written, by whichever run.
        func outputs(_ folder: String) throws -> [String?] {
            try JSONTree(scratch.text("\(folder)/manifest.json"))["outputs"]?.items.map { output in
                output["file"]?["path"]?.text?.replacing("/cut/", with: "/whole/")
            } ?? []
        }
        #expect(try outputs("whole").count > 200)
        #expect(try outputs("cut") == outputs("whole"))
    }

    /// Runs once undisturbed into one folder, and with kills into another, and compares.
    ///
    /// - Parameter exceptions: files that are not compared.
    private func check(
        _ scratch: Scratch, kills: Int, arguments: (String) -> [String], except exceptions: Set<String> = []
    ) throws {
        let start = ContinuousClock.now
        #expect(try Bridge.run(arguments("whole")).exitCode == 1)
        let whole = ContinuousClock.now - start
        let expected = Scratch.files(below: scratch.url("whole")).sorted()
        func same(_ name: String) throws -> Bool {
            try exceptions.contains(name) || scratch.data("cut/\(name)") == scratch.data("whole/\(name)")
        }
        var random = SeededRandom.forTest("kills of convert")
        var killed = 0
        var begun = 0
        while killed < kills {
            let process = try Bridge.process(arguments("cut") + ["--resume"])
            process.standardError = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            let milliseconds = Double(whole.components.attoseconds) / 1e15 + Double(whole.components.seconds) * 1000
            usleep(UInt32(random.below(max(1, Int(milliseconds * 300)))) + 5_000)
            let ended = !process.isRunning
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            // Under its own name there is what is whole, or nothing.
            for name in expected where name != "report.json" && scratch.exists("cut/\(name)") {
                #expect(try same(name), "\(name)")
            }
            if ended {
                // It was through before it was killed: from the beginning once more.
                try FileManager.default.removeItem(at: scratch.url("cut"))
                begun += 1
                try #require(begun < 200)
            } else {
                killed += 1
            }
        }
        #expect(try Bridge.run(arguments("cut") + ["--resume"]).exitCode == 1)
        for name in expected { #expect(try same(name), "\(name)") }
        #expect(Scratch.files(below: scratch.url("cut")).sorted() == expected)
    }

    /// Begins a run and kills it as soon as there is a checkpoint.
    ///
    /// - Returns: the checkpoint's name.
    private func cutOff(_ scratch: Scratch, _ more: [String] = []) throws -> String {
        let checkpoint = "cut/out.ndjson.gz.checkpoint"
        let process = try Bridge.process(arguments(scratch, "cut") + more)
        process.standardError = FileHandle.nullDevice
        try process.run()
        while process.isRunning, !scratch.exists(checkpoint) { usleep(1_000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try #require(scratch.exists(checkpoint))
        return checkpoint
    }

    @Test func `goes on, and does not begin anew`() throws {
        let scratch = try prepared()
        _ = try cutOff(scratch)
        // What stands before the checkpoint is not written again.
        let part = try FileHandle(forUpdating: scratch.url("cut/rejects.ndjson.part"))
        let rejects = try #require(try part.readToEnd())
        try #require(!rejects.isEmpty)
        try part.seek(toOffset: 0)
        try part.write(contentsOf: Data("X".utf8))
        try part.close()
        #expect(try Bridge.run(arguments(scratch, "cut") + ["--resume"]).exitCode == 1)
        #expect(try scratch.text("cut/rejects.ndjson").hasPrefix("X"))
    }

    @Test func `refuses what is another run, or has changed`() throws {
        let scratch = try prepared()
        let checkpoint = try cutOff(scratch)
        let kept = try scratch.data(checkpoint)
        let other = try Bridge.run(arguments(scratch, "cut") + ["--resume", "--lenient"])
        #expect(other.exitCode == 64)
        #expect(other.errorText.contains("is of another run"))
        try scratch.append("\n", to: "input.ndjson")
        #expect(try Bridge.run(arguments(scratch, "cut") + ["--resume"]).exitCode == 64)
        try scratch.write(checkpoint, "{}")
        #expect(try Bridge.run(arguments(scratch, "cut") + ["--resume"]).exitCode == 66)
        #expect(!kept.isEmpty)
        // Without the option it begins anew.
        #expect(try Bridge.run(arguments(scratch, "cut")).exitCode == 1)
        #expect(!scratch.exists(checkpoint))
    }

    @Test func `refuses mappings that say something else, whatever their revision`() throws {
        let scratch = try prepared()
        try FileManager.default.copyItem(
            at: Bridge.package.appendingPathComponent("mappings"), to: scratch.url("maps"))
        let mappings = ["--mappings", scratch.path("maps")]
        for name in ["rules/v2-balance.yaml", "schemas/CD037A.xsd"] {
            _ = try cutOff(scratch, mappings)
            let before = try scratch.text("maps/\(name)")
            try scratch.append(name.hasSuffix("yaml") ? "# changed\n" : "<!-- changed -->\n", to: "maps/\(name)")
            let other = try Bridge.run(arguments(scratch, "cut") + mappings + ["--resume"])
            #expect(other.exitCode == 64, "\(other)")
            #expect(other.errorText.contains("is of another run"))
            try scratch.write("maps/\(name)", before)
            #expect(try Bridge.run(arguments(scratch, "cut") + mappings + ["--resume"]).exitCode == 1)
        }
    }

    @Test func `is of files alone`() throws {
        let scratch = try prepared()
        let input = scratch.path("input.ndjson")
        #expect(mkfifo(scratch.path("pipe"), 0o600) == 0)
        for arguments in [
            ["-", "--output", "x"], [scratch.path("pipe"), "--output", scratch.path("x")], [input],
            [input, "--output", "/dev/null"],
            [input, "--output", scratch.path("x"), "--rejects", "-"],
        ] {
            let result = try Bridge.run(["convert", "--to", "v2-json", "--resume"] + arguments)
            #expect(result.exitCode == 64, "\(arguments)")
        }
    }
}
