import Foundation

/// Where an API is: a scheme, a host and perhaps a port, with nothing behind them (contract section 1). Only `https` is
/// taken, unless the host is loopback.
package struct BaseURL: Sendable, Hashable, CustomStringConvertible {
    package let scheme: String
    /// The host without brackets: a name, an IPv4 or an IPv6 address.
    package let host: String
    /// The port; the scheme's own where none was told.
    package let port: Int
    package let description: String

    /// - Throws: `BaseURLError` that says what is wrong with the text.
    package init(_ text: String) throws(BaseURLError) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty, scheme == "https" || scheme == "http"
        else { throw BaseURLError("\(text) is no address like https://api.service.hmrc.gov.uk") }
        guard parts.user == nil, parts.password == nil else {
            throw BaseURLError("An address holds no user and no password.")
        }
        guard parts.query == nil, parts.fragment == nil, parts.path.isEmpty || parts.path == "/" else {
            throw BaseURLError("\(text) has something behind the host: leave out the path, it is the API's own.")
        }
        guard parts.port.map({ (1...65535).contains($0) }) ?? true else {
            throw BaseURLError("\(text) has a port that there is not: ports are from 1 to 65535.")
        }
        let plain = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        guard scheme == "https" || Self.isLoopback(plain) else {
            throw BaseURLError(
                "\(text) is not https, and \(plain) is not this machine: a token would be read on the way.")
        }
        self.scheme = scheme
        self.host = plain
        port = parts.port ?? (scheme == "https" ? 443 : 80)
        let name = plain.contains(":") ? "[\(plain)]" : plain
        description = "\(scheme)://\(name)" + (parts.port.map { ":\($0)" } ?? "")
    }

    /// Whether a host is this machine: `localhost`, 127.0.0.0/8, or `::1`.
    package static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

/// Why a text is no address of an API.
package struct BaseURLError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
