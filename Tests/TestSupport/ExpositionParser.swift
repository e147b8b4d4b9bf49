/// Reads Prometheus' text format as its description has it, knowing nothing of what writes it, and refuses what a scrape
/// would, and what is out of order.
package struct ExpositionParser {
    package struct Sample: Hashable {
        package var name: String
        package var labels: [String: String]
        package var value: Double
    }

    package struct Family {
        package var name: String
        package var help: String
        package var type = ""
        package var samples: [Sample] = []

        package func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
            samples.first { $0.name == name && $0.labels == labels }?.value
        }
    }

    package struct Problem: Error, CustomStringConvertible {
        package var description: String
    }

    package private(set) var families: [Family] = []

    package init(_ text: [UInt8]) throws {
        guard let text = String(validating: text, as: UTF8.self) else { throw Problem(description: "no UTF-8") }
        guard text.isEmpty || text.utf8.last == UInt8(ascii: "\n") else { throw Problem(description: "cut off") }
        for line in text.unicodeScalars.split(separator: "\n") { try read(String(line)) }
        try check()
    }

    package func family(_ name: String) throws -> Family {
        guard let family = families.first(where: { $0.name == name }) else {
            throw Problem(description: "There is no \(name) among \(families.map(\.name)).")
        }
        return family
    }

    // MARK: - Lines

    private mutating func read(_ line: String) throws {
        if line.hasPrefix("# HELP ") {
            let parts = line.dropFirst(7).split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw Problem(description: line) }
            let help = try Self.unescaped(parts[1].unicodeScalars, quoted: false)
            families.append(Family(name: String(parts[0]), help: help))
        } else if line.hasPrefix("# TYPE ") {
            let parts = line.dropFirst(7).split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 2, let last = families.indices.last, families[last].name == parts[0],
                families[last].type.isEmpty, families[last].samples.isEmpty,
                ["counter", "gauge", "histogram", "summary"].contains(parts[1])
            else { throw Problem(description: line) }
            families[last].type = String(parts[1])
        } else {
            let sample = try Self.sample(line)
            guard let last = families.indices.last, !families[last].type.isEmpty,
                Self.names(of: families[last]).contains(sample.name)
            else { throw Problem(description: "\(line) is of no family") }
            families[last].samples.append(sample)
        }
    }

    private static func names(of family: Family) -> [String] {
        switch family.type {
        case "histogram": ["_bucket", "_sum", "_count"].map { family.name + $0 }
        case "summary": ["_sum", "_count"].map { family.name + $0 }
        default: [family.name]
        }
    }

    private static func sample(_ line: String) throws -> Sample {
        var rest = line.unicodeScalars[...]
        let name = String(rest.prefix { $0 != "{" && $0 != " " })
        rest = rest.dropFirst(name.unicodeScalars.count)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            repeat {
                rest = rest.dropFirst()
                let label = String(rest.prefix { $0 != "=" })
                rest = rest.dropFirst(label.unicodeScalars.count + 1)
                guard isName(label, colons: false), labels[label] == nil, rest.popFirst() == "\"" else {
                    throw Problem(description: "label \(label) in \(line)")
                }
                var value = String.UnicodeScalarView()
                while let scalar = rest.popFirst(), scalar != "\"" {
                    value.append(scalar)
                    if scalar == "\\", let next = rest.popFirst() { value.append(next) }
                }
                labels[label] = try unescaped(value[...], quoted: true)
            } while rest.first == ","
            guard rest.popFirst() == "}" else { throw Problem(description: "labels of \(line)") }
        }
        guard isName(name, colons: true), rest.popFirst() == " ", let value = number(String(rest)) else {
            throw Problem(description: line)
        }
        return Sample(name: name, labels: labels, value: value)
    }

    private static func number(_ text: String) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: Double(text).flatMap { $0.isFinite ? $0 : nil }
        }
    }

    private static func isName(_ name: String, colons: Bool) -> Bool {
        let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_" + (colons ? ":" : ""))
        guard let first = name.first, letters.contains(first) else { return false }
        return name.allSatisfy { letters.contains($0) || "0123456789".contains($0) }
    }

    private static func unescaped(_ text: Substring.UnicodeScalarView, quoted: Bool) throws -> String {
        var result = String.UnicodeScalarView()
        var rest = text
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                result.append(scalar)
                continue
            }
            switch rest.popFirst() {
            case "\\": result.append("\\")
            case "n": result.append("\n")
            case "\"" where quoted: result.append("\"")
            case let other: throw Problem(description: "escape \(String(describing: other))")
            }
        }
        return String(result)
    }

    // MARK: - The whole

    private func check() throws {
        let names = families.map(\.name)
        guard names == Set(names).sorted() else { throw Problem(description: "families out of order: \(names)") }
        var seen: Set<[String]> = []
        for family in families {
            guard !family.type.isEmpty, !family.samples.isEmpty else {
                throw Problem(description: "\(family.name) has nothing")
            }
            for sample in family.samples {
                let labels = sample.labels.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
                guard seen.insert([sample.name] + labels.flatMap { [$0.key, $0.value] }).inserted else {
                    throw Problem(description: "\(sample) twice")
                }
            }
            if family.type == "histogram" { try check(histogram: family) }
        }
    }

    /// That the buckets of each series rise, in order, up to its count.
    private func check(histogram family: Family) throws {
        var buckets: [[String: String]: [(bound: Double, count: Double)]] = [:]
        for sample in family.samples where sample.name == family.name + "_bucket" {
            guard let bound = sample.labels["le"].flatMap(Self.number) else { throw Problem(description: "\(sample)") }
            buckets[sample.labels.filter { $0.key != "le" }, default: []].append((bound, sample.value))
        }
        for (labels, buckets) in buckets {
            guard zip(buckets, buckets.dropFirst()).allSatisfy({ $0.bound < $1.bound && $0.count <= $1.count }),
                buckets.last?.bound == .infinity, buckets.last?.count == family.value(family.name + "_count", labels),
                family.value(family.name + "_sum", labels) != nil
            else { throw Problem(description: "buckets of \(family.name) \(labels): \(buckets)") }
        }
    }
}
