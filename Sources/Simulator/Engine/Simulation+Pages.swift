import Foundation
import Translation

/// What is not of the two APIs: the authorisation server, and the simulator's own log.
extension Simulation {
    mutating func authorisationPage(_ request: ExchangeRequest, at now: Duration) -> Reaction? {
        let (path, query) = Self.divided(request.path)
        switch (request.method, path) {
        case ("GET", "/oauth/authorize"):
            guard let address = authorisation.authorise(Self.form(query), at: now) else {
                return oauthError(
                    .init(status: 400, error: "invalid_request", description: "the question is incomplete"))
            }
            return Reaction(ExchangeResponse(status: 303, headers: ["Location": address]))
        case ("POST", "/oauth/token"):
            calls[.oauth, default: 0] += 1
            let fault = scenario.faults.first {
                $0.applies(to: .oauth, $0.stage, "POST", call: calls[.oauth] ?? 0, at: now)
            }?.plan
            var entry = LoggedCall(at: timestamp(now), seconds: now.inSeconds, method: "POST", path: path)
            entry.api = "oauth"
            entry.fault = fault == nil ? nil : "platform"
            var reaction: Reaction
            if let fault, fault.decides {
                reaction = planted(fault, .v2JSON, at: now)
            } else {
                switch authorisation.grant(Self.form(String(decoding: request.body, as: UTF8.self)), at: now) {
                case .success(let body):
                    let headers: HeaderFields = ["Content-Type": "application/json", "Cache-Control": "no-store"]
                    reaction = Reaction(ExchangeResponse(status: 200, headers: headers, body: body))
                case .failure(let error): reaction = oauthError(error)
                }
                if let fault { hinder(&reaction, as: fault) }
            }
            return logged(reaction, as: entry, at: now)
        default: return nil
        }
    }

    private func oauthError(_ error: AuthorisationServer.TokenError) -> Reaction {
        var json = JSONStream()
        json.object { json in
            json.member("error", error.error)
            json.member("error_description", error.description)
        }
        return Reaction(
            ExchangeResponse(status: error.status, headers: ["Content-Type": "application/json"], body: json.bytes))
    }

    /// `GET /simulator/log`, with `?after=N` from the N-th call on.
    func simulatorPage(_ request: ExchangeRequest) -> Reaction? {
        let (path, query) = Self.divided(request.path)
        guard request.method == "GET", path == "/simulator/log" else { return nil }
        let body = log.json(after: Self.form(query)["after"].flatMap { Int($0) } ?? 0)
        return Reaction(ExchangeResponse(status: 200, headers: ["Content-Type": "application/json"], body: body))
    }

    private static func divided(_ path: String) -> (path: String, query: String) {
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }

    /// The names and values of a form or a query.
    private static func form(_ text: String) -> [String: String] {
        var form: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.map { $0.replacing("+", with: " ").removingPercentEncoding ?? String($0) }
            form[decoded[0]] = decoded.count > 1 ? decoded[1] : ""
        }
        return form
    }
}
