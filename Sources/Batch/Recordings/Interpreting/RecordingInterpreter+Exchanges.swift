import Foundation
import Translation

/// Requests with their responses, or one of the two alone.
extension RecordingInterpreter {
    func items(of exchange: RecordedExchange, in piece: RecordedPiece) -> [RecordedItem] {
        if side == .v1, let items = itemsOfXML(in: exchange, piece) { return items }
        guard let request = exchange.request else { return items(ofResponseAlone: exchange, in: piece) }
        guard let match = routes.match(method: request.method, path: request.path), match.format == side.json else {
            return [.foreign(source: piece.source)]
        }
        var question: Result<RecordedQuestion, TranslationError>
        do throws(TranslationError) {
            question = .success(try self.question(in: request, match, exchange, piece))
        } catch {
            question = .failure(error)
        }
        switch exchange.answer {
        case .notRecorded: return [question.item(piece.source)]
        case .missing: return question.items + [.unreadable(source: piece.source, .unanswered)]
        case .unreadable(let error): return question.items + [.unreadable(source: piece.source, error)]
        case .response(let response):
            let answer = answer(response, to: try? question.get(), match, exchange, piece)
            // Both are found by the balance id, which only the answer knows.
            if case .success(var asked) = question, case .answer(let answer) = answer {
                asked.keys = answer.keys
                question = .success(asked)
            }
            return question.items + [answer] + whyNobodyAsked(question, answer, match)
        }
    }

    /// Whether a piece is v1.0's `GET`, with its response or without.
    func isAskingForAnAnswer(_ piece: RecordedPiece) -> Bool {
        guard case .json(let tree, let bytes) = piece.content,
            let shape = try? ExchangeShape.find(in: tree),
            let request = RecordedExchange(shape, in: tree, bytes).request
        else { return false }
        return routes.match(method: request.method, path: request.path)?.kind == .stateQuery
    }

    /// An answer whose guarantee nobody knows, for its question can't be read: then the question is a loss, and told. That
    /// v1.0 could not read it either, and answered so, is none.
    private func whyNobodyAsked(
        _ question: Result<RecordedQuestion, TranslationError>, _ answer: RecordedItem, _ match: ExchangeRoutes.Match
    ) -> [RecordedItem] {
        guard match.kind == .query, case .failure(let error) = question, error.code == .missingContext,
            case .answer(let answer) = answer, answer.grn == nil, answer.message.kind != .refusal
        else { return [] }
        return [.unreadable(source: answer.source, error)]
    }

    // MARK: - The question

    private func question(
        in request: ExchangeRequest, _ match: ExchangeRoutes.Match, _ exchange: RecordedExchange,
        _ piece: RecordedPiece
    ) throws(TranslationError) -> RecordedQuestion {
        guard match.kind == .query else { throw .askingForAnAnswer }
        let hub: BalanceMessage?
        do {
            hub = try message(in: request)
        } catch {
            // v2.0's path names the guarantee whatever its body is.
            guard match.named != nil else { throw error }
            hub = nil
        }
        let guarantee = hub?.guarantees.first
        guard let grn = Self.told(match.named) ?? Self.told(guarantee?.grn?.text) ?? piece.grn else {
            throw .namingNoGuarantee
        }
        return RecordedQuestion(
            source: piece.source, grn: GRN(grn), tin: Self.told(hub?.tin),
            accessCode: Self.told(guarantee?.accessCode?.secret).map { AccessCode($0) },
            at: exchange.times.sent ?? piece.at ?? exchange.times.answered, keys: [])
    }

    private func message(in request: ExchangeRequest) throws(TranslationError) -> BalanceMessage {
        guard !request.body.isEmpty else {
            throw TranslationError(.missingContext, "is a request whose body was not recorded")
        }
        // By itself first: it can't reach beyond its place.
        let body = try json.parse(Payload(request.body, isDecodedText: true))
        guard body.syntax == .json else {
            throw TranslationError(.unknownMessage, "is a request whose body is no JSON")
        }
        var document = JSONStream()
        document.object { document in
            document.member("method", request.method)
            document.member("path", String(request.path.prefix { $0 != "?" }))
            document.member("body", raw: request.body[...].withoutMark)
        }
        let reading = try json.read(Payload(document.bytes, isDecodedText: true))
        guard reading.hub.kind == .query else { throw TranslationError(.unknownMessage, "is no question") }
        return reading.hub
    }

    // MARK: - The answer

