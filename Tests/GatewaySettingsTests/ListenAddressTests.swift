import Gateway
import Testing

@Suite struct `An address to listen at` {
    @Test(arguments: [
        ("127.0.0.1:9080", "127.0.0.1", 9080, true), ("localhost:0", "localhost", 0, true),
        ("[::1]:65535", "::1", 65535, true),
        ("0.0.0.0:1", "0.0.0.0", 1, false), ("[::]:80", "::", 80, false),
        ("gateway.example:80", "gateway.example", 80, false),
    ])
    func `is a host and a port`(text: String, host: String, port: Int, isLoopback: Bool) throws {
        let address = try #require(ListenAddress(text))
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address.isLoopback == isLoopback)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", "9080", "localhost", ":9080", "localhost:", "localhost:65536", "localhost:-1", "localhost:+1",
        "localhost:x",
        "::1", "::1:9080", "[]:1", "a b:1", "a\n:1", "localhost:1 ",
    ])
    func `is nothing else`(text: String) { #expect(ListenAddress(text) == nil) }
}
