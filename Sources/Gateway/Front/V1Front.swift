import Foundation
package import GuaranteeAdapter
package import GuaranteeClients
package import Logging
package import Translation

/// v1.0 as its clients know it: requests in, answers out, as contract section 3 has them. It knows no socket.
package struct V1Front: RequestHandler {
    let codec: ExchangeCodec
    let service: BalanceService
    private let routes: ExchangeRoutes
    private let checks: RequestChecks
    private let xml: XMLFace?
    /// Whether a client must bring a token: where it is passed on.
    private let needsToken: Bool
    package let mark: String
    private let logger: Logger

    /// - Parameters:
    ///   - conversation: nil: XML is not taken.
    ///   - needsToken: whether clients' tokens are passed on.
    package init(
        _ service: BalanceService, codec: ExchangeCodec, conversation: XMLConversation?, needsToken: Bool,
        version: String, time: Timekeeper = .system, logger: Logger = Logger(label: "nctsbridge.gateway")
    ) {
        self.codec = codec
        self.service = service
        self.needsToken = needsToken
        mark = "gateway/\(version)"
        self.logger = logger
        routes = ExchangeRoutes(codec.mappings)
        checks = RequestChecks(codec)
        xml = conversation.map { XMLFace($0, time: time) }
    }

    package func answer(_ request: ExchangeRequest, _ reply: @escaping @Sendable (FrontAnswer) -> Void) async {
        guard let route = routes.match(method: request.method, path: request.path), route.format == .v1JSON else {
            let path = String(request.path.prefix { $0 != "?" })
            return reply(told(checks.frameworkError(404, "URI not found", requested: path), .unknown))
        }
        if route.kind == .stateQuery { return reply(await state(request, id: route.named ?? "")) }
        let question: Question
        switch XMLFace.isXML(request) && xml != nil ? questionInXML(request) : questionInJSON(request) {
        case .refused(let answer): return reply(answer)
        case .put(let put): question = put
        }
        await service.ask(question.put) { reply(answer($0, to: question)) }
    }

    // MARK: - POST

    /// A question, and the message that put it where its answer refers to that.
    private struct Question {
        var put: BalanceQuestion
        var message: Reading?
    }

    private enum Asked {
        case put(Question)
        case refused(FrontAnswer)
    }

    private func questionInJSON(_ request: ExchangeRequest) -> Asked {
        let body: WireTree
        switch checks.body(of: request) {
        case .success(let tree): body = tree
        case .failure(let refused): return .refused(told(refused.message, .submit))
        }
        let token = BearerToken(of: request)
        if let refusal = refusal(of: request, token) { return .refused(told(refusal, .submit)) }
        switch checks.v1Query(in: body) {
        case .failure(let refused): return .refused(told(refused.message, .submit))
        case .success(let query): return .put(Question(put: BalanceQuestion(query, .json, token: token)))
        }
    }

    private func questionInXML(_ request: ExchangeRequest) -> Asked {
        guard let xml else { return .refused(told(nil, .submit)) }
        guard request.body.count <= RequestChecks.maximumBody else {
            return .refused(told(checks.frameworkError(413, "Request Entity Too Large"), .submit))
        }
        let reading: Reading
        do throws(TranslationError) { reading = try xml.conversation.query(in: request.body) } catch {
            var error = error
            // A name that was cut short, or runs on, may be a value's.
            if error.code == .malformedXML { error.message = "is no XML from there on" }
            return .refused(told(checks.frameworkError(400, "Invalid XML: \(error)"), .submit))
        }
        let token = BearerToken(of: request)
        // What a client of XML accepts was never asked.
        if needsToken, token == nil {
            return .refused(told(codec.message(meaning: "missing-credentials"), .submit))
        }
        let put = BalanceQuestion(reading, token: token, original: request.body)
        let question = Question(put: put, message: reading)
        if let refusal = XMLFace.refusal(ofLacking: reading.hub) {
            return .refused(answer(BalanceAnswer(own: refusal), to: question))
        }
        return .put(question)
    }

    private func answer(_ answer: BalanceAnswer, to question: Question) -> FrontAnswer {
        var written: FrontAnswer
        if let message = question.message, let xml {
            written = self.written(answer.message, to: message, .submit, stamp: xml.stamp())
        } else {
            written = told(answer.message, .submit)
        }
        written.form = question.put.form
        written.origin = answer.origin
        written.waited = answer.waited
        if let age = answer.age { written.response.headers["Age"] = String(age.components.seconds) }
        return written
    }

    // MARK: - GET

    private func state(_ request: ExchangeRequest, id: String) async -> FrontAnswer {
        guard UUID(uuidString: id) != nil else {
            return told(checks.frameworkError(400, "bad request, cause: REDACTED"), .state)
        }
        let token = BearerToken(of: request)
        let wantsXML = xml != nil && XMLFace.wantsXML(request)
        if let refusal = refusal(of: request, token, isXML: wantsXML) { return told(refusal, .state) }
        let found: BalanceState?
        do { found = try await service.state(of: id, token: token) } catch {
            logger.error("a pending question can't be read", metadata: ["why": "\(error)"])
            return told(codec.message(meaning: "server-error"), .state)
        }
        guard let found else {
            let words = ErrorWords(message: "The balance request with ID \(id) was not found")
            return told(codec.message(meaning: "request-not-found", words: words), .state)
        }
        // An error of the service is told alike, whoever asks.
        guard let message = found.told else {
            var answer = told(codec.message(meaning: "server-error"), .state)
            answer.form = found.question.form
            return answer
        }
        if wantsXML, found.question.form == .xml, let original = found.question.original, let xml,
            let reading = try? xml.conversation.query(in: original)
        {
            var pending = BalanceMessage(kind: .pending)
            pending.balanceID = found.id
            var answer = written(found.message ?? pending, to: reading, .state, stamp: xml.stamp(of: found))
            answer.form = .xml
            return answer
        }
        var answer = self.state(message, of: found)
        answer.form = found.question.form
        return answer
    }

    /// A state in JSON. What was asked in XML may be more than JSON's state has words for, as several guarantees, or no TIN:
    /// then it is told in XML alone.
    private func state(_ message: BalanceMessage, of found: BalanceState) -> FrontAnswer {
        let response = try? codec.response(saying: message.worded.withPlainAmounts, in: .v1JSON, form: .get)
        if response?.status == 200, found.question.guarantees.count == 1 { return told(message, .state, form: .get) }
        return told(codec.message(meaning: found.question.form == .xml ? "accept-header" : "server-error"), .state)
    }

    /// Authorisation and Accept: what `POST` and `GET` check alike.
    private func refusal(of request: ExchangeRequest, _ token: BearerToken?, isXML: Bool = false) -> BalanceMessage? {
        if needsToken, token == nil { return codec.message(meaning: "missing-credentials") }
        return isXML || checks.accepts(request, .v1JSON) ? nil : codec.message(meaning: "accept-header")
    }

    // MARK: - Answers

    /// The answer in JSON that says a message; what v1.0 can't say was its 500.
    private func told(
        _ message: BalanceMessage?, _ route: FrontAnswer.Route, form: TranslationOptions.Form = .post
    ) -> FrontAnswer {
        var message = (message ?? BalanceMessage(kind: .serviceError)).worded.withPlainAmounts
        var response: ExchangeResponse?
        do throws(TranslationError) {
            response = try codec.response(saying: message, in: .v1JSON, form: form)
        } catch {
            logger.error("v1.0 can't say what v2.0 answered", metadata: ["why": "\(error.message)"])
            message = codec.message(meaning: "server-error") ?? message
            response = try? codec.response(saying: message, in: .v1JSON)
        }
        var answer = FrontAnswer(response ?? ExchangeResponse(status: 500), route)
        answer.response.headers["Cache-Control"] = Self.noCache
        answer.outcome = message.outcome
        return answer
    }

    /// The answer to a query in XML: a message where XML has one, v1.0's JSON where it has none.
    private func written(
        _ message: BalanceMessage, to query: Reading, _ route: FrontAnswer.Route, stamp: XMLFace.Stamp
    ) -> FrontAnswer {
        if message.kind == .pending {
            // Told as in JSON: XML had no message for it.
            var answer = told(message, route)
            answer.response.status = 202
            return answer
        }
        guard message.kind == .answer || message.kind == .refusal, let xml else { return told(message, route) }
        do throws(TranslationError) {
            let written = try xml.answer(saying: message, to: query, stamp: stamp)
            var answer = FrontAnswer(ExchangeResponse(status: 200, headers: written.headers, body: written.body), route)
            answer.response.headers["Cache-Control"] = Self.noCache
            answer.outcome = message.outcome
            return answer
        } catch {
            logger.error("XML can't say what v2.0 answered", metadata: ["why": "\(error.message)"])
            return told(codec.message(meaning: "server-error"), route)
        }
    }

    private static let noCache = "no-cache,no-store,max-age=0"
}

