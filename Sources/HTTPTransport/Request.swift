import AsyncHTTPClient
import Foundation
import GuaranteeClients
import NIOCore
import NIOHTTP1
import Translation

extension HTTPClient.Request {
    /// A request as the client takes it: `Host` comes first, then the headers as they are given; the client adds
    /// `Content-Length`.
    init(_ request: ExchangeRequest, to host: HostAddress) throws {
        let address = host.prefix + request.path
        // An address that is spelled differently once it is read would ask for another path than the one given.
        guard request.path.hasPrefix("/"), let url = URL(string: address), url.absoluteString == address,
            url.fragment == nil, !request.method.isEmpty, request.method.utf8.allSatisfy(Self.capitals.contains)
        else { throw MalformedRequest() }
        var headers = HTTPHeaders([("Host", host.field)])
        headers.reserveCapacity(request.headers.fields.count + 2)
        for field in request.headers.fields where !Self.isOwn(field.name) {
            headers.add(name: field.name, value: field.value)
        }
        try self.init(
            url: url, method: HTTPMethod(rawValue: request.method), headers: headers,
            body: request.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: request.body)))
    }

    /// What says where a message goes and where it ends is not the caller's.
    private static func isOwn(_ name: String) -> Bool {
        ["Host", "Content-Length", "Transfer-Encoding"].contains { HeaderFields.equal($0, name) }
    }

    private static let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
}

/// The request's method or path is none that HTTP can carry.
struct MalformedRequest: Error {}

/// A host as requests name it: put into words once.
struct HostAddress {
    /// What stands before the path.
    let prefix: String
    /// The value of the `Host` header.
    let field: String

    init(_ base: BaseURL) {
        prefix = base.description
        field = base.hostField
    }
}

extension BaseURL {
    /// The value of the `Host` header: the port only where it is not the scheme's own.
    var hostField: String { port == (scheme == "https" ? 443 : 80) ? bracketedHost : hostAndPort }

    /// For messages: `api.service.hmrc.gov.uk:443`.
    var hostAndPort: String { "\(bracketedHost):\(port)" }

    private var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }
}
