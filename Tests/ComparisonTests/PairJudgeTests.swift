import Comparison
import GuaranteeModel
import Testing
import Translation

@Suite struct `A pair of answers` {
    private let codec: ExchangeCodec
    private let judge: PairJudge

    init() throws {
        let mappings = try MappingSet(.embedded)
        codec = ExchangeCodec(mappings)
        judge = PairJudge(codec, try DifferenceTable(.embedded, mappings: mappings))
    }

    private func balance(_ text: String, _ currency: String? = "GBP") -> BalanceMessage {
        var message = BalanceMessage(kind: .answer)
        var guarantee = Guarantee(grn: GRN("23GB0000010000854"))
        guarantee.balance = Amount(text)
        guarantee.currency = currency
        message.guarantees = [guarantee]
        return message
    }

    private func meaning(_ condition: String, _ words: ErrorWords = ErrorWords()) throws -> BalanceMessage {
        try #require(codec.message(meaning: condition, words: words))
    }

    private func v1(_ message: BalanceMessage, at: Double? = 0) -> SideOutcome {
        .message(ComparedMessage(message), at: at)
    }

    /// v2.0's answer, as it comes over the wire.
    private func v2(_ message: BalanceMessage, at: Double? = 1, body: String? = nil) throws -> SideOutcome {
        var response = try codec.response(saying: message, in: .v2JSON, isLenient: true)
        if let body { response.body = Array(body.utf8) }
        let read = try codec.message(in: response, of: .v2JSON)
        return .message(ComparedMessage(read, v2Response: response, masker: codec.masker), at: at)
    }

