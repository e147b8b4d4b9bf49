import AsyncHTTPClient
import Foundation
import GuaranteeClients
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// What is known of an exchange that failed, and what to say about it.
struct Failure {
    let base: BaseURL
    let proxy: ProxyAddress?
    let limits: TransportLimits
    let isSent: Bool

    private typealias Cause = (code: TransportError.Code, message: String)

    func error(for error: any Error) -> TransportError {
        let (code, message) = cause(error)
        let reach = isSent ? "The request may have arrived." : "Nothing was sent."
        return TransportError(code, nothingSent: !isSent, "\(message) \(reach)")
    }

    private func cause(_ error: any Error) -> Cause {
        switch error {
        case let error as HTTPClientError: cause(error)
        case is CancellationError: (.cancelled, "The exchange with \(host) was cancelled.")
        case is BodyTooLarge: (.tooLarge, "The answer of \(host) is larger than \(limits.maximumBody) bytes.")
        case is MalformedRequest: (.malformed, "The request to \(host) has a method or a path that is none for HTTP.")
        case HTTPParserError.headerOverflow: (.tooLarge, "The headers of the answer of \(host) are too large.")
        case HTTPParserError.invalidEOFState, NIOSSLError.uncleanShutdown, ChannelError.ioOnClosedChannel: closed
        case is HTTPParserError, is NIOHTTPDecoderError:
            (.malformed, "What \(host) answered is not HTTP: is it the right host and port?")
        case is WrongServer: wrongServer
        case let error as NIOSSLExtraError where error == .failedToValidateHostname: wrongServer
        case is NIOSSLExtraError, is NIOSSLError, is BoringSSLError: tlsCause("\(error)")
        case let error as NIOConnectionError: connectionCause(error)
        case let error as IOError: brokenCause(error)
        default: brokenCause(nil)
        }
    }

    private func cause(_ error: HTTPClientError) -> Cause {
        switch error {
        case .cancelled: (.cancelled, "The exchange with \(host) was cancelled.")
        case .deadlineExceeded: (.timedOut, "The exchange with \(host) took longer than \(limits.whole).")
        case .readTimeout: (.timedOut, "\(host) was silent for \(limits.reading).")
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout:
            (.notConnected, "No connection with \(host)\(way) stood within \(limits.connecting).")
        case .proxyAuthenticationRequired:
            (
                .proxy,
                "The proxy \(proxyName) asks for a user and a password before it connects with \(host): write them into "
                    + "HTTPS_PROXY, as http://user:password@host:port."
            )
        case .invalidProxyResponse:
            (
                .proxy,
                "The proxy \(proxyName) refused a connection with \(host): have it allowed, or add the host to NO_PROXY."
            )
        case .alreadyShutdown: (.notConnected, "The exchange with \(host) came after the transport's end.")
        case .remoteConnectionClosed: closed
        default: (isSent ? .interrupted : .malformed, "The exchange with \(host) failed: \(error.shortDescription).")
        }
    }

    private var closed: Cause {
        if isSent { return (.interrupted, "\(host) closed the connection before its answer was whole.") }
        if proxy != nil { return (.notConnected, "The proxy \(proxyName) closed the connection with \(host).") }
        return (.notConnected, "\(host) had closed the connection that was kept for the next request.")
    }

    private var wrongServer: Cause { (.tls, "The certificate of \(host) is for another host: is it the right one?") }

    private func tlsCause(_ text: String) -> Cause {
        let isUntrusted = text.contains("CERTIFICATE_VERIFY_FAILED")
        return (
            .tls,
            isUntrusted
                ? "The certificate of \(host) is not trusted, or out of date: for a private authority give its file."
                : "No TLS was agreed upon with \(host): TLS 1.2 or later is needed."
        )
    }

    private func connectionCause(_ error: NIOConnectionError) -> Cause {
        guard error.connectionErrors.isEmpty else {
            return brokenCause(error.connectionErrors.lazy.compactMap { $0.error as? IOError }.first)
        }
        let name = proxy?.host ?? base.host
        return (
            .notConnected, "No connection with \(host)\(way): \(name) is unknown; check its spelling, and the network."
        )
    }

    private func brokenCause(_ error: IOError?) -> Cause {
        let reason = error.map { ": " + String(cString: strerror($0.errnoCode)).lowercased() } ?? ""
        if isSent { return (.interrupted, "The connection with \(host) broke\(reason).") }
        return (.notConnected, "No connection with \(host)\(way)\(reason).")
    }

    private var host: String { base.hostAndPort }
    private var proxyName: String { proxy?.description ?? "" }
    private var way: String { proxy.map { " by the proxy \($0)" } ?? "" }
}
