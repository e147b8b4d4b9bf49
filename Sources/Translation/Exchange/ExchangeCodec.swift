package import GuaranteeModel
import JSONMessages

/// Turns what is meant into the HTTP messages that say it, and back: the mapping files between the hub and the wire
/// (contract sections 3 and 4).
package struct ExchangeCodec: Sendable {
    package let mappings: MappingSet
    package let masker: Masker
    /// The headers that mappings have a rule for.
    private let headerNames: [String]

    package init(_ mappings: MappingSet) {
        self.mappings = mappings
        masker = Masker(mappings)
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

    // MARK: - Reading

    /// What an answer means: read as leniently as `--lenient` reads.
    ///
    /// - Throws: `malformed-json`, `encoding` or `too-large` where the body is no JSON, `unknown-message` where it is none
    ///   of the format's messages, `schema` where it lacks what the message must have.
    package func message(in response: ExchangeResponse, of format: MessageFormat) throws(TranslationError)
        -> BalanceMessage
    {
        var tree = WireTree(syntax: .json)
        tree.begin(.group, name: "")
        tree.leaf(.number, name: "status", text: String(response.status))
        tree.begin(.group, name: "headers")
        for name in headerNames {
            if let value = response.headers[name] { tree.leaf(.string, name: name, text: value) }
        }
        tree.end()
        if !response.body.isEmpty { tree.graft(try Self.parse(response.body), WireTree.root, named: "body") }
        tree.end()
        var options = TranslationOptions(target: format)
        options.source = format
        options.isLenient = true
        let reading = try Translator(mappings: mappings, masker: masker, options: options).read(tree)
        if let problem = reading.remarks.first(where: { $0.severity == .error }) {
            throw TranslationError(.schema, at: problem.place, path: problem.path, problem.message)
        }
        return reading.hub
    }

    static func parse(_ body: [UInt8]) throws(TranslationError) -> WireTree {
        do {
            return try JSONReader(duplicates: .keepLast).read(body)
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
        guard let body = child("body", of: Self.root) else { return [] }
        var bytes: [UInt8] = []
        JSONWriter.write(self, node: body, into: &bytes)
        return bytes
    }
}
