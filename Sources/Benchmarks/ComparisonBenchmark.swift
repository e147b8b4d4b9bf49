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
        let peers = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Peers")
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        for count in [10_000, 100_000] {
            let made = try Child.run([
                "python3", peers.appendingPathComponent("make_recordings.py").path, "\(count)", path("v1.ndjson"),
                path("v2.ndjson"),
            ])
            guard made.exitCode == 0 else { return print("  the recordings can't be made: python3 is needed") }
            let own = try Child.run([
                tool, "compare", "--v1-recorded", path("v1.ndjson"), "--v2-recorded", path("v2.ndjson"), "--store",
                path("own\(count)"), "--quiet",
            ])
            let peer = try Child.run([
                "python3", peers.appendingPathComponent("compare_recorded.py").path, path("v1.ndjson"),
                path("v2.ndjson"),
                path("peer\(count)"),
            ])
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
}