    private func answer(
        _ response: ExchangeResponse, to asked: RecordedQuestion?, _ match: ExchangeRoutes.Match?,
        _ exchange: RecordedExchange, _ piece: RecordedPiece
    ) -> RecordedItem {
        guard !isOurOwn(response) else { return .unreadable(source: piece.source, .ownGateway) }
        let message: BalanceMessage
        do throws(TranslationError) {
            message = try codec.message(in: response, of: side.json)
        } catch {
            let error =
                response.body.isEmpty
                ? TranslationError(
                    .missingContext, "is an answer of status \(response.status) whose body was not recorded") : error
            return .unreadable(source: piece.source, error)
        }
        let asksAgain = match?.kind == .stateQuery
        let ids = [message.balanceID, asksAgain ? match?.named : nil].compactMap { $0 }.map(Self.key(balanceID:))
        let grn = Self.told(message.guarantees.first?.grn?.text) ?? asked?.grn.text ?? piece.grn
        return .answer(
            RecordedAnswer(
                source: piece.source, message: message, format: side.json, payload: response.body.asUTF8,
                status: response.status, headers: response.headers, method: exchange.request?.method,
                path: exchange.request?.path, grn: grn.map { GRN($0) }, tin: Self.told(message.tin) ?? asked?.tin,
                at: time(of: message, exchange, piece), seconds: exchange.times.seconds,
                keys: ids.first.map { first in [first] + ids.dropFirst().filter { $0 != first } } ?? []))
    }

    private func items(ofResponseAlone exchange: RecordedExchange, in piece: RecordedPiece) -> [RecordedItem] {
        switch exchange.answer {
        case .notRecorded, .missing: return [.unreadable(source: piece.source, .unanswered)]
        case .unreadable(let error): return [.unreadable(source: piece.source, error)]
        case .response(let response):
            let answer = answer(response, to: nil, nil, exchange, piece)
            // Nothing but what it says tells whose it is.
            guard case .unreadable = answer, !isOurOwn(response),
                (try? codec.message(in: response, of: side.other.json)) != nil
            else { return [answer] }
            return [.foreign(source: piece.source)]
        }
    }

    private func time(
        of message: BalanceMessage, _ exchange: RecordedExchange, _ piece: RecordedPiece
    ) -> Date? {
        message.completedAt.flatMap(RecordedTime.iso8601) ?? exchange.times.latest ?? piece.at
            ?? exchange.response?.headers["Date"].flatMap(RecordedTime.http)
    }

    /// Whether our own gateway gave the answer in v1.0's name.
    private func isOurOwn(_ response: ExchangeResponse) -> Bool {
        side == .v1 && response.headers["X-NCTSBridge"] != nil
    }

    // MARK: - XML over HTTP

    /// What an exchange of NCTS4's own messages says, whatever its address: queries were posted one way, and their answers
    /// the other. Nil where neither body is such a message.
    private func itemsOfXML(in exchange: RecordedExchange, _ piece: RecordedPiece) -> [RecordedItem]? {
        let asked = exchange.request.flatMap { reading(ofXML: $0.body) }
        let answered = exchange.response.flatMap { reading(ofXML: $0.body) }
        guard asked != nil || answered != nil else { return nil }
        var sent = piece
        sent.at = exchange.times.sent ?? piece.at
        var items = asked.map { self.items(of: $0, in: sent) } ?? []
        guard let answered, let response = exchange.response else { return items }
        guard !isOurOwn(response) else { return items + [.unreadable(source: piece.source, .ownGateway)] }
        let questions = items.compactMap { if case .question(let question) = $0 { question } else { nil } }
        var received = piece
        received.at = exchange.times.latest ?? piece.at ?? response.headers["Date"].flatMap(RecordedTime.http)
        items += self.items(of: answered, in: received).map { item in
            guard case .answer(var answer) = item else { return item }
            answer.payload = response.body.asUTF8
            answer.status = response.status
            answer.headers = response.headers
            answer.method = exchange.request?.method
            answer.path = exchange.request?.path
            if questions.count == 1 { answer.grn = answer.grn ?? questions[0].grn }
            answer.tin = answer.tin ?? questions.first?.tin
            answer.seconds = exchange.times.seconds
            return .answer(answer)
        }
        return items
    }

    private func reading(ofXML body: [UInt8]) -> Reading? {
        let payload = Payload(body, isDecodedText: true)
        guard payload.syntax == .xml, let tree = try? byContent.parse(payload) else { return nil }
        return try? byContent.read(tree)
    }
}

extension Result<RecordedQuestion, TranslationError> {
    /// The question, or nothing.
    fileprivate var items: [RecordedItem] { (try? get()).map { [.question($0)] } ?? [] }

    /// The question, or why there is none.
    fileprivate func item(_ source: String) -> RecordedItem {
        switch self {
        case .success(let question): .question(question)
        case .failure(let error): .unreadable(source: source, error)
        }
    }
}

extension [UInt8] {
    /// The same where it is UTF-8; else with what is none replaced.
    fileprivate var asUTF8: [UInt8] {
        UTF8Check.firstIllFormed(in: self) == nil ? self : Array(String(decoding: self, as: UTF8.self).utf8)
    }
}

extension TranslationError {
    fileprivate static var unanswered: TranslationError {
        TranslationError(.missingContext, "the request got no answer, or its answer was not recorded")
    }

    fileprivate static var ownGateway: TranslationError {
        TranslationError(
            .unknownMessage, path: "/headers/X-NCTSBridge",
            "marks an answer of nctsbridge's own gateway, which asks v2.0: it would compare v2.0 with itself. "
                + "Record the answers of v1.0")
    }
}
