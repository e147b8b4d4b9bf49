import Gateway
import Testing

@Suite struct `A name that is no setting` {
    @Test(arguments: [
        ("limits.conections: 5", "limits.conections", "limits.connections"), ("lisen: a", "lisen", "listen"),
        ("keepIdentifiers: true", "keepIdentifiers", "keep-identifiers"),
        ("connections: 5", "connections", "limits.connections"),
        ("limits: {in_flight: 5}", "limits.in_flight", "limits.in-flight"), ("Listen: a", "Listen", "listen"),
        ("limitz: {body: 5}", "limitz", "limits"), ("time_scale: 2", "time_scale", "time-scale"),
    ])
    func `is told with the nearest that is one`(text: String, name: String, nearest: String) throws {
        #expect(
            try problems(yaml: text + "\n")
                == ["\(name) (gateway.yaml, line 1): is no setting; did you mean \(nearest)?"])
    }

    @Test(arguments: ["password", "x", "token", "ups"])
    func `is told alone where none is near`(name: String) throws {
        let problems = try problems(json: "{\"\(name)\": \"secret\"}")
        #expect(problems.count == 1)
        #expect(problems.first?.contains("secret") == false)
        #expect(problems.first?.contains("did you mean") == false)
    }

    @Test func `may be a group of settings`() throws {
        #expect(
            try problems(yaml: "tls: on\n")
                == ["tls (gateway.yaml, line 1): is a group of settings: tls.certificate, tls.key"])
        #expect(
            try problems(json: #"{"store": {"path": "a"}}"#)
                == ["store (gateway.json, line 1): has a group of settings where one value is wanted"])
    }

    @Test func `is told of variables, and what they hold is not`() {
        #expect(
            problems(environment: [
                "NCTSBRIDGE_GATEWAY_LIMIT_BODY": "hidden", "NCTSBRIDGE_GATEWAY_TOKEN": "hidden",
                "NCTSBRIDGE_GATEWAYS": "x", "NCTSBRIDGE_TOKEN": "x", "NCTSBRIDGE_CLIENT_SECRET": "x",
            ]) == [
                "variable NCTSBRIDGE_GATEWAY_LIMIT_BODY: is no setting; did you mean NCTSBRIDGE_GATEWAY_LIMITS_BODY?",
                "variable NCTSBRIDGE_GATEWAY_TOKEN: is no setting",
            ])
    }

    @Test func `may hold the token that a setting names`() throws {
        let environment = [
            "NCTSBRIDGE_GATEWAY_TOKEN": "hidden", "NCTSBRIDGE_GATEWAY_TOKEN_ENV": "NCTSBRIDGE_GATEWAY_TOKEN",
        ]
        #expect(try load(environment: environment).token == .variable("NCTSBRIDGE_GATEWAY_TOKEN"))
    }

    /// As Kubernetes sets them for services of these names.
    @Test(arguments: ["NCTSBRIDGE_GATEWAY", "NCTSBRIDGE_GATEWAY_ADMIN"])
    func `may come from Kubernetes`(service: String) {
        let ends = [
            "SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_HTTP_ADMIN", "PORT", "PORT_9080_TCP", "PORT_9080_TCP_PROTO",
            "PORT_9080_TCP_PORT", "PORT_9080_TCP_ADDR",
        ]
        let all = Dictionary(uniqueKeysWithValues: ends.map { ("\(service)_\($0)", "x") })
        #expect(problems(environment: all).isEmpty)
        // Without their service they are somebody's mistake.
        for end in ends { #expect(problems(environment: ["\(service)_\(end)": "x"]).count == 1) }
        for end in ["SERVICE", "PORTS", "SERVICE_HOSTS", "HOST"] {
            #expect(problems(environment: all.merging(["\(service)_\(end)": "x"]) { $1 }).count == 1, "\(end)")
        }
    }

    @Test func `is told of flags too`() {
        #expect(
            problems(upstream.merging(["limits-body": "5"]) { $1 })
                == ["limits-body (flag --limits-body): is no setting; did you mean limits.body?"])
    }
}
