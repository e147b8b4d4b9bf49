import GuaranteeClients

/// Where a server listens: `127.0.0.1:9080`, `[::1]:9080`, `localhost:9080`; port 0 takes a free one.
package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// The host without brackets: a name, an IPv4 or an IPv6 address.
    package var host: String
    package var port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (0...65535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            // Without brackets nobody knows where an IPv6 address ends and its port begins.
            return nil
        }
        guard !host.isEmpty, !host.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) else {
            return nil
        }
        self.host = String(host)
        self.port = port
    }

    /// Whether nobody but this machine reaches it.
    package var isLoopback: Bool { BaseURL.isLoopback(host) }

    package var description: String { description(port: port) }

    /// The address with the port that was taken, where any was asked for.
    package func description(port: Int) -> String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
