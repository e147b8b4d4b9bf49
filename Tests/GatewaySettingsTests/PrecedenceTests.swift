import Gateway
import GuaranteeClients
import Logging
import Testing

@Suite struct `Of a setting that is told in several places` {
    private let variable = ["NCTSBRIDGE_GATEWAY_LIMITS_CONNECTIONS": "200"]
    private let flag = ["limits.connections": "100"]

    @Test func `the flag counts before the variable, that before the file, that before the default`() throws {
        #expect(try load().limits.connections == 2000)
        try withFile("gateway.yaml", "limits:\n  connections: 300\n") { path throws in
            let file = try load(file: path)
            #expect(file.limits.connections == 300)
            #expect(file.effective("limits.connections") == "300 (\(path), line 2)")
            let environment = try load(environment: variable, file: path)
            #expect(environment.limits.connections == 200)
            #expect(
                environment.effective("limits.connections")
                    == "200 (variable NCTSBRIDGE_GATEWAY_LIMITS_CONNECTIONS)")
            let all = try load(flag, environment: variable, file: path)
            #expect(all.limits.connections == 100)
            #expect(all.effective("limits.connections") == "100 (flag --limits-connections)")
        }
    }

    @Test func `the first is checked, for the others do nothing`() throws {
        try withFile("gateway.yaml", "limits: {connections: many}\n") { path throws in
            #expect(try load(environment: variable, file: path).limits.connections == 200)
            #expect(
                problems(file: path) == [
                    "limits.connections (\(path), line 1): many is no whole number in plain digits"
                ])
        }
        #expect(
            problems(upstream.merging(["limits.connections": "0"]) { $1 }, environment: variable)
                == ["limits.connections (flag --limits-connections): 0 is not from 1 to 100000"])
    }

    @Test func `a switch can be turned back`() throws {
        try withFile("gateway.yaml", "insecure-listen: true\n") { path throws in
            #expect(try load(file: path).isInsecureListenAllowed)
            #expect(try !load(["insecure-listen": "false"], file: path).isInsecureListenAllowed)
        }
    }
}

@Suite struct `What nobody tells` {
    @Test func `has a default`() throws {
        let settings = try load()
        #expect(settings.listen == ListenAddress(host: "127.0.0.1", port: 9080))
        #expect(settings.adminListen == ListenAddress(host: "127.0.0.1", port: 9081))
        #expect(settings.service == .translated(upstream: try BaseURL("http://127.0.0.1:9000")))
        #expect(settings.tls == nil)
        #expect(settings.token == nil)
        #expect(settings.transportLimits == TransportLimits())
        #expect(settings.reuseWithin == .zero)
        #expect(settings.answerWithin == .seconds(15))
        #expect(settings.keepFor == .seconds(3600))
        #expect(settings.lockFor == .seconds(60))
        #expect(settings.storeFile == nil)
        #expect(settings.keyFile == nil)
        #expect(settings.limits.body == 102_400)
        #expect(settings.limits.headers == 16_384)
        #expect(settings.limits.inFlight == 1000)
        #expect(settings.limits.request == .seconds(10))
        #expect(settings.limits.idle == .seconds(75))
        #expect(settings.limits.drain == .seconds(30))
        #expect(settings.accessLog == .standardOutput)
        #expect(settings.logLevel == .info)
        #expect(settings.timeScale == 1)
    }

    @Test func `may follow from something else`() throws {
        #expect(try load(["store": "/var/lib/gateway"]).keyFile == "/var/lib/gateway.key")
        #expect(try load(["store": "/var/lib/gateway"]).effective("key-file") == "/var/lib/gateway.key (default)")
        #expect(try load(["store": "a", "key-file": "b"]).keyFile == "b")
    }
}
