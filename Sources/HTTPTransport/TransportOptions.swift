/// What a transport is made with.
package struct TransportOptions: Sendable, CustomReflectable {
    /// A PEM file of authorities that are trusted in addition to the system's.
    package var caFile: String?
    /// The environment: `https_proxy`, `HTTPS_PROXY`, `no_proxy` and `NO_PROXY` are read, nothing else.
    package var environment: [String: String]
    /// How long a connection waits for its next request before it is closed. It is short, for a server that closes first
    /// leaves in doubt whether the request that just went had arrived.
    package var idle: Duration = .seconds(5)

    package init(caFile: String? = nil, environment: [String: String] = [:]) {
        self.caFile = caFile
        self.environment = environment
    }

    /// A proxy's address may hold a password.
    package var customMirror: Mirror { Mirror(self, children: ["caFile": caFile as Any]) }
}

/// Why a transport could not be made.
package struct TransportSetupError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The file of authorities can't be read, or holds no certificate.
        case authorities
        /// The environment names a proxy in a form that is not understood.
        case proxy
    }

    package var code: Code
    /// What was wrong and what to do; it never quotes a proxy's address.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
