import AsyncHTTPClient
import Foundation

/// Where a proxy is, and who asks it. It prints without the user and the password.
struct ProxyAddress: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// A name, an IPv4 or an IPv6 address, without brackets.
    let host: String
    let port: Int
    let authorization: HTTPClient.Authorization?

    /// Reads `http://[user:password@]host[:port]`, as environments hold it; `http://` may be missing.
    init?(_ text: String) {
        let address = text.contains("://") ? text : "http://" + text
        guard let parts = URLComponents(string: address), parts.scheme?.lowercased() == "http",
            let host = parts.host, !host.isEmpty, parts.path.isEmpty || parts.path == "/",
            parts.query == nil, parts.fragment == nil
        else { return nil }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = parts.port ?? 80
        authorization = parts.user.map { .basic(username: $0, password: parts.password ?? "") }
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
