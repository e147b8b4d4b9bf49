package import Foundation
package import Translation

/// A case of `samples/cases`: requests in their order, with what each must be answered (`samples/cases/README.md`).
package struct ConformanceCase: Sendable, CustomStringConvertible {
    /// The file's path below `samples/cases`.
    package let name: String
    let tree: WireTree

    package var description: String { name }

    package static var folder: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("samples/cases")
    }

    /// All cases below a folder of `samples/cases`, by name.
    package static func all(in part: String = "") throws -> [ConformanceCase] {
        let base = folder.appendingPathComponent(part)
        let paths = (FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".json") }.sorted()
        return try paths.map { path in
            let bytes = try Data(contentsOf: base.appendingPathComponent(path))
            return ConformanceCase(
                name: part.isEmpty ? path : "\(part)/\(path)", tree: try JSONReader().read(Array(bytes)))
        }
    }

    /// The scenario as a file's text; empty where the case has none.
    package var scenario: String { value("scenario", of: WireTree.root).map { text(at: $0) } ?? "" }

    package var steps: [Step] {
        guard let steps = value("steps", of: WireTree.root) else { return [] }
        return tree.children(of: steps).map { Step(of: self, at: $0) }
    }

    /// Whether the case is about how many calls come in a second: then they come together.
    package var isAboutRates: Bool { scenario.contains("callsPerSecond") }

    func value(_ name: String, of node: Int) -> Int? { tree.child(name, of: node) }

    /// A value as one line of JSON.
    func text(at node: Int) -> String {
        String(decoding: JSONWriter.bytes(of: tree, node: node), as: UTF8.self)
    }

    package struct Step: Sendable {
        let of: ConformanceCase
        let node: Int

        init(of: ConformanceCase, at node: Int) {
            self.of = of
            self.node = node
        }

        /// How much of the simulator's time passes before it; nil where the case does not say.
        package var after: Duration? {
            of.value("after", of: node).flatMap { Double(of.tree.text(of: $0)) }
                .map { .milliseconds(Int(($0 * 1000).rounded())) }
        }

        package func request(_ captured: [String: String]) -> ExchangeRequest {
            guard let request = of.value("request", of: node) else { return ExchangeRequest(method: "GET", path: "/") }
            func text(_ name: String) -> String? { of.value(name, of: request).map { of.tree.text(of: $0) } }
            var exchange = ExchangeRequest(
                method: text("method") ?? "GET", path: filled(text("path") ?? "/", captured))
            if let headers = of.value("headers", of: request) {
                for header in of.tree.children(of: headers) {
                    exchange.headers.append(of.tree.name(of: header), filled(of.tree.text(of: header), captured))
                }
            }
            let body = of.value("body", of: request).map { filled(of.text(at: $0), captured) }
            exchange.body = Array((body ?? text("rawBody").map { filled($0, captured) } ?? "").utf8)
            if let length = text("bodyOfLength").flatMap({ Int($0) }) {
                exchange.body = Self.padded(body ?? "{}", to: length)
            }
            return exchange
        }

        /// A JSON object lengthened by a member to so many bytes.
        private static func padded(_ object: String, to length: Int) -> [UInt8] {
            let start = object.dropLast() + (object == "{}" ? "" : ",") + "\"padding\":\""
            return Array((start + String(repeating: "x", count: length - start.utf8.count - 2) + "\"}").utf8)
        }

        /// What is to be remembered of the answer, by name; nil for what the answer does not have.
        package func captures(from response: ExchangeResponse) -> [String: String?] {
            var values: [String: String?] = [:]
            for capture in of.value("capture", of: node).map({ Array(of.tree.children(of: $0)) }) ?? [] {
                let answer = try? JSONReader().read(response.body)
                let found = answer.flatMap { $0.node(at: of.tree.text(of: capture)) }
                values[of.tree.name(of: capture)] = .some(found.flatMap { answer?.text(of: $0) })
            }
            for capture in of.value("captureHeader", of: node).map({ Array(of.tree.children(of: $0)) }) ?? [] {
                func text(_ name: String) -> String { of.value(name, of: capture).map { of.tree.text(of: $0) } ?? "" }
                let value = response.headers[text("header")] ?? ""
                let match = try? Regex(text("pattern")).firstMatch(in: value)
                values[of.tree.name(of: capture)] = .some(match?.output[1].substring.map(String.init))
            }
            return values
        }

        /// `dropped` or `truncated`, where no whole answer may come.
        package var expectedFailure: String? { expectation("failure").map { of.tree.text(of: $0) } }

        func expectation(_ name: String) -> Int? {
            of.value("expect", of: node).flatMap { of.value(name, of: $0) }
        }

        func filled(_ text: String, _ captured: [String: String]) -> String {
            captured.reduce(text) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
        }
    }
}

extension WireTree {
    /// The node that a JSON Pointer names.
    func node(at pointer: String) -> Int? {
        var node = WireTree.root
        for step in pointer.split(separator: "/") {
            if nodes[node].kind == .array, let index = Int(step) {
                let items = Array(children(of: node))
                guard items.indices.contains(index) else { return nil }
                node = items[index]
            } else {
                let name = step.replacing("~1", with: "/").replacing("~0", with: "~")
                guard let child = child(String(name), of: node) else { return nil }
                node = child
            }
        }
        return node
    }
}
