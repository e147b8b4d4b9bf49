import Foundation
package import GuaranteeModel

/// What a request asks for, by its method and path: the questions that mappings know (contract sections 3 and 4).
package struct ExchangeRoutes: Sendable {
    package struct Match: Sendable, Equatable {
        package var format: MessageFormat
        package var kind: BalanceMessage.Kind
        /// What the path names, percent-decoded: v2.0's GRN, v1.0's balance id.
        package var named: String?
    }

    private struct Route: Sendable {
        var format: MessageFormat
        var kind: BalanceMessage.Kind
        var method: String
        var prefix: String
        /// What stands behind the part that the path names; nil where the path names nothing.
        var suffix: String?
    }

    private let routes: [Route]

    package init(_ mappings: MappingSet) {
        routes = mappings.plans.compactMap { plan in
            guard case .kind(let kind) = plan.file.meaning, kind == .query || kind == .stateQuery,
                let method = plan.node(at: "method"), let path = plan.node(at: "path"),
                case .constant(let methodName)? = plan.nodes[method].rule.sources.first
            else { return nil }
            if case .template(let prefix, let suffix, _)? = plan.nodes[path].rule.binding {
                return Route(format: plan.format, kind: kind, method: methodName, prefix: prefix, suffix: suffix)
            }
            guard case .constant(let text)? = plan.nodes[path].rule.sources.first else { return nil }
            return Route(format: plan.format, kind: kind, method: methodName, prefix: text, suffix: nil)
        }
    }

    /// - Parameter path: with or without a query.
    /// - Returns: nil for a path or a method that neither API knows.
    package func match(method: String, path: String) -> Match? {
        let path = path[..<(path.utf8.firstIndex(of: UInt8(ascii: "?")) ?? path.endIndex)]
        for route in routes where route.method == method {
            guard let suffix = route.suffix else {
                if path.utf8.elementsEqual(route.prefix.utf8) { return Match(format: route.format, kind: route.kind) }
                continue
            }
            guard path.utf8.count > route.prefix.utf8.count + suffix.utf8.count, path.hasPrefix(route.prefix),
                path.hasSuffix(suffix)
            else { continue }
            let named = path.dropFirst(route.prefix.count).dropLast(suffix.count)
            guard !named.contains("/") else { continue }
            return Match(
                format: route.format, kind: route.kind, named: named.removingPercentEncoding ?? String(named))
        }
        return nil
    }
}
