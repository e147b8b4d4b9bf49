package import GuaranteeClients
package import Logging

/// What a gateway runs with, checked: every value has its type and lies in its range, and what belongs together is told
/// together.
package struct GatewaySettings: Sendable, Equatable {
    // MARK: - Listening

    package var listen: ListenAddress
    /// The operators' address, which never has TLS; nil where it is off.
    package var adminListen: ListenAddress?
    /// What clients are served over TLS with; nil without TLS.
    package var tls: TLSFiles?
    package var isInsecureListenAllowed: Bool

    // MARK: - Asking

    package var service: Service
    /// The gateway's own token; nil where the client's is passed on.
    package var token: TokenPlace?
    /// The application that refreshes tokens of files.
    package var clientID: String?
    /// A PEM file of authorities that are trusted beside the system's.
    package var caFile: String?
    /// How long one exchange with an API may take.
    package var transportLimits: TransportLimits

    // MARK: - Answering

    package var holdersFile: String?
    package var contextFile: String?
    /// How long an answer is given again to an equal question; zero: never.
    package var reuseWithin: Duration
    /// How long a client waits for its answer before it is told to fetch it later.
    package var answerWithin: Duration
    /// How long such an answer is kept to be fetched.
    package var keepFor: Duration
    /// How long a question locks its user's guarantee.
    package var lockFor: Duration

    // MARK: - Keeping

    /// Where pending requests and the mirror's queue outlive a restart; nil: in memory alone.
    package var storeFile: String?
    /// The key that they are sealed with.
    package var keyFile: String?

    // MARK: - Running

    package var limits: Limits
    package var accessLog: AccessLog
    package var logLevel: Logger.Level
    /// Seconds of the gateway's clock to a real one.
    package var timeScale: Double

    /// All values as they count, with where they came from, in the order of `fields`. There are no secrets among them:
    /// tokens are known by the names of their variables and files.
    package internal(set) var effective: [EffectiveValue]
}

extension GatewaySettings {
    /// What clients are served from.
    package enum Service: Sendable, Equatable {
        /// v1.0 is spoken to clients, and v2.0 is asked.
        case translated(upstream: BaseURL)
        case mirrored(Mirror)
    }

    /// v1.0 answers clients, and v2.0 is asked the same to be compared.
    package struct Mirror: Sendable, Equatable {
        /// Speaks v1.0.
        package var primary: BaseURL
        /// Speaks v2.0.
        package var shadow: BaseURL
        package var shadowToken: TokenPlace?
        package var evidenceFile: String
        /// Whether tax identifiers are kept in place of pseudonyms.
        package var keepsIdentifiers: Bool
        /// Whether v1.0 is asked again where amounts differ.
        package var asksAgain: Bool
        /// How many questions may wait for the shadow.
        package var queueLimit: Int
    }

    /// Where a token is found; never the token.
    package enum TokenPlace: Sendable, Equatable {
        case variable(String)
        /// A file that `login` wrote.
        case file(String)
    }

    /// PEM files.
    package struct TLSFiles: Sendable, Equatable {
        package var certificate: String
        package var key: String
    }

    /// What one client, and all together, may take of the gateway.
    package struct Limits: Sendable, Equatable {
        /// A request's body and headers, in bytes.
        package var body: Int
        package var headers: Int
        package var connections: Int
        /// Requests that are worked on at the same time.
        package var inFlight: Int
        /// How long a client may take to send a request, say nothing between two, and be waited for at the end.
        package var request: Duration
        package var idle: Duration
        package var drain: Duration
    }

    package enum AccessLog: Sendable, Equatable, CustomStringConvertible {
        case standardOutput, off
        case file(String)

        init(_ text: String) {
            switch text {
            case "-": self = .standardOutput
            case "off": self = .off
            default: self = .file(text)
            }
        }

        package var description: String {
            switch self {
            case .standardOutput: "-"
            case .off: "off"
            case .file(let path): path
            }
        }
    }
}
