import GuaranteeClients
import Testing

@testable import Gateway

@Suite struct `What is asked` {
    private let mirror = ["primary": "v1=http://localhost:1", "shadow": "v2=http://localhost:2", "evidence": "e"]

    private func mirror(with flags: [String: String?]) -> [String: String] {
        mirror.merging(flags.compactMapValues { $0 }) { $1 }.filter { flags[$0.key] != .some(nil) }
    }

    @Test func `is one address, or a mirror's two`() throws {
        #expect(
            try GatewaySettings.load(flags: ["upstream": "https://api.service.hmrc.gov.uk/"]).service
                == .translated(upstream: BaseURL("https://api.service.hmrc.gov.uk")))
        #expect(
            try GatewaySettings.load(flags: mirror(with: ["queue-limit": "5", "keep-identifiers": "true"])).service
                == .mirrored(
                    GatewaySettings.Mirror(
                        primary: BaseURL("http://localhost:1"), shadow: BaseURL("http://localhost:2"), shadowToken: nil,
                        evidenceFile: "e", keepsIdentifiers: true, asksAgain: false, queueLimit: 5)))
    }

    @Test func `is told`() {
        #expect(problems([:]) == ["upstream: is not told: where is v2.0? For a mirror give primary and shadow"])
        #expect(
            problems(mirror(with: ["shadow": nil, "evidence": nil]))
                == ["shadow: is not told: primary (flag --primary) is compared with it: v2=URL"])
        #expect(
            problems(mirror(with: ["primary": nil]))
                == ["primary: is not told: shadow (flag --shadow) is compared with it: v1=URL"])
    }

    @Test func `is not told twice`() {
        let reason = "there is upstream (flag --upstream): give either that, or primary and shadow"
        #expect(
            problems(mirror(with: ["upstream": "http://localhost:3"]))
                == ["primary (flag --primary): \(reason)", "shadow (flag --shadow): \(reason)"])
    }

    @Test(arguments: [
        (
            "primary", "v2=http://localhost:1",
            "v2 is not possible here: it takes v1=URL; v2.0 is served by upstream, or compared as shadow"
        ),
        ("shadow", "v1=http://localhost:1", "v1 is not possible here: it takes v2=URL; v1.0 is a mirror's primary"),
        ("shadow", "v3=http://localhost:1", "v3 is not possible here: it takes v2=URL; v1.0 is a mirror's primary"),
        ("primary", "http://localhost:1", "takes an address with its version: v1=https://…"),
        ("primary", "http://localhost:1?a=b", "takes an address with its version: v1=https://…"),
        ("primary", "v1=ftp://x", "ftp://x is no address like https://api.service.hmrc.gov.uk"),
    ])
    func `of each version stands in its place`(key: String, value: String, problem: String) {
        #expect(problems(mirror(with: [key: value])) == ["\(key) (flag --\(key)): \(problem)"])
    }

    @Test(arguments: ["https://me:hidden@x", "https://me:hid den@x", "hidden@", "https://x/?token=hidden@x"])
    func `is no address with a password, which is not repeated`(address: String) {
        #expect(
            problems(["upstream": address])
                == ["upstream (flag --upstream): an address holds no user and no password"])
    }

    @Test func `that is no address is told once`() {
        #expect(problems(["upstream": "nowhere"]).count == 1)
        #expect(problems(["upstream": "http://api.example"]).count == 1)
    }

    @Test(arguments: ["token.env", "token.file", "holders", "context", "reuse-within", "answer-within"])
    func `by v1.0 itself takes nothing of what the gateway would answer with`(key: String) {
        let value = ["holders": #filePath, "context": #filePath, "token.env": "PATH"][key] ?? "5"
        let found = problems(mirror(with: [key: value]))
        #expect(found.contains { $0.hasPrefix("\(key) (") && $0.contains("goes with upstream") }, "\(found)")
    }

    @Test func `by a mirror leaves evidence`() {
        #expect(
            problems(mirror(with: ["evidence": nil]))
                == ["evidence: is not told: what shadow (flag --shadow) answers is kept there"])
    }

    @Test(arguments: [
        ("evidence", "e"), ("queue-limit", "5"), ("keep-identifiers", "false"), ("shadow-token.env", "THEIRS"),
        ("shadow-token.file", "f"),
    ])
    func `by no mirror has nothing of one`(key: String, value: String) {
        let flag = key.replacing(".", with: "-")
        #expect(
            problems(upstream.merging([key: value]) { $1 }, environment: ["THEIRS": "x"])
                == ["\(key) (flag --\(flag)): goes with a mirror: there is no shadow"])
    }

    @Test func `by another clock is on this machine`() {
        #expect(problems(["upstream": "http://localhost:1", "time-scale": "60"]).isEmpty)
        #expect(
            problems(["upstream": "https://api.example", "time-scale": "60"])
                == [
                    "time-scale (flag --time-scale): is for a simulator on this machine, "
                        + "and https://api.example is not one"
                ])
        #expect(problems(["upstream": "https://api.example", "time-scale": "1"]).isEmpty)
    }
}
