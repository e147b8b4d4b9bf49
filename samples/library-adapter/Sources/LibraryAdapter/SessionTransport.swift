import Foundation
import GuaranteeAdapter

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// This program's HTTP client, as the adapter needs one: one call, no redirects, nothing kept.
final class SessionTransport: NSObject, AdapterTransport, URLSessionTaskDelegate {
    private let session: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForResource = 60
        return URLSession(configuration: configuration)
    }()

    func send(_ request: AdapterRequest) async throws -> AdapterResponse {
        guard let url = URL(string: request.url) else {
            throw AdapterTransportError(nothingSent: true, message: "\(request.url) is no URL")
        }
        var call = URLRequest(url: url)
        call.httpMethod = request.method
        call.httpBody = Data(request.body)
        for (name, value) in request.headers { call.setValue(value, forHTTPHeaderField: name) }
        do {
            let (body, response) = try await session.data(for: call, delegate: self)
            guard let response = response as? HTTPURLResponse else {
                throw AdapterTransportError(nothingSent: false, message: "the answer is not HTTP")
            }
            let headers = response.allHeaderFields.map { (name: "\($0)", value: "\($1)") }
            return AdapterResponse(status: response.statusCode, headers: headers, body: Array(body))
        } catch let error as URLError {
            // Where there was no connection the guarantee is not locked, and may be asked about again at once.
            let noConnection: [URLError.Code] = [.cannotFindHost, .cannotConnectToHost, .notConnectedToInternet]
            throw AdapterTransportError(
                nothingSent: noConnection.contains(error.code), message: error.localizedDescription)
        }
    }

    /// A redirect is an answer like another: what it leads to is not asked.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
