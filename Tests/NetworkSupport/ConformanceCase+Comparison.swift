import Foundation
package import Translation

extension ConformanceCase.Step {
    /// What an answer has that the case does not expect; empty where they agree.
    package func complaints(about response: ExchangeResponse, _ captured: [String: String]) -> [String] {
        var complaints: [String] = []
        if let status = expectation("status").map({ of.tree.text(of: $0) }), status != String(response.status) {
            complaints.append("status \(response.status), not \(status)")
        }
        if let headers = expectation("headers") {
            for header in of.tree.children(of: headers) {
                let name = of.tree.name(of: header)
                let expected = of.tree.nodes[header].kind == .null ? nil : filled(of.tree.text(of: header), captured)
                let actual = response.headers[name]
                if expected == "*" ? actual == nil : actual != expected {
                    complaints.append("\(name): \(actual ?? "absent"), not \(expected ?? "absent")")
                }
            }
        }
        let body = String(decoding: response.body, as: UTF8.self)
        if let raw = expectation("rawBody").map({ filled(of.tree.text(of: $0), captured) }), raw != body {
            complaints.append("body \(body), not \(raw)")
        }
        if expectation("body") != nil || expectation("pattern") != nil {
            complaints += bodyComplaints(expectation("body"), response.body, captured)
        }
        return complaints
    }

    private func bodyComplaints(_ expected: Int?, _ body: [UInt8], _ captured: [String: String]) -> [String] {
        guard let actual = try? JSONReader().read(body) else {
            return ["the body is no JSON: \(String(decoding: body, as: UTF8.self))"]
        }
        let anyOrder = expectation("anyOrder").map { of.tree.text(of: $0) == "true" } ?? false
        var complaints: [String] = []
        if let expected, let found = difference(expected, actual, WireTree.root, "", anyOrder, captured) {
            complaints.append(found)
        }
        for pattern in expectation("pattern").map({ Array(of.tree.children(of: $0)) }) ?? [] {
            let pointer = of.tree.name(of: pattern)
            let text = actual.node(at: pointer).map { actual.text(of: $0) } ?? ""
            if text.range(of: filled(of.tree.text(of: pattern), captured), options: .regularExpression) == nil {
                complaints.append("\(pointer) is \(text), which does not match")
            }
        }
        return complaints
    }

    /// The first place where two values differ: member order and the spelling of numbers count.
    private func difference(
        _ expected: Int, _ actual: WireTree, _ node: Int, _ path: String, _ anyOrder: Bool, _ captured: [String: String]
    ) -> String? {
        let kind = of.tree.nodes[expected].kind
        let text = filled(of.tree.text(of: expected), captured)
        if kind == .string, text == "*", actual.nodes[node].kind == .string { return nil }
        guard kind == actual.nodes[node].kind else { return "\(path) has another type" }
        guard kind.isContainer else {
            return text.utf8.elementsEqual(actual.text(of: node).utf8)
                ? nil : "\(path) is \(actual.text(of: node)), not \(text)"
        }
        var left = Array(of.tree.children(of: expected))
        var right = Array(actual.children(of: node))
        if anyOrder, kind == .group {
            left.sort { of.tree.name(of: $0) < of.tree.name(of: $1) }
            right.sort { actual.name(of: $0) < actual.name(of: $1) }
        }
        let names = (left.map { of.tree.name(of: $0) }, right.map { actual.name(of: $0) })
        guard names.0 == names.1 else { return "\(path) has \(names.1), not \(names.0)" }
        for (index, (first, second)) in zip(left, right).enumerated() {
            let step = kind == .array ? "\(index)" : names.0[index]
            if let found = difference(first, actual, second, "\(path)/\(step)", anyOrder, captured) { return found }
        }
        return nil
    }
}
