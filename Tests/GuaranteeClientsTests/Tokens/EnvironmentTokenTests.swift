import Testing

@testable import GuaranteeClients

@Suite struct `The token of the environment` {
    @Test(arguments: ["abc.DEF-1_2~3+/4==", "  abc.DEF-1_2~3+/4==\r\n", "\tabc.DEF-1_2~3+/4=="])
    func `is what the variable holds, without the white space around it`(text: String) throws {
        let source = try EnvironmentToken("NCTS_TOKEN", in: ["NCTS_TOKEN": text, "OTHER": "x"])
        #expect(try source.token().secret == "abc.DEF-1_2~3+/4==")
        #expect(try source.replacement(for: source.token()) == nil)
    }

    @Test(arguments: [[:], ["NCTS_TOKEN": ""], ["NCTS_TOKEN": " \n"]])
    func `is missing, and the message says which variable`(environment: [String: String]) throws {
        let error = try #require(throws: TokenError.self) { try EnvironmentToken("NCTS_TOKEN", in: environment) }
        #expect(error.code == .missing)
        #expect(error.message.contains("NCTS_TOKEN"))
    }

    @Test(arguments: [
        "Bearer hidden", "hid\nden", "hid\u{7}den", "hid\u{0}den", "\"hidden\"", "hiddén", "hid\u{7F}den",
    ])
    func `is refused where a header would break`(text: String) throws {
        let error = try #require(throws: TokenError.self) { try EnvironmentToken("T", in: ["T": text]) }
        #expect(error.code == .malformed)
        #expect(error.message.contains("variable T "))
        #expect(!error.message.contains("hid"))
    }

    @Test func `can be given by the program itself`() throws {
        let source = FixedToken(BearerToken("abc"))
        #expect(try source.token().secret == "abc")
        #expect(try source.replacement(for: BearerToken("abc")) == nil)
    }
}

@Suite struct `Secrets` {
    @Test func `print as asterisks`() throws {
        let credentials = ClientCredentials(id: "visible", secret: Secret("hidden"))
        var tokens = try TokenValues.tokens(refresh: "hidden")
        tokens.accessToken = BearerToken("hidden")
        for text in ["\(credentials)", "\(tokens)", String(reflecting: credentials), String(reflecting: tokens)] {
            #expect(!text.contains("hidden"))
            #expect(text.contains("****"))
        }
        var dumped = ""
        dump(credentials, to: &dumped)
        dump(tokens, to: &dumped)
        #expect(!dumped.contains("hidden"))
    }

    @Test func `of an application come from the environment`() throws {
        let credentials = try ClientCredentials(id: "me", secretIn: "S", of: ["S": "hidden\n"])
        #expect(credentials == ClientCredentials(id: "me", secret: Secret("hidden")))
        for environment in [[:], ["S": ""]] {
            let error = try #require(throws: TokenError.self) {
                try ClientCredentials(id: "me", secretIn: "S", of: environment)
            }
            #expect(error.code == .missing)
            #expect(error.message.contains("variable S "))
        }
    }
}
