import AsyncHTTPClient
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1

/// Asks an upstream what it is asked, and answers what the upstream answers.
struct Forwarding: HTTPResponder {
    let client: HTTPClient
    /// Without a path.
    let upstream: String

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        var forwarded = HTTPClientRequest(url: upstream + (request.head.path ?? "/"))
        forwarded.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headers where !Self.ofOneConnection.contains(field.name) {
            forwarded.headers.add(name: field.name.rawName, value: field.value)
        }
        forwarded.body = .bytes(try await request.body.collect(upTo: Self.maximumBody))
        let answer = try await client.execute(forwarded, deadline: .now() + .seconds(30))

        var headers = HTTPFields()
        headers.reserveCapacity(answer.headers.count)
        for (name, value) in answer.headers {
            guard let name = HTTPField.Name(name), !Self.ofOneConnection.contains(name) else { continue }
            headers.append(HTTPField(name: name, value: value))
        }
        let body = try await answer.body.collect(upTo: Self.maximumBody)
        return Response(
            status: HTTPResponse.Status(code: Int(answer.status.code), reasonPhrase: answer.status.reasonPhrase),
            headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// What says how a message travels; client and server write their own.
    private static let ofOneConnection: [HTTPField.Name] = [.connection, .contentLength, .transferEncoding]
    private static let maximumBody = 1 << 20
}
