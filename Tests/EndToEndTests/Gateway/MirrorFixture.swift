import Foundation
import TestSupport
import Testing

/// The real binary as a mirror in front of a simulator that it runs too, and clients that ask whatever happens to it.
final class MirrorFixture {
    static let shadowToken = "shadow-token-0815"
    static let clientToken = "client-token-7731"
    /// Seconds of both clocks to a real one, and of the lock: so short that a mirror gets on between two kills.
    static let scale = 20
    static let lock = 5

    let planted: PlantedRun
    /// What the mirror keeps.
    let folder: ScratchFolder
    private let clients: ScratchFolder
    private let simulator: RunningBridge
    private let url: String
    private var port = 0

    init(_ planted: PlantedRun) throws {
        self.planted = planted
        folder = try ScratchFolder()
        clients = try ScratchFolder()
        (simulator, url) = try RunningBridge.simulator(
            planted.scenario(scale: Self.scale, more: "lock: {seconds: \(Self.lock)}"))
    }

    var evidence: String { folder.url.appendingPathComponent("mirror.evidence").path }

    /// Starts the mirror, and waits until it takes connections: at the same port each time.
    func start() throws -> RunningBridge {
        let path = { (name: String) in self.folder.url.appendingPathComponent(name).path }
        let mirror = try RunningBridge(
            [
                "gateway", "--listen", "127.0.0.1:\(port)", "--admin-listen", "off", "--primary", "v1=\(url)",
                "--shadow", "v2=\(url)", "--shadow-token-env", "SHADOW", "--ask-again", "--evidence", evidence,
                "--store", path("mirror.store"), "--key-file", path("mirror.key"), "--access-log", path("access.log"),
                "--time-scale", "\(Self.scale)", "--lock-for", "\(Self.lock)",
            ], environment: ["SHADOW": Self.shadowToken])
        let told = try mirror.wait(for: #"v1.0 is served on http://127\.0\.0\.1:[0-9]+"#)
        port = try #require(told.split(separator: ":").last.flatMap { Int($0) })
        return mirror
    }

    /// Starts clients that ask each question until it is answered, and fetch what is pending.
    func startClients() throws -> Process {
        let questions = planted.pairs.map { pair in
            ["taxIdentifier": pair.tin, "guaranteeReference": pair.grn, "accessCode": pair.accessCode]
        }
        let file = try clients.write("questions.json", JSONSerialization.data(withJSONObject: questions))
        let script = try clients.write("clients.py", Data(Self.clientScript.utf8))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            Shell.python, script.path, file.path, "127.0.0.1:\(port)", Self.clientToken, "\(Self.scale)",
        ]
        process.standardOutput = try clients.handle("answers.ndjson")
        process.standardError = try clients.handle("errors")
        try process.run()
        return process
    }

    /// Each request that a client sent, and its answer's status; nil where none came.
    func requests() throws -> [(grn: String, status: Int?)] {
        #expect(try clients.text("errors") == "")
        return try JSONTree.lines(Data(clients.text("answers.ndjson").utf8)).map {
            ($0["grn"]?.text ?? "", $0["status"]?.count)
        }
    }

    func report() throws -> JSONTree { try JSONTree(Bridge.run(["report", evidence, "--format", "json"]).output) }

    /// What was asked of the simulator.
    func log() throws -> JSONTree { try JSONTree(Shell.run(["curl", "-s", url + "/simulator/log"]).output) }

    private static let clientScript = #"""
        import http.client, json, sys, threading, time

        path, address, token, scale = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])
        questions, lock = json.load(open(path)), threading.Lock()
        headers = {"Accept": "application/vnd.hmrc.1.0+json", "Authorization": "Bearer " + token}

        def send(method, place, question=None):
            """The answer; nothing where the mirror is not there, or goes while it is asked."""
            connection = http.client.HTTPConnection(address, timeout=30)
            try:
                more = {"Content-Type": "application/json"} if question else {}
                connection.request(method, place, json.dumps(question) if question else None, headers | more)
                answer = connection.getresponse()
                return answer.status, answer.getheader("Location"), answer.read()
            except ConnectionRefusedError:
                return None
            except (OSError, http.client.HTTPException):
                return 0, None, b""
            finally:
                connection.close()

        def ask(question):
            while True:
                answer = send("POST", "/customs/guarantees/balances", question)
                if answer is not None:
                    status, place, _ = answer
                    with lock:
                        print(json.dumps({"grn": question["guaranteeReference"], "status": status or None}), flush=True)
                    if status == 202:
                        return fetch(place)
                    if status not in (0, 429):
                        return
                # The lock of a question that went astray has to go first.
                time.sleep(0.05 if answer is None else 8 / scale)

        def fetch(place):
            while True:
                time.sleep(15 / scale)
                answer = send("GET", place)
                if answer and answer[0] == 200 and b"status" in answer[2]:
                    return

        def client():
            while True:
                with lock:
                    if not questions:
                        return
                    question = questions.pop(0)
                ask(question)
                time.sleep(0.05)

        clients = [threading.Thread(target=client) for _ in range(3)]
        for each in clients: each.start()
        for each in clients: each.join()
        """#
}
