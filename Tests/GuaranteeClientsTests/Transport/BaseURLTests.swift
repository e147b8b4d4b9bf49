import GuaranteeClients
import Testing

@Suite struct `An API's address` {
    @Test(arguments: [
        "https://api.service.hmrc.gov.uk", "https://API.service.hmrc.gov.uk/", "https://localhost:8443",
        "http://127.0.0.1:9000", "http://localhost", "http://[::1]:9000", "http://127.1.2.3",
    ])
    func `is taken`(text: String) throws {
        let url = try BaseURL(text)
        #expect(!url.description.hasSuffix("/"))
        #expect(try BaseURL(url.description) == url)
    }

    @Test(arguments: [
        "http://api.service.hmrc.gov.uk", "http://127.0.0.1.example.com", "http://10.0.0.1", "http://0.0.0.0",
        "http://localhost.example.com", "http://[::2]", "http://127.0.0.256",
    ])
    func `is refused where a token would be read on the way`(text: String) {
        #expect(throws: BaseURLError.self) { try BaseURL(text) }
    }

    @Test(arguments: [
        "", "api.service.hmrc.gov.uk", "ftp://localhost", "https://", "https://host/path", "https://host?x=1",
        "https://host#x", "https://user:secret@host", "file:///etc/passwd",
    ])
    func `is refused where it is none`(text: String) {
        let error = #expect(throws: BaseURLError.self) { try BaseURL(text) }
        #expect(error?.description.contains("secret") == false)
    }

    @Test func `has the port of its scheme where none is told`() throws {
        #expect(try BaseURL("https://host").port == 443)
        #expect(try BaseURL("http://localhost").port == 80)
        #expect(try BaseURL("http://localhost:9000").port == 9000)
        #expect(try BaseURL("http://[::1]:9000").host == "::1")
    }
}
