public import GuaranteeAdapter
import GuaranteeClients
import HTTPTransport
import Translation

/// The toolkit's own HTTP client for the adapter: HTTP/1.1 over TLS, by async-http-client. To be shut down at the end.
public final class AdapterHTTPClient: AdapterTransport {
    private let transport: HTTPTransport
    private let limits: TransportLimits

    /// - Parameters:
    ///   - caFile: a private authority's certificates (PEM), trusted beside the system's.
    ///   - environment: where `HTTPS_PROXY` and `NO_PROXY` are looked up.
    ///   - timeout: for a whole call.
    /// - Throws: an error that says what is wrong with the file or the proxy.
    public init(caFile: String? = nil, environment: [String: String] = [:], timeout: Duration = .seconds(60)) throws {
        transport = try HTTPTransport(TransportOptions(caFile: caFile, environment: environment))
        var limits = TransportLimits()
        limits.whole = timeout
        self.limits = limits
    }

    public func send(_ request: AdapterRequest) async throws -> AdapterResponse {
        var rest = request.url[...]
        guard let scheme = rest.firstRange(of: "://") else {
            throw AdapterTransportError(nothingSent: true, message: "\(request.url) is no address")
        }
        rest = rest[scheme.upperBound...]
        let path = rest.firstIndex(of: "/") ?? rest.endIndex
        var headers = HeaderFields()
        for (name, value) in request.headers { headers.append(name, value) }
        let exchange = ExchangeRequest(
            method: request.method, path: String(rest[path...]), headers: headers, body: request.body)
        do throws(TransportError) {
            let base: BaseURL
            do { base = try BaseURL(String(request.url[..<path])) } catch {
                throw TransportError(.malformed, nothingSent: true, error.description)
            }
            let answer = try await transport.send(exchange, to: base, limits: limits)
            return AdapterResponse(
                status: answer.status, headers: answer.headers.fields.map { ($0.name, $0.value) }, body: answer.body)
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            throw AdapterTransportError(nothingSent: error.nothingSent, message: error.message)
        }
    }

    /// Ends what is under way and closes all connections.
    public func shutdown() async { await transport.shutdown() }
}
