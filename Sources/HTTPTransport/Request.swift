import AsyncHTTPClient
import Foundation
import GuaranteeClients
import NIOCore
import NIOHTTP1
import Translation

extension HTTPClient.Request {
    /// A request as the client takes it: `Host` comes first, then the headers as they are given; the client adds
    /// `Content-Length`.
    init(_ request: ExchangeRequest, to base: BaseURL) throws {
        let address = base.description + request.path
        // An address that is spelled differently once it is read would ask for another path than the one given.
        guard request.path.hasPrefix("/"), let url = URL(string: address), url.absoluteString == address,
            url.fragment == nil, !request.method.isEmpty, request.method.utf8.allSatisfy(Self.capitals.contains)
        else { throw MalformedRequest() }
        var headers = HTTPHeaders([("Host", base.hostField)])
        for field in request.headers.fields where !Self.ownHeaders.contains(field.name.lowercased()) {
            headers.add(name: field.name, value: field.value)
        }
        try self.init(
            url: url, method: HTTPMethod(rawValue: request.method), headers: headers,
            body: request.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: request.body)))
    }

    /// What says where a message goes and where it ends is not the caller's.
    private static let ownHeaders: Set<String> = ["host", "content-length", "transfer-encoding"]
    private static let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
}

/// The request's method or path is none that HTTP can carry.
struct MalformedRequest: Error {}

extension BaseURL {
    /// The value of the `Host` header: the port only where it is not the scheme's own.
    var hostField: String { port == (scheme == "https" ? 443 : 80) ? bracketedHost : hostAndPort }

    /// For messages: `api.service.hmrc.gov.uk:443`.
    var hostAndPort: String { "\(bracketedHost):\(port)" }

    private var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }
}
