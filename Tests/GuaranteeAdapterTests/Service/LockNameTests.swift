import GuaranteeClients
import Testing

@testable import GuaranteeAdapter

@Suite struct `A lock` {
    @Test func `is that of its user and its guarantee, and of no other`() {
        let users: [BearerToken?] = [nil, BearerToken(""), BearerToken("a"), BearerToken("ab")]
        let grns = ["", "b", "bc", "c"]
        let locks = users.flatMap { user in grns.map { Lock(user: user, grn: $0) } }
        #expect(Set(locks).count == locks.count)
        #expect(Lock(user: BearerToken("a"), grn: "bc") == Lock(user: BearerToken("a"), grn: "bc"))
    }

    @Test func `holds neither of them`() {
        let lock = Lock(user: BearerToken("s3cret-token"), grn: "23GB0000010000854")
        var text = ""
        dump(lock, to: &text)
        #expect(!text.contains("s3cret") && !text.contains("23GB"))
        #expect(MemoryLayout<Lock>.size == 16)
    }
}
