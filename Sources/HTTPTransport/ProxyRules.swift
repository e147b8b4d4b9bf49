import GuaranteeClients

/// Which requests go by a proxy, as the environment has it. `http` is not looked at: it goes to this machine alone, and
/// this machine is never asked by a proxy.
struct ProxyRules: Sendable {
    private let proxy: ProxyAddress?
    private let exceptions: [Exception]

    /// Hosts that are asked directly: a host and all below it.
    private struct Exception: Sendable {
        /// Without a leading dot; `*` is every host.
        var host: Substring
        /// nil for all ports.
        var port: Int?
    }

    init(_ environment: [String: String]) throws(TransportSetupError) {
        exceptions = Self.value("no_proxy", of: environment).lowercased()
            .split { $0 == "," || $0.isWhitespace }.map(Self.exception)
        let address = Self.value("https_proxy", of: environment)
        guard !address.isEmpty else {
            proxy = nil
            return
        }
        proxy = ProxyAddress(address)
        guard proxy != nil else {
            throw TransportSetupError(
                .proxy,
                "HTTPS_PROXY is no address like http://proxy.example:3128, with user:password@ before the host if need be."
            )
        }
    }

    /// The proxy that requests to an address go by; nil where they go directly.
    func proxy(for base: BaseURL) -> ProxyAddress? {
        guard base.scheme == "https", !BaseURL.isLoopback(base.host),
            !exceptions.contains(where: { Self.matches($0, base) })
        else { return nil }
        return proxy
    }

    /// The lower-case variable counts before the upper-case one, as in curl.
    private static func value(_ name: String, of environment: [String: String]) -> String {
        environment[name] ?? environment[name.uppercased()] ?? ""
    }

    private static func exception(_ text: Substring) -> Exception {
        var host = text
        var port: Int?
        // More than one colon is an IPv6 address, whose port stands behind brackets.
        if let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon || text[..<colon].last == "]",
            let number = Int(text[text.index(after: colon)...])
        {
            (host, port) = (text[..<colon], number)
        }
        if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
        if host.first == "." { host.removeFirst() }
        return Exception(host: host, port: port)
    }

    private static func matches(_ exception: Exception, _ base: BaseURL) -> Bool {
        if let port = exception.port, port != base.port { return false }
        return exception.host == "*" || base.host == exception.host || base.host.hasSuffix("." + exception.host)
    }
}
