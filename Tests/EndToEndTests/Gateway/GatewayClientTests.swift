import Foundation
import Testing

@Suite struct `nctsbridge gateway serves` {
    private static let slow = "24GB0000020000113"

    @Test func `curl, in all the ways that it asks`() throws {
        let (simulator, upstream) = try RunningBridge.simulator(GatewayCall.scenario(""))
        let (gateway, url) = try RunningBridge.gateway(upstream)
        for (number, options) in [
            [], ["--http1.0"], ["--http1.1"], ["-H", "Expect: 100-continue"], ["-H", "Transfer-Encoding: chunked"],
            ["--http2"], ["-H", "Connection: close"], ["--compressed"],
        ].enumerated() {
            let answer = try GatewayCall.ask(url, token: "client-\(number)", options)
            #expect(answer == "200 \(GatewayCall.published)", "\(options)")
        }
        // Without waiting a second for leave to send the body: curl tells what it heard.
        let command = GatewayCall.curl(
            url, token: "verbose", ["-H", "Expect: 100-continue", "-D", "-", "-o", "/dev/null"])
        #expect(try Shell.run(command).output.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
        let head = try Shell.run(["curl", "-s", "-I", "-m", "10", url + GatewayCall.path])
        #expect(head.status == 0)
        #expect(head.output.hasPrefix("HTTP/1.1 404"))
        #expect(head.output.contains("X-NCTSBridge: gateway/"))
        #expect(try gateway.end() == 0)
        _ = try simulator.end()
    }

    @Test func `NCTS4's XML to curl`() throws {
        let scratch = try Scratch()
        let (simulator, upstream) = try RunningBridge.simulator(GatewayCall.scenario(""))
        let (gateway, url) = try RunningBridge.gateway(upstream, Samples.context)
        try scratch.write("query.xml", "<transitRequest>\(Samples.query())</transitRequest>")
        let output = try Shell.run([
            "curl", "-s", "-m", "60", url + GatewayCall.path, "-H", "Authorization: Bearer me", "-H",
            "Content-Type: application/xml", "--data-binary", "@" + scratch.path("query.xml"),
        ]).output
        let answer = try scratch.write("answer.xml", output)
        #expect(output.contains("<BalEXP3>50000</BalEXP3>"))
        #expect(output.contains("<MesRecMES6>MDTP-GUA-61406f5f8a1c4d2e9b307f18</MesRecMES6>"))
        // As valid as any answer of NCTS4's.
        #expect(try Bridge.run(["validate", answer]).exitCode == 0)
        #expect(try gateway.end() == 0)
        _ = try simulator.end()
    }

    @Test func `Python's requests, which keep their connection`() throws {
        let (simulator, upstream) = try RunningBridge.simulator(
            GatewayCall.scenario("{grn: \(Self.slow), balance: 7.5, v2: {delay: 2}}"))
        let (gateway, url) = try RunningBridge.gateway(upstream, ["--answer-within", "0.3"])
        let (status, output) = try Shell.run([Shell.python, "-c", Self.program, url, Self.slow])
        #expect(status == 0)
        #expect(
            output.split(separator: "\n").map(String.init) == [
                "200 {'response': {'balance': 262626, 'currency': 'GBP'}}",
                "429 {'code': 'TOO_MANY_REQUESTS', 'message': 'Too many requests'}",
                "400 INVALID_ACCESS_CODE", "404 ''", "413 {'statusCode': 413, 'message': 'Request Entity Too Large'}",
                "202 True", "200 {'balance': 7.5, 'currency': 'GBP', 'status': 'SUCCESS'}", "404 NOT_FOUND",
                "50 answers, all right", "1 connection",
            ])
        #expect(try gateway.end() == 0)
        _ = try simulator.end()
    }

    @Test func `curl over TLS, and no other way`() throws {
        let scratch = try Scratch()
        let made = try Shell.run([
            "openssl", "req", "-x509", "-days", "2", "-subj", "/CN=gateway", "-addext", "subjectAltName=IP:127.0.0.1",
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", scratch.path("key.pem"),
            "-out", scratch.path("certificate.pem"),
        ])
        try #require(made.status == 0)
        let (simulator, upstream) = try RunningBridge.simulator(GatewayCall.scenario(""))
        let (gateway, url) = try RunningBridge.gateway(
            upstream, ["--tls-certificate", scratch.path("certificate.pem"), "--tls-key", scratch.path("key.pem")])
        let trusting = ["--cacert", scratch.path("certificate.pem")]
        #expect(try GatewayCall.ask(url, trusting) == "200 \(GatewayCall.published)")
        #expect(try GatewayCall.ask(url).hasPrefix("000"))
        #expect(try GatewayCall.ask(url, trusting + ["--tls-max", "1.1"]).hasPrefix("000"))
        #expect(try GatewayCall.ask(url.replacing("https", with: "http")).hasPrefix("000"))
        #expect(try gateway.end() == 0)
        _ = try simulator.end()
    }

    private static let program = """
        import sys, time, requests
        url, slow = sys.argv[1], sys.argv[2]
        path = url + "/customs/guarantees/balances"
        session = requests.Session()
        session.trust_env = False
        session.headers["Accept"] = "application/vnd.hmrc.1.0+json"

        def ask(grn="23GB0000010000854", code="AC01", token="me", **more):
            question = {"taxIdentifier": "GB123456789012", "guaranteeReference": grn, "accessCode": code, **more}
            return session.post(path, json=question, headers={"Authorization": "Bearer " + token}, timeout=60)

        answer = ask()
        print(answer.status_code, answer.json())
        answer = ask()
        print(answer.status_code, answer.json())
        answer = ask(code="AC-01", token="you")
        print(answer.status_code, answer.json()["errors"][0]["code"])
        answer = session.head(path)
        print(answer.status_code, repr(answer.text))
        answer = ask(padding="x" * 200000)
        print(answer.status_code, answer.json())
        answer = ask(slow)
        print(answer.status_code, answer.headers["Location"].endswith(answer.json()["balanceId"]))
        location = url + answer.headers["Location"]
        for attempt in range(200):
            answer = session.get(location, headers={"Authorization": "Bearer me"})
            if "response" in answer.json()["request"]:
                break
            time.sleep(0.1)
        print(answer.status_code, answer.json()["request"]["response"])
        answer = session.get(location, headers={"Authorization": "Bearer you"})
        print(answer.status_code, answer.json()["code"])
        answers = [ask(token="client-%d" % number).json()["response"]["balance"] for number in range(50)]
        print(len(answers), "answers, all right" if set(answers) == {262626} else answers)
        pools = session.get_adapter(url).poolmanager.pools
        print(sum(pools[key].num_connections for key in pools.keys()), "connection")
        """
}
