import ArgumentParser
import Foundation
import GuaranteeClients
import Translation

/// What came of a question: for a person as a table, for a program as JSON.
struct QueryResult {
    private let question: GuaranteeQuestion
    private let api: GuaranteeAPI
    private let base: BaseURL
    private let message: BalanceMessage?
    private let error: ClientError?
    private let exchanges: [Exchange]
    /// The token and the access code: a server may send them back in any place.
    private let secrets: [String]

    init(
        _ answer: Result<ClientAnswer, ClientError>, to question: GuaranteeQuestion, of api: GuaranteeAPI,
        at base: BaseURL,
        masker: Masker, hiding secrets: [String]
    ) {
        self.secrets = secrets
        self.question = question
        self.api = api
        self.base = base
        switch answer {
        case .success(let answer): (message, error) = (answer.message, nil)
        case .failure(let failure): (message, error) = (nil, failure)
        }
        var redaction = Redaction()
        redaction.secrets = secrets
        redaction.spared = question.grn.text
        exchanges = ((try? answer.get().exchanges) ?? error?.exchanges ?? []).map {
            $0.redacted(by: masker, redaction)
        }
    }

    var exitCode: ExitCode {
        if let error {
            switch error.code {
            case .notConnected, .tls, .proxy, .interrupted, .timedOut, .circuitOpen: return Exit.unavailable
            case .invalidQuestion: return ExitCode.validationFailure
            case .token, .unreadable, .expired, .gaveUp, .cancelled, .notRecorded: return Exit.inconclusive
            }
        }
        switch message?.kind {
        case .answer: return .success
        case .refusal: return Exit.rejected
        default: return (exchanges.last?.response?.status ?? 0) >= 500 ? Exit.unavailable : Exit.inconclusive
        }
    }

    private var guarantee: Guarantee? { message?.guarantees.first }

    /// In one word what came.
    private var kind: String { error?.code.rawValue ?? message?.kind.rawValue ?? "" }

    /// The reasons of a refusal or an error, in words.
    private var reasons: [String] {
        guard let message, message.kind != .answer else { return [] }
        let functional = message.reasons.map { reason in
            [reason.type.map { "error \($0)" }, reason.pointer.map { "at \($0)" }, reason.text.map { "(\($0))" }]
                .compactMap(\.self).joined(separator: " ")
        }
        let values = message.valueErrors.compactMap { $0.reason ?? $0.message }
        let words = [message.error.code, message.error.message].compactMap(\.self).joined(separator: ": ")
        let own = functional + values
        return (own.isEmpty && !words.isEmpty ? [words] : own).map(shown)
    }

    /// A text of the server's as it can be shown: without secrets, and without what a terminal would obey.
    private func shown(_ text: String) -> String { Masker.hiding(secrets, in: Terminal.visible(text)) }

    // MARK: - For people

    var table: String {
        var rows: [(String, String)] = [("guarantee", question.grn.text)]
        if question.grn.hasValidCheckDigit == false { rows.append(("note", "the GRN's check digit does not fit")) }
        rows.append(("asked", "\(api) at \(base)"))
        switch (message?.kind, error) {
        case (.answer?, _):
            let balance = [guarantee?.balance?.lexeme, guarantee?.currency.map(shown)].compactMap(\.self)
                .joined(separator: " ")
            rows.append(("balance", balance))
        case (.refusal?, _): rows.append(("refused", message?.condition?.name ?? "for reasons of its own"))
        case (_, let error?): rows.append(("no answer", error.message))
        default: rows.append(("no answer", message?.condition?.name ?? kind))
        }
        rows += reasons.map { ("because", $0) }
        if let last = exchanges.last {
            if let status = last.response?.status { rows.append(("status", String(status))) }
            if let cause = last.throttleCause {
                rows.append(
                    ("throttled", cause == .others ? "not by calls of this program" : "by calls of this program"))
            }
            rows.append(("took", duration))
        }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { $0.0 + String(repeating: " ", count: width - $0.0.count + 2) + $0.1 }.joined(separator: "\n")
    }

    private var duration: String {
        let total = exchanges.reduce(Duration.zero) { $0 + $1.duration }
        let calls = exchanges.count == 1 ? "" : " in \(exchanges.count) calls"
        return "\(total.milliseconds) ms" + calls
    }

    // MARK: - For programs

    var json: String {
        var json = JSONStream()
        json.object { json in
            json.member("api", api.rawValue)
            json.member("url", base.description)
            json.member("grn", question.grn.text)
            json.member("result", kind)
            json.memberIfPresent("balance", guarantee?.balance?.lexeme)
            json.memberIfPresent("currency", guarantee?.currency.map(shown))
            json.memberIfPresent("condition", message?.condition?.name)
            if !reasons.isEmpty { json.array("reasons") { json in reasons.forEach { json.item($0) } } }
            json.memberIfPresent("error", error?.message)
            json.array("exchanges") { json in exchanges.forEach { Self.write($0, to: &json) } }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func write(_ exchange: Exchange, to json: inout JSONStream) {
        json.object { json in
            json.member("method", exchange.method)
            json.member("path", exchange.path)
            json.member("sentAt", exchange.sentAt.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            json.member("milliseconds", Int(exchange.duration.milliseconds))
            switch exchange.outcome {
            case .success(let response):
                json.member("status", response.status)
                json.member("body", String(decoding: response.body, as: UTF8.self))
            case .failure(let error): json.member("failure", error.code.rawValue)
            }
            json.memberIfPresent("throttledBy", exchange.throttleCause?.rawValue)
        }
    }
}
