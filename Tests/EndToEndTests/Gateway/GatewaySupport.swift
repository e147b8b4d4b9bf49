import Foundation

extension RunningBridge {
    /// A gateway on a free port, with no operators' page; its access log is its standard output.
    static func gateway(
        _ upstream: String, _ options: [String] = [], environment: [String: String] = [:]
    ) throws -> (bridge: RunningBridge, url: String) {
        let bridge = try RunningBridge(
            GatewayCall.arguments(upstream, options), environment: GatewayCall.environment.merging(environment) { $1 })
        let line = try bridge.wait(for: #"v1\.0 is served on https?://127\.0\.0\.1:[0-9]+"#)
        return (bridge, String(line.dropFirst("v1.0 is served on ".count)))
    }
}

enum GatewayCall {
    static let path = "/customs/guarantees/balances"
    static let published = #"{"response":{"balance":262626,"currency":"GBP"}}"#
    /// Settings that this machine may have of its own are none of the tests'.
    static let environment = Dictionary(
        ProcessInfo.processInfo.environment.keys.filter { $0.hasPrefix("NCTSBRIDGE_") }.map { ($0, "") },
        uniquingKeysWith: { first, _ in first })

    static func arguments(_ upstream: String, _ options: [String]) -> [String] {
        ["gateway", "--upstream", upstream, "--listen", "127.0.0.1:0", "--admin-listen", "off"] + options
    }

    /// What `curl` needs to put a question.
    static func curl(
        _ url: String, grn: String = "23GB0000010000854", token: String = "me", _ options: [String] = []
    ) -> [String] {
        ["curl", "-s", "-m", "60", url + path] + headers(token) + options + [
            "-H", "Content-Type: application/json", "--data-raw", Samples.jsonQuery(grn: grn),
        ]
    }

    static func headers(_ token: String) -> [String] {
        ["-H", "Authorization: Bearer \(token)", "-H", "Accept: application/vnd.hmrc.1.0+json"]
    }

    /// Asks, and returns the answer's body, with the status and a blank before it.
    static func ask(
        _ url: String, grn: String = "23GB0000010000854", token: String = "me", _ options: [String] = []
    ) throws -> String {
        let text = try Shell.run(curl(url, grn: grn, token: token, ["-w", "\\n%{http_code}"] + options)).output
        return statusFirst(text)
    }

    /// Asks for a pending answer.
    static func fetch(_ url: String, token: String = "me") throws -> String {
        statusFirst(try Shell.run(["curl", "-s", "-m", "60", url, "-w", "\\n%{http_code}"] + headers(token)).output)
    }

    private static func statusFirst(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return "\(lines.last ?? "") " + lines.dropLast().joined(separator: "\n")
    }

    /// A scenario without the platform's limit.
    static func scenario(_ guarantees: String) -> String {
        "published: true\nplatform: {callsPerSecond: 0}\nguarantees: [\(guarantees)]\n"
    }
}
