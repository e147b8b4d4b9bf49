import Foundation
import NetworkSupport

/// What a case tells the simulator, told of v2.0: the gateway asks that one, and what NCTS took its time for, or failed
/// at, has to happen there. The requests of a case and the answers that it expects stay as they are.
struct ScenarioBehindGateway {
    /// For the simulator.
    let scenario: String
    /// `GRN,TIN` to a line: who owns what, as v1.0 looked it up.
    let holders: String

    init(_ conformance: ConformanceCase) throws {
        guard !conformance.scenario.isEmpty,
            var root = try JSONSerialization.jsonObject(with: Data(conformance.scenario.utf8)) as? [String: Any]
        else {
            scenario = ""
            holders = Self.published
            return
        }
        var guarantees = root["guarantees"] as? [[String: Any]] ?? []
        var lines = root["published"] as? Bool == true ? Self.published : ""
        for index in guarantees.indices {
            if let grn = guarantees[index]["grn"], let holder = guarantees[index]["holder"] {
                lines += "\(grn),\(holder)\n"
            }
            guard guarantees[index]["v2"] == nil, let plans = guarantees[index]["v1"] else { continue }
            let list = plans as? [[String: Any]] ?? [plans as? [String: Any] ?? [:]]
            guarantees[index]["v2"] = list.map(Self.plan)
        }
        if !guarantees.isEmpty { root["guarantees"] = guarantees }
        if let faults = root["faults"] as? [[String: Any]] {
            root["faults"] = faults.map { $0.merging(["api": "v2"]) { $1 } }
        }
        scenario = String(decoding: try JSONSerialization.data(withJSONObject: root), as: UTF8.self)
        holders = lines
    }

    /// HMRC's published test data of v1.0.
    private static let published = "22GB0000010000313,GB954131533000\n22XI00000100002X7,XI195624547845\n"

    /// A plan of v1.0's as v2.0 can have it.
    private static func plan(_ plan: [String: Any]) -> [String: Any] {
        var changed = plan
        if let after = changed.removeValue(forKey: "after") {
            changed["delay"] = after as? String == "never" ? 1_000_000 : after
        }
        if changed.removeValue(forKey: "rejected") != nil { changed["condition"] = "server-error" }
        if let errors = changed.removeValue(forKey: "errors") as? [[String: Any]] {
            let isType = errors.contains { "\($0["type"] ?? "")" == "14" }
            changed["condition"] = isType ? "guarantee-type-unsupported" : "not-found"
        }
        return changed
    }
}
