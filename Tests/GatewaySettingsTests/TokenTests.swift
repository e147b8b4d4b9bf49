import Gateway
import Testing

@Suite struct `Tokens` {
    private let environment = ["MINE": "hunter2", "THEIRS": "hunter3", "NCTSBRIDGE_CLIENT_SECRET": "hunter4"]
    private let mirror = ["primary": "v1=http://localhost:1", "shadow": "v2=http://localhost:2", "evidence": "e"]

    @Test func `are known by where they are`() throws {
        #expect(try load(["token.env": "MINE"], environment: environment).token == .variable("MINE"))
        #expect(try load(["token.file": "/etc/token"]).token == .file("/etc/token"))
        let settings = try GatewaySettings.load(
            flags: mirror.merging(["shadow-token.env": "THEIRS"]) { $1 }, environment: environment)
        guard case .mirrored(let mirror) = settings.service else {
            Issue.record("no mirror")
            return
        }
        #expect(mirror.shadowToken == .variable("THEIRS"))
        #expect(settings.token == nil)
    }

    @Test func `come from one place`() {
        let both = ["token.env": "MINE", "token.file": "a"]
        #expect(
            problems(upstream.merging(both) { $1 }, environment: environment) == [
                "token.file (flag --token-file): there is token.env (flag --token-env) already: "
                    + "a token comes from one place"
            ])
        let shadows = ["shadow-token.env": "THEIRS", "shadow-token.file": "b"]
        #expect(
            problems(mirror.merging(shadows) { $1 }, environment: environment) == [
                "shadow-token.file (flag --shadow-token-file): there is shadow-token.env (flag --shadow-token-env) "
                    + "already: a token comes from one place"
            ])
    }

    @Test func `are there`() {
        for environment in [[:], ["MINE": ""]] {
            #expect(
                problems(upstream.merging(["token.env": "MINE"]) { $1 }, environment: environment)
                    == ["token.env (flag --token-env): the variable that it names is not set, or empty"])
        }
    }

    @Test(arguments: ["hunter2", "4a5b6c7d8e9f", "eyJhbGciOi.eyJzdWIi.Sig-", "Bearer hunter2", "é"])
    func `that stand where their variable's name belongs are not repeated`(token: String) {
        let problems = problems(upstream.merging(["token.env": token]) { $1 })
        #expect(problems.count == 1)
        #expect(problems.first?.contains("hunter2") == false)
        #expect(problems.first?.contains(token) == false)
    }

    @Test func `are never read into settings`() throws {
        let gateways = [
            upstream.merging(["token.env": "MINE", "client-id": "me"]) { $1 },
            mirror.merging(["shadow-token.env": "THEIRS", "client-id": "me"]) { $1 },
        ]
        var dumped = ""
        for flags in gateways {
            let settings = try GatewaySettings.load(flags: flags, environment: environment)
            dumped += settings.effectiveText
            dump(settings, to: &dumped)
        }
        #expect(dumped.contains("MINE"))
        #expect(dumped.contains("THEIRS"))
        #expect(!dumped.contains("hunter"))
    }
}
