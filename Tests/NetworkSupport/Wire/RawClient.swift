import NIOCore
import NIOPosix
package import NIOSSL
package import Translation

/// A client that writes bytes as they are, HTTP or not, and reads what comes back.
package final class RawClient {
    private let wire: Wire
    private var unread: [UInt8] = []

    private init(_ connection: Connection) {
        wire = Wire(connection)
    }

    /// - Parameters:
    ///   - tls: nil: without TLS.
    ///   - reads: whether it takes what comes; one that does not hears nothing.
    package static func connect(
        to port: Int, tls: TLSConfiguration? = nil, reads: Bool = true
    ) async throws -> RawClient {
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        let connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.autoRead, value: reads)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        let tls = try NIOSSLClientHandler(context: context, serverHostname: nil)
                        try channel.pipeline.syncOperations.addHandler(tls)
                    }
                    return try Connection(channel)
                }
            }
        return RawClient(connection)
    }

    package func send(_ text: String) async throws { try await wire.write(text) }

    package func send(_ bytes: [UInt8]) async throws { try await wire.write(bytes) }

    /// Says that nothing more comes; answers still do.
    package func sendEnd() async throws { try await wire.channel.close(mode: .output) }

    package func close() async throws { try await wire.channel.close() }

    /// The next answer; nil where the connection ends before it is whole.
    ///
    /// - Parameter hasBody: false for an answer to `HEAD`.
    package func answer(hasBody: Bool = true) async -> WireAnswer? {
        while true {
            if let (answer, length) = WireAnswer.parsing(unread, hasBody: hasBody) {
                unread.removeFirst(length)
                return answer
            }
            guard let more = await wire.bytes() else { return nil }
            unread += more
        }
    }

    /// All that comes until the end of the connection.
    package func rest() async -> [UInt8] {
        while let more = await wire.bytes() { unread += more }
        defer { unread = [] }
        return unread
    }
}

/// An answer as it came over the wire.
package struct WireAnswer: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    /// The first value of a name, however it is written.
    package subscript(name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// - Returns: nil where it is not whole yet.
    fileprivate static func parsing(_ bytes: [UInt8], hasBody: Bool) -> (answer: WireAnswer, length: Int)? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
        var answer = WireAnswer(status: status, headers: [], body: [])
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            answer.headers.append((String(line[..<colon]), String(value)))
        }
        let length = hasBody ? answer["Content-Length"].flatMap { Int($0) } ?? 0 : 0
        guard bytes.count >= end.upperBound + length else { return nil }
        answer.body = Array(bytes[end.upperBound..<end.upperBound + length])
        return (answer, end.upperBound + length)
    }
}

extension ExchangeRequest {
    /// The request as bytes of HTTP.
    package var raw: [UInt8] {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: gateway\r\n"
        for field in headers.fields { head += "\(field.name): \(field.value)\r\n" }
        if !body.isEmpty { head += "Content-Length: \(body.count)\r\n" }
        return Array((head + "\r\n").utf8) + body
    }
}
