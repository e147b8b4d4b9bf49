import Foundation

/// The whole command on recorded answers of both versions, beside the Python script that people would write instead: both
/// read, pair, compare and store the same.
enum ComparisonBenchmark {
    /// - Parameter tool: the built command.
    static func run(_ tool: String) throws {
        print("Comparing recorded answers: read, paired, judged, stored")
        print("  pairs     pairs/s   memory    Python's processor time   Python's memory")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "nctsbridge-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        for count in [10_000, 100_000] {
            try write(count, v1: path("v1.ndjson"), v2: path("v2.ndjson"))
            let own = try Child.run([
                tool, "compare", "--v1-recorded", path("v1.ndjson"), "--v2-recorded", path("v2.ndjson"), "--store",
                path("own\(count)"), "--quiet",
            ])
            let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("Peers/compare_recorded.py").path
            let peer = try Child.run(["python3", script, path("v1.ndjson"), path("v2.ndjson"), path("peer\(count)")])
            guard own.exitCode == 1, peer.exitCode == 0 else {
                print("  \(count): compare ended with \(own.exitCode), Python with \(peer.exitCode)")
                continue
            }
            print(
                "  \(count)   \(Int(Double(count) / own.elapsed))   \(Int(own.memory)) MiB   "
                    + "\(rounded(peer.processor / own.processor)) times ours   \(Int(peer.memory)) MiB")
        }
    }

    private static func rounded(_ ratio: Double) -> Double { (ratio * 100).rounded() / 100 }

    /// Of a hundred pairs one differs, and ten are spelled differently.
    private static func write(_ count: Int, v1: String, v2: String) throws {
        var texts = ("", "")
        for path in [v1, v2] { try Data().write(to: URL(fileURLWithPath: path)) }
        let files = (
            try FileHandle(forWritingTo: URL(fileURLWithPath: v1)),
            try FileHandle(forWritingTo: URL(fileURLWithPath: v2))
        )
        for number in 0..<count {
            let grn = "24GB\(100_000_000_000 + number)0"
            let second = number % 60 < 10 ? "0\(number % 60)" : "\(number % 60)"
            let time = "2024-03-01T\(10 + number / 60 % 10):\(10 + number / 600 % 40):\(second)Z"
            let balance = "\(number % 90_000 + 100)"
            let other = number % 100 == 0 ? "1.5" : number % 10 == 0 ? balance + ".0" : balance
            texts.0 +=
                #"{"sentAt":"\#(time)","request":{"method":"POST","path":"/customs/guarantees/balances","headers":{"Accept":"application/vnd.hmrc.1.0+json"},"body":{"taxIdentifier":"GB954131533000","guaranteeReference":"\#(grn)","accessCode":"AC01"}},"response":{"status":200,"headers":{"Content-Type":"application/json"},"body":{"response":{"balance":\#(balance),"currency":"GBP"}}}}"#
                + "\n"
            texts.1 +=
                #"{"sentAt":"\#(time)","request":{"method":"POST","path":"/customs/guarantees/\#(grn)/balance","headers":{"Accept":"application/vnd.hmrc.2.0+json"},"body":{"accessCode":"AC01"}},"response":{"status":200,"headers":{"Content-Type":"application/json"},"body":{"_links":{"self":{"href":"/customs/guarantees/\#(grn)/balance"}},"balance":\#(other),"currency":"GBP"}}}"#
                + "\n"
            guard texts.0.utf8.count > 1 << 20 || number == count - 1 else { continue }
            try files.0.write(contentsOf: Data(texts.0.utf8))
            try files.1.write(contentsOf: Data(texts.1.utf8))
            texts = ("", "")
        }
    }
}
