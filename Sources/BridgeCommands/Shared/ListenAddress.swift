import ArgumentParser

/// Where a server listens: `127.0.0.1:9000`, `[::1]:9000`, `localhost:9000`; port 0 takes a free one.
struct ListenAddress: ExpressibleByArgument, Equatable {
    var host: String
    var port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"), let port = Int(argument[argument.index(after: colon)...]),
            (0...65535).contains(port)
        else { return nil }
        var host = String(argument[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard !host.isEmpty else { return nil }
        self.host = host
        self.port = port
    }

    var defaultValueDescription: String { description(port: port) }

    func description(port: Int) -> String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