extension BalanceMessage {
    /// With amounts as v1.0 wrote them: without exponents and superfluous zeros (contract section 2).
    fileprivate var withPlainAmounts: BalanceMessage {
        var message = self
        for index in guarantees.indices {
            guard let amount = guarantees[index].balance, let plain = amount.plain, plain != amount.lexeme else {
                continue
            }
            message.guarantees[index].balance = Amount(plain)
        }
        return message
    }
}

extension BalanceQuestion {
    /// The question that a query puts.
    init(_ query: BalanceMessage, _ form: Form, token: BearerToken?, original: [UInt8]? = nil) {
        self.init(
            form, tin: query.tin ?? "",
            guarantees: query.guarantees.map { guarantee in
                Asked(grn: guarantee.grn ?? GRN(""), accessCode: guarantee.accessCode ?? AccessCode(""))
            }, token: token, original: original)
    }

    /// The question that a query in XML puts: beside a guarantee it may name another holder than who asks.
    init(_ query: Reading, token: BearerToken?, original: [UInt8]) {
        self.init(query.hub, .xml, token: token, original: original)
        for (number, tin) in query.otherTINs where guarantees.indices.contains(number) {
            guarantees[number].holder = tin
        }
    }
}

extension BearerToken {
    /// The token that a request brings; nil where it brings none.
    init?(of request: ExchangeRequest) {
        guard let value = request.headers["Authorization"] else { return nil }
        let header = value[(value.utf8.firstIndex { $0 != UInt8(ascii: " ") } ?? value.endIndex)...]
        guard let space = header.utf8.firstIndex(of: UInt8(ascii: " ")),
            HeaderFields.equal(String(header[..<space]), "Bearer")
        else { return nil }
        let token = header[header.utf8.index(after: space)...]
        guard !token.isEmpty else { return nil }
        self.init(String(token))
    }
}
