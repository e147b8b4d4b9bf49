package import GuaranteeModel
import JSONMessages

/// Turns what is meant into the HTTP messages that say it, and back: the mapping files between the hub and the wire
/// (contract sections 3 and 4).
package struct ExchangeCodec: Sendable {
    package let mappings: MappingSet
    package let masker: Masker
    /// The headers that mappings have a rule for.
    private let headerNames: [String]
    private let plain: PlainExchanges?

    package init(_ mappings: MappingSet) { self.init(mappings, isPlain: true) }

    /// - Parameter isPlain: whether what is as it should be takes the short way; the answer is the same either way.
    init(_ mappings: MappingSet, isPlain: Bool) {
        self.mappings = mappings
        masker = Masker(mappings)
        plain = isPlain ? PlainExchanges(mappings, masker: masker) : nil
        let prefix = "headers/"
        headerNames = Set(
            mappings.plans.flatMap(\.nodes).map(\.field).filter { $0.hasPrefix(prefix) }.map {
                String($0.dropFirst(prefix.count))
            }
        ).sorted()
    }

    // MARK: - Writing

    /// The request that puts a question: `query` or `stateQuery`. What the version would refuse is asked all the same, for
    /// its refusal is the answer.
    ///
    /// - Throws: `no-counterpart` where the format can't ask it, `missing-context` where a part of the question is missing.
    package func request(saying message: BalanceMessage, in format: MessageFormat) throws(TranslationError)
        -> ExchangeRequest
    {
        if let plain = plain?.write(message, in: format, form: .post), let method = plain.method, let path = plain.path
        {
            return ExchangeRequest(method: method, path: path, headers: plain.headers, body: plain.body)
        }
        let document = try document(saying: message, in: format, isLenient: true)
        return ExchangeRequest(
            method: document.text("method") ?? "GET", path: document.text("path") ?? "/",
            headers: document.headers, body: document.body)
    }

    /// The answer that says a message.
    ///
    /// - Parameters:
    ///   - form: the shape of v1.0's answers: to the `POST`, or to the `GET` after a pending one.
    ///   - spelling: whose spelling is written where service and specification differ.
    ///   - isLenient: whether what the format would not take is written all the same: a GRN of another country.
    /// - Throws: `no-counterpart` where the format can't say it, `missing-context` where a part of it is missing.
    package func response(
        saying message: BalanceMessage, in format: MessageFormat, form: TranslationOptions.Form = .post,
        spelling: SpellingSource = .service, isLenient: Bool = false
    ) throws(TranslationError) -> ExchangeResponse {
        if let plain = plain?.write(message, in: format, form: form), let status = plain.status {
            return ExchangeResponse(status: status, headers: plain.headers, body: plain.body)
        }
        let document = try document(
            saying: message, in: format, form: form, spelling: spelling, isLenient: isLenient)
        return ExchangeResponse(
            status: document.text("status").flatMap { Int($0) } ?? 500, headers: document.headers, body: document.body)
    }

    private func document(
        saying hub: BalanceMessage, in format: MessageFormat, form: TranslationOptions.Form = .post,
        spelling: SpellingSource = .service, isLenient: Bool = false
    ) throws(TranslationError) -> WireTree {
        let row = hub.condition.flatMap { mappings.conditions.row(of: $0) }
        let choice = MessageChoice(mappings: mappings, target: format, form: form)
        var job = MessageWriter.Job(hub: hub, supply: Supply(), row: row)
        job.spelling = spelling
        job.isLenient = isLenient
        do {
            let plan = try choice.plan(saying: hub, row)
            choice.fillLists(of: &job, for: plan)
            return try MessageWriter(plan: plan, job: job, generator: nil).write().message.tree
        } catch {
            throw TranslationError(error.code, error.message)
        }
    }

    /// A refusal or an error that means a condition of the table, by the condition's name; nil where there is no such row.
    package func message(meaning condition: String, words: ErrorWords = ErrorWords()) -> BalanceMessage? {
        guard let row = mappings.conditions.row(of: Condition(condition)) else { return nil }
        var message = BalanceMessage(kind: row.kind)
        message.condition = row.condition
        message.error = words
        return message
    }

    /// The functional errors that say a condition where none were read.
    package func reasons(for condition: Condition) -> [FunctionalError] {
        var message = BalanceMessage(kind: .refusal)
        for (index, item) in (mappings.conditions.row(of: condition)?.lists[.reasons]?.write ?? []).enumerated() {
            for (field, text) in item { message[field, index] = text }
        }
        return message.reasons
    }

    // MARK: - Reading

    /// What an answer means: read as leniently as `--lenient` reads, but for its status, and for where it stands: what lies
    /// inside something else is no answer. An error in words that nobody knows is taken by its code, where the code and the
    /// status mean one thing, else by its status.
    ///
    /// - Throws: `malformed-json`, `encoding` or `too-large` where the body is no JSON, `unknown-message` where it is none
    ///   of the format's answers, `schema` where it lacks what the message must have, or its status is another's.
    package func message(in response: ExchangeResponse, of format: MessageFormat) throws(TranslationError)
        -> BalanceMessage
    {
        do {
            return try knownMessage(in: response, of: format)
        } catch {
            if let message = messageByCode(in: response, of: format) { return message }
            guard let name = Self.condition(of: response.status), let message = message(meaning: name) else {
                throw error
            }
            return message
        }
    }

    /// What an error's code and status say without its words; nil where several conditions have them.
    private func messageByCode(in response: ExchangeResponse, of format: MessageFormat) -> BalanceMessage? {
        guard let tree = try? exchange(response) else { return nil }
        let status = String(response.status)
        for plan in mappings.plans where plan.format == format {
            guard case .condition = plan.file.meaning,
                let place = plan.nodes.first(where: { $0.rule.binding?.field == .errorCode }),
                let node = FieldPath(place.field).node(in: tree), tree.nodes[node].kind == .string
            else { continue }
            let code = tree.text(of: node)
            let rows = mappings.conditions.rows.filter { row in
                row.expressions[format]?.spellings.contains { $0.code == code && $0.status == status } ?? false
            }
            if rows.count == 1 { return message(meaning: rows[0].condition.name) }
        }
        return nil
    }

    /// What the status of an error tells by itself.
    private static func condition(of status: Int) -> String? {
        switch status {
        case 401: "invalid-credentials"
        case 403: "resource-forbidden"
        case 429: "throttled"
        case 503: "unavailable"
        case 504: "gateway-timeout"
        case 500...: status == 501 ? nil : "server-error"
        default: nil
        }
    }

    private func knownMessage(in response: ExchangeResponse, of format: MessageFormat) throws(TranslationError)
        -> BalanceMessage
    {
        if let answer = plain?.answer(in: response, of: format) { return answer }
        var options = TranslationOptions(target: format)
        options.source = format
        options.isLenient = true
        let tree = try exchange(response)
        let reading = try Translator(mappings: mappings, masker: masker, options: options).read(tree)
        guard reading.messageNodes == [WireTree.root], reading.hub.kind != .query, reading.hub.kind != .stateQuery
        else {
            throw TranslationError(.unknownMessage, "is no answer that the toolkit knows")
        }
        if let problem = reading.remarks.first(where: { $0.severity == .error }) {
            throw TranslationError(.schema, at: problem.place, path: problem.path, problem.message)
        }
        if let node = reading.plan.node(at: "status"),
            case .constant(let status)? = reading.plan.nodes[node].rule.sources.first, status != String(response.status)
        {
            throw TranslationError(.schema, path: "/status", "is not \(status), which the answer goes with")
        }
        return reading.hub
    }

    /// An answer as one JSON object. The body is read by itself first: it can't reach beyond its place.
    private func exchange(_ response: ExchangeResponse) throws(TranslationError) -> WireTree {
        if !response.body.isEmpty { _ = try parse(response.body) }
        var json = JSONStream()
        json.object { json in
            json.member("status", response.status)
            json.object("headers") { json in
                for name in headerNames { json.memberIfPresent(name, response.headers[name]) }
            }
            if !response.body.isEmpty {
                let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
                json.member(
                    "body", raw: response.body.starts(with: mark) ? response.body.dropFirst(3) : response.body[...])
            }
        }
        return try parse(json.bytes)
    }

    func parse(_ body: [UInt8]) throws(TranslationError) -> WireTree {
        do throws(JSONError) {
            guard let plain else { return try PlainExchanges.reader.read(body) }
            return try plain.tree(of: body)
        } catch {
            throw TranslationError(error)
        }
    }
}

extension WireTree {
    /// The text of a member of the root.
    fileprivate func text(_ name: String) -> String? { child(name, of: Self.root).map { text(of: $0) } }

    fileprivate var headers: HeaderFields {
        var fields = HeaderFields()
        if let headers = child("headers", of: Self.root) {
            for header in children(of: headers) { fields.append(name(of: header), text(of: header)) }
        }
        return fields
    }

    /// The body as it goes over the wire; empty where the message has none.
    fileprivate var body: [UInt8] {
        child("body", of: Self.root).map { JSONWriter.bytes(of: self, node: $0) } ?? []
    }
}
