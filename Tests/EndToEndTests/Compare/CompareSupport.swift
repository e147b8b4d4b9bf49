import Foundation
import TestSupport
import Testing

/// A dual run of the real binary against a simulator that it runs too.
struct CompareFixture {
    static let tokens = ["NCTSBRIDGE_V1_TOKEN": "tok-secret-0451", "NCTSBRIDGE_V2_TOKEN": "tok-secret-0451"]
    let scratch: Scratch
    let simulator: RunningBridge
    let url: String
    let scale: Int

    init(_ planted: PlantedRun, scale: Int, more: String = "") throws {
        scratch = try Scratch()
        self.scale = scale
        (simulator, url) = try RunningBridge.simulator(planted.scenario(scale: scale, more: more))
        try scratch.write("queries.csv", planted.csv)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path("queries.csv"))
    }

    /// The arguments of a run of both APIs, its evidence in `run.evidence`.
    func arguments(_ more: [String] = []) -> [String] {
        [
            "compare", "--queries", scratch.path("queries.csv"), "--v1", url, "--v2", url, "--time-scale", "\(scale)",
            "--store", store, "--comparable-within", "1500",
        ] + more
    }

    var store: String { scratch.path("run.evidence") }

    func run(_ more: [String] = [], limit: Duration = .seconds(240)) throws -> Bridge.Result {
        try Bridge.run(arguments(more), environment: Self.tokens, limit: limit)
    }

    func report() throws -> JSONTree {
        try JSONTree(Bridge.run(["report", store, "--format", "json"]).output)
    }

    /// How many calls broke the lock.
    func brokenLocks() throws -> Int? {
        let log = try Shell.run(["curl", "-s", url + "/simulator/log?after=1000000000"])
        return try JSONTree(log.output)["counts"]?["brokenLocks"]?.count
    }

    /// The names of files in the scratch folder that hold a text, the list of questions left out.
    func files(holding text: String) throws -> [String] {
        try Scratch.files(below: scratch.url).filter { name in
            guard name != "queries.csv" else { return false }
            let data = try scratch.data(name)
            return data.range(of: Data(text.utf8)) != nil
                || data.range(of: Data(text.utf8.flatMap { [$0, 0] })) != nil
                || data.range(of: Data(Data(text.utf8).base64EncodedString().utf8)) != nil
        }
    }
}

extension JSONTree {
    /// A report's pairs by their label.
    var pairsByLabel: [String: JSONTree] {
        Dictionary(
            (self["pairs"]?.items ?? []).map { ($0["label"]?.text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A report's counts by class, without zeros.
    var classCounts: [String: Int] {
        (self["classes"]?.members ?? [:]).compactMapValues(\.count).filter { $0.value > 0 }
    }
}
