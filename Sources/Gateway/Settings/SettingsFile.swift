import Configuration
import Foundation
import Translation

/// A configuration file, read once: its entries with their places, for what the library does not tell (which keys there
/// are, where, in which spelling), and its values as the library reads them.
struct SettingsFile {
    /// In the file's order. A group that is known is looked into; anything else is an entry as it is.
    var entries: [SettingEntry] = []
    /// The values; nil where there are none, or they can't be had.
    var snapshot: (any ConfigSnapshot)?
    /// Whether all is known that the file tells.
    var isRead = false
    /// What is wrong with the file as a whole.
    var problems: [SettingsProblem] = []

    /// `limits`, `tls` …: what a key has before its dots.
    static let groups = Set(
        GatewaySettings.fields.compactMap { $0.key.split(separator: ".").dropLast().first }.map(String.init))

    init(_ path: String) {
        let whole = SettingSource.file(path, line: nil)
        guard var bytes = Self.bytes(of: path) else {
            problems.append(SettingsProblem(nil, whole, "the file can't be read"))
            return
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            problems.append(SettingsProblem(nil, whole, "is no text in UTF-8"))
            return
        }
        // A byte order mark is no character of a key.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        do {
            if path.lowercased().hasSuffix(".json") {
                entries = try Self.jsonEntries(bytes, path)
                snapshot = try JSONSnapshot(data: bytes.span.bytes, providerName: path, parsingOptions: .default)
            } else if !Self.isBlank(bytes) {
                entries = try Self.yamlEntries(bytes, path)
                snapshot = try YAMLSnapshot(data: bytes.span.bytes, providerName: path, parsingOptions: .default)
            }
            isRead = true
        } catch let problem as SettingsProblem {
            problems.append(problem)
        } catch {
            problems += lost(whole)
        }
        checkTwice()
    }

    /// What the library takes a whole file amiss for: lists of lists, numbers beyond all measure. Its own message may
    /// quote what stands there.
    private func lost(_ whole: SettingSource) -> [SettingsProblem] {
        let told = entries.compactMap { entry in
            GatewaySettings.fieldsByKey[entry.key]?.form.complaint(about: entry).map {
                SettingsProblem(entry.key, entry.source, $0.message)
            }
        }
        let isExplained = !told.isEmpty || entries.contains { GatewaySettings.fieldsByKey[$0.key] == nil }
        return isExplained ? told : [SettingsProblem(nil, whole, "holds what can't be read as settings")]
    }

    /// Read as it comes: it may be a pipe.
    private static func bytes(of path: String) -> [UInt8]? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        do { return Array(try file.readToEnd() ?? Data()) } catch { return nil }
    }

    /// Keys may be nested or dotted, and the library takes either: the last would count.
    private mutating func checkTwice() {
        var seen: [String: SettingSource] = [:]
        for entry in entries {
            if let first = seen[entry.key] {
                problems.append(SettingsProblem(entry.key, entry.source, "stands twice: it is in \(first) too"))
            }
            seen[entry.key] = entry.source
        }
    }

    /// Whether a YAML file holds comments alone: an example of which nothing is in use yet.
    private static func isBlank(_ bytes: [UInt8]) -> Bool {
        bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).allSatisfy { line in
            let text = line.drop { $0 == 0x20 || $0 == 0x09 }
            return text.isEmpty || text.first == UInt8(ascii: "#") || Array(text) == Array("---".utf8)
        }
    }
}

extension SettingsProblem: Error {}
