import Foundation
import Gateway

/// A file of settings that is there for one test.
func withFile<Value>(_ name: String, _ text: String, _ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("settings-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return try body(file.path)
}

/// Somewhere to ask, which every gateway needs.
let upstream = ["upstream": "http://127.0.0.1:9000"]

/// The settings of a gateway that asks somewhere.
func load(
    _ flags: [String: String] = [:], environment: [String: String] = [:], file: String? = nil
) throws -> GatewaySettings {
    try GatewaySettings.load(
        flags: flags.merging(upstream) { given, _ in given }, environment: environment, file: file)
}

/// What is wrong, one text for each problem; none where all is well.
func problems(
    _ flags: [String: String] = upstream, environment: [String: String] = [:], file: String? = nil
) -> [String] {
    do {
        _ = try GatewaySettings.load(flags: flags, environment: environment, file: file)
        return []
    } catch {
        return error.problems.map(\.description)
    }
}

/// The same of the contents of a file, with the file's folder left out.
func problems(yaml: String) throws -> [String] { try problems(in: "gateway.yaml", yaml) }
func problems(json: String) throws -> [String] { try problems(in: "gateway.json", json) }

private func problems(in name: String, _ text: String) throws -> [String] {
    try withFile(name, text) { path in
        problems(file: path).map { $0.replacingOccurrences(of: path, with: name) }
    }
}

extension GatewaySettings {
    /// The value and the source of a setting, as they are printed.
    func effective(_ key: String) -> String? {
        effective.first { $0.key == key }.map { "\($0.value) (\($0.source))" }
    }
}
