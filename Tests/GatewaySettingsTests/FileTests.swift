import Foundation
import Gateway
import Testing

@Suite struct `A file of settings` {
    @Test(arguments: [
        ("a.yaml", "limits:\n  body: 2048\n  in-flight: 3\n"), ("a.yml", "limits.body: 2048\nlimits.in-flight: 3\n"),
        ("a.conf", "---\n# Small.\nlimits: {body: 2048, \"in-flight\": 3}\n"),
        ("a.json", #"{"limits": {"body": 2048, "in-flight": 3}}"#),
        ("A.JSON", #"{"limits.body": 2048, "limits": {"in-flight": 3}}"#),
        ("a.yaml", "\u{FEFF}limits: &small {body: 2048}\r\nlimits.in-flight: 3\r\n"),
    ])
    func `holds keys nested or dotted, in YAML or JSON`(name: String, text: String) throws {
        try withFile(name, text) { path throws in
            let settings = try load(file: path)
            #expect(settings.limits.body == 2048)
            #expect(settings.limits.inFlight == 3)
        }
    }

    @Test(arguments: ["", "\n\n", "# limits:\n#   body: 2048\n", "---\n  # nothing yet\n"])
    func `may hold nothing yet`(text: String) throws {
        let settings = try withFile("a.yaml", text) { try load(file: $0) }
        #expect(settings.limits.body == 102_400)
    }

    @Test func `keeps the words that YAML takes for something else`() throws {
        let text = "client-id: 0010\nadmin.listen: off\naccess-log: no\nstore: 1e3\nlog-level: error\n"
        try withFile("a.yaml", text) { path throws in
            let settings = try load(file: path)
            #expect(settings.clientID == "0010")
            #expect(settings.adminListen == nil)
            #expect(settings.accessLog == .file("no"))
            #expect(settings.storeFile == "1e3")
        }
    }

    @Test func `that is not there is told beside what is wrong elsewhere`() {
        #expect(
            problems(["listen": "here"], environment: ["NCTSBRIDGE_GATEWAY_LOG_LEVEL": "loud"], file: "/none/a.yaml")
                == [
                    "/none/a.yaml: the file can't be read",
                    "listen (flag --listen): here is no address and port like 127.0.0.1:9080 or [::1]:9080",
                    "log-level (variable NCTSBRIDGE_GATEWAY_LOG_LEVEL): loud is none of trace, debug, info, notice, "
                        + "warning, error, critical",
                ])
    }

    @Test(arguments: [
        ("listen: [\n", "gateway.yaml, line 2: is no YAML: did not find expected node content"),
        ("access-log: -\n", "gateway.yaml, line 1: is no YAML: block sequence entries are not allowed in this context"),
        ("- listen\n", "gateway.yaml, line 1: a mapping of keys to values is expected here"),
        ("listen\n", "gateway.yaml, line 1: a mapping of keys to values is expected here"),
        ("a: 1\n---\nb: 2\n", "gateway.yaml, line 2: is no YAML: but found another document"),
    ])
    func `that is no YAML is told with its line`(text: String, problem: String) throws {
        #expect(try problems(yaml: text) == [problem])
    }

    @Test func `that is no JSON is told with its line, and without what stands there`() throws {
        let told = try problems(json: "{\"listen\": \"hunter2\",\n \"store\": hunter2}")
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix("gateway.json, line 2: is no JSON: ") == true)
        #expect(told.first?.contains("hunter2") == false)
        #expect(try problems(json: "[1]") == ["gateway.json, line 1: holds no object of settings"])
    }

    @Test func `may be no file of a disk, and is no folder`() throws {
        #expect(try load(file: "/dev/null").limits.body == 102_400)
        #expect(problems(file: "/tmp") == ["/tmp: the file can't be read"])
    }

    @Test func `is a text`() throws {
        try withFile("a.yaml", "") { path throws in
            try Data([0x61, 0x3A, 0x20, 0xFF]).write(to: URL(fileURLWithPath: path))
            #expect(problems(file: path) == ["\(path): is no text in UTF-8"])
        }
    }

    @Test(arguments: [
        ("limits.body: [[1]]\nfoo: 1\n", ["limits.body", "foo"]), ("foo: [[1], {a: 1}]\n", ["foo"]),
        ("foo: {bar: [{}]}\nstore: {}\n", ["foo", "store"]),
    ])
    func `with lists of lists is told by its keys, and nothing is missing that may be there`(
        text: String, keys: [String]
    ) throws {
        try withFile("a.yaml", text) { path throws in
            let error = try #require(throws: SettingsProblems.self) { try GatewaySettings.load(file: path) }
            #expect(Set(error.problems.compactMap(\.key)) == Set(keys))
            #expect(error.problems.count == keys.count)
        }
    }

    @Test func `says nothing twice`() throws {
        #expect(
            try problems(yaml: "listen: localhost:1\nstore: a\nlisten: localhost:2\n")
                == ["gateway.yaml, line 1: \"listen\" stands here twice"])
        #expect(
            try problems(yaml: "limits:\n  body: 2048\n\nlimits.body: 4096\n")
                == ["limits.body (gateway.yaml, line 4): stands twice: it is in gateway.yaml, line 2 too"])
        let json = try problems(json: "{\"store\": \"a\",\n\"store\": \"b\"}")
        #expect(json.count == 1)
        #expect(json.first?.hasPrefix("gateway.json, line 2: is no JSON: ") == true)
        #expect(json.first?.contains("store") == true)
    }
}
