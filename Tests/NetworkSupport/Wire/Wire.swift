import Foundation
package import NIOCore
import NIOPosix
import NIOSSL

/// A connection as a script sees it, mostly a server's: bytes in, bytes out, and the ways to end it.
package final class Wire {
    package let channel: any Channel
    private var inbound: AsyncStream<ByteBuffer>.Iterator
    private var received: [UInt8] = []

    package init(_ connection: Connection) {
        channel = connection.channel
        inbound = connection.received.makeAsyncIterator()
    }

    /// A client's end of a connection to a port of this machine.
    package static func connected(to port: Int) async throws -> Wire {
        Wire(
            try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture { try Connection(channel) }
                })
    }

    /// The next request's head, its blank line included, and its body; nil when the connection ends before one.
    package func request() async -> (head: String, body: [UInt8])? {
        var end = headEnd
        while end == nil {
            guard await receive() else { return nil }
            end = headEnd
        }
        let bodyStart = end ?? 0
        let head = String(decoding: received[..<bodyStart], as: UTF8.self)
        let lengthLine = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length: ") }
        let bodyEnd = bodyStart + (lengthLine.flatMap { Int($0.dropFirst(16)) } ?? 0)
        while received.count < bodyEnd {
            guard await receive() else { return nil }
        }
        defer { received.removeFirst(bodyEnd) }
        return (head, Array(received[bodyStart..<bodyEnd]))
    }

    private var headEnd: Int? { received.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound }

    /// The next bytes; nil at the end of the connection.
    package func bytes() async -> [UInt8]? {
        if received.isEmpty, await !receive() { return nil }
        defer { received = [] }
        return received
    }

    /// All bytes until the other side closes the connection.
    package func rest() async -> [UInt8] {
        while await receive() {}
        defer { received = [] }
        return received
    }

    /// Waits until the other side has closed, or broken, the connection.
    package func end() async {
        while await receive() {}
    }

    package func write(_ text: String) async throws { try await write(Array(text.utf8)) }

    package func write(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

    package func answer(_ body: String = "{}", headers: String = "") async throws {
        try await write("HTTP/1.1 200 OK\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Ends the connection without a word of TLS.
    package func cut() async throws {
        try await channel.eventLoop.flatSubmit { [channel] in
            let pipeline = channel.pipeline.syncOperations
            guard let tls = try? pipeline.context(handlerType: NIOSSLServerHandler.self) else { return channel.close() }
            return tls.close()
        }.get()
    }

    /// Breaks the connection off: the other side sees a reset.
    package func reset() async throws {
        try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await cut()
    }

    private func receive() async -> Bool {
        guard let next = await inbound.next() else { return false }
        received += next.readableBytesView
        return true
    }
}