    @Test func `is the same where meaning and form are`() throws {
        #expect(judge.judge(v1: v1(balance("12.5")), v2: try v2(balance("12.5"))) == Judgement(.same))
        #expect(judge.judge(v1: v1(try meaning("not-found")), v2: try v2(try meaning("not-found"))).pairClass == .same)
        #expect(
            judge.judge(
                v1: v1(try meaning("guarantee-type-unsupported")), v2: try v2(try meaning("guarantee-type-unsupported"))
            ).pairClass == .same)
    }

    @Test(arguments: [
        #"{"_links":{"self":{"href":"/customs/guarantees/23GB0000010000854/balance"}},"balance":12.50,"currency":"GBP"}"#,
        #"{"_links":{"self":{"href":"/customs/guarantees/23GB0000010000854/balance"}},"balance":1.25e1,"currency":"GBP"}"#,
        #"{"_links":{"self":{"href":"/customs/guarantees/23GB0000010000854/balance"}},"balance":12.5,"currencyCL":"GBP"}"#,
    ])
    func `is equivalent where the same is written differently`(body: String) throws {
        let judgement = judge.judge(v1: v1(balance("12.5")), v2: try v2(balance("12.5"), body: body))
        #expect(judgement.pairClass == .equivalent)
        #expect(judgement.differences.allSatisfy { $0.aspect == .form && $0.place != nil })
    }

    @Test func `is equivalent where the order of members differs not at all`() throws {
        let body =
            #"{"currency":"GBP","balance":12.5,"_links":{"self":{"href":"/customs/guarantees/23GB0000010000854/balance"}}}"#
        #expect(judge.judge(v1: v1(balance("12.5")), v2: try v2(balance("12.5"), body: body)).pairClass == .same)
    }

    @Test func `is explained by a rule of the mappings`() throws {
        var refusal = BalanceMessage(kind: .refusal)
        refusal.condition = Condition("tax-identifier-refused")
        let eori = judge.judge(v1: v1(refusal), v2: try v2(balance("12.5")))
        #expect(eori.pairClass == .explained)
        #expect(eori.rule == "tax-identifier-not-asked")
        let voucher = judge.judge(v1: v1(balance("12.5")), v2: try v2(try meaning("grn-format")))
        #expect(voucher.rule == "grn-not-taken-by-v2")
        let currency = judge.judge(v1: v1(balance("12.5")), v2: try v2(balance("12.5", nil)))
        #expect(currency.rule == "currency-not-told")
    }

    @Test func `is different where nothing explains it`() throws {
        for (one, other) in [
            (balance("12.5"), balance("12.5", "EUR")), (balance("12.5"), try meaning("not-found")),
            (try meaning("not-found"), balance("12.5")),
            (try meaning("guarantee-type-unsupported"), try meaning("not-found")), (balance("12.5"), balance("12.51")),
        ] {
            let judgement = judge.judge(v1: v1(one), v2: try v2(other))
            #expect(judgement.pairClass == .different)
            #expect(judgement.rule == nil)
            #expect(!judgement.differences.isEmpty)
        }
    }

    // A rule about the currency must not excuse an amount.
    @Test func `is different where a rule explains only a part of it`() throws {
        #expect(judge.judge(v1: v1(balance("12.5")), v2: try v2(balance("99", nil))).pairClass == .different)
    }

    @Test func `asks for a second look where the amounts alone differ`() throws {
        #expect(judge.step(v1: v1(balance("12.5")), v2: try v2(balance("12.6"))) == .askAgain)
        #expect(judge.step(v1: v1(balance("12.5")), v2: try v2(balance("12.6", "EUR"))) != .askAgain)
        #expect(judge.step(v1: v1(balance("12.5")), v2: try v2(balance("12.50"))) != .askAgain)
    }

    @Test func `is judged by the second look`() throws {
        let (one, other) = (v1(balance("12.5")), try v2(balance("12.6")))
        func again(_ outcome: SideOutcome) -> PairClass { judge.judge(v1: one, v2: other, again: outcome).pairClass }
        #expect(again(v1(balance("12.60"))) == .drifted)
        #expect(again(v1(balance("12.5"))) == .different)
        #expect(again(v1(balance("12.7"))) == .inconclusive)
        #expect(again(v1(try meaning("throttled"))) == .inconclusive)
        #expect(again(.nothing(why: "timed out")) == .inconclusive)
    }

    @Test func `is stale where the answers are too far apart for their amounts`() throws {
        for (at, text) in [(301.0, "5 minutes"), (90_000, "25 hours"), (2_000_000, "23 days"), (nil, "nobody knows")] {
            let judgement = judge.judge(v1: v1(balance("12.5"), at: at), v2: try v2(balance("99"), at: 0))
            #expect(judgement.pairClass == .stale)
            #expect(judgement.why?.contains(text) == true, "\(judgement.why ?? "")")
            #expect(judgement.differences.map(\.aspect) == [.balance])
        }
        #expect(judge.judge(v1: v1(balance("12.5"), at: 300), v2: try v2(balance("12.5"), at: 0)).pairClass == .same)
        #expect(judge.judge(v1: v1(balance("12.5"), at: 301), v2: try v2(balance("12.5"), at: 0)).pairClass == .stale)
    }

    // A currency that was not told yet, years ago, says nothing about today's amounts.
    @Test func `is stale, and not explained, where only a currency is missing and the answers are too far apart`()
        throws
    {
        let judgement = judge.judge(v1: v1(balance("12.5"), at: 2_000_000), v2: try v2(balance("12.5", nil), at: 0))
        #expect(judgement.pairClass == .stale)
        var refusal = BalanceMessage(kind: .refusal)
        refusal.condition = Condition("tax-identifier-refused")
        #expect(judge.judge(v1: v1(refusal, at: 2_000_000), v2: try v2(balance("1"), at: 0)).pairClass == .explained)
    }

    @Test func `is different all the same where kind or currency differ, with the distance in time`() throws {
        for other in [balance("12.5", "EUR"), try meaning("not-found")] {
            let judgement = judge.judge(v1: v1(balance("12.5"), at: 2_000_000), v2: try v2(other, at: 0))
            #expect(judgement.pairClass == .different)
            #expect(judgement.why == "the answers are 23 days apart")
        }
    }

    @Test(arguments: [
        "throttled", "gone", "server-error", "gateway-timeout", "invalid-credentials", "invalid-scope", "unavailable",
        "request-not-found", "query-limit", "accept-header",
    ])
    func `is inconclusive where a side says nothing about the guarantee`(condition: String) throws {
        let judgement = judge.judge(v1: v1(try meaning(condition)), v2: try v2(balance("12.5")))
        #expect(judgement.pairClass == .inconclusive)
        #expect(judgement.why?.hasPrefix("v1.0: ") == true)
        #expect(judge.judge(v1: .nothing(why: "timed out"), v2: try v2(balance("1"))).pairClass == .inconclusive)
        #expect(judge.judge(v1: v1(balance("1")), v2: .nothing(why: "timed out")).why == "v2.0: timed out")
    }
}
