import GuaranteeClients
import HTTPTransport
import NetworkSupport
import Simulator
import Testing
import Translation

@Suite(.timeLimit(.minutes(2))) struct `Whatever v2.0 answers, clients hear v1.0` {
    /// What v2.0 does about a guarantee, and what v1.0 says of it.
    struct Fault: Sendable {
        var name: String
        var plan: String
        var status: Int
        var body: String
        /// Whether the question may have taken v2.0's lock: then the gateway keeps v1.0's, and asks nobody for a while.
        var mayHaveLocked: Bool

        init(_ name: String, _ plan: String, _ status: Int, _ body: String, mayHaveLocked: Bool = true) {
            self.name = name
            self.plan = plan
            self.status = status
            self.body = body
            self.mayHaveLocked = mayHaveLocked
        }
    }

    private static let failed = #"{"message":"Internal server error","code":"INTERNAL_SERVER_ERROR"}"#
    private static let timedOut = #"{"message":"Request timed out","code":"GATEWAY_TIMEOUT"}"#
    private static let notFound = """
        {"code":"FUNCTIONAL_ERROR","message":"The request was rejected by the guarantee management system","response":{"errors":\
        [{"errorType":12,"errorPointer":"GRR(1).Guarantee reference number (GRN)"},\
        {"errorType":12,"errorPointer":"GRR(1).ACC(1).Access code"}]}}
        """
    private static let unavailable = #"{"message":"The service is not available","code":"SERVER_ERROR"}"#

    /// No answer, or none that v2.0 could have given: v1.0's 500, and the lock may be taken.
    private static func noAnswer(_ name: String, _ plan: String) -> Fault { Fault(name, plan, 500, failed) }

    private static func noAnswer(_ name: String, _ status: Int, _ body: String) -> Fault {
        noAnswer(name, "{status: \(status), body: '\(body)'}")
    }

    private static func balance(_ name: String, _ members: String, _ balance: String) -> Fault {
        Fault(
            name, "{status: 200, body: '{\(members)}'}", 200, #"{"response":{"balance":\#(balance),"currency":"GBP"}}"#)
    }

    /// What the platform answers before the service sees the question: no lock is taken.
    private static func platform(_ name: String, _ plan: String, _ status: Int, _ body: String) -> Fault {
        Fault(name, plan, status, body, mayHaveLocked: false)
    }

    private static let otherLink =
        #""_links":{"self":{"href":"/customs/guarantees/23GB0000010000854/balance"}},"balance":1,"currency":"GBP""#

    private static let faults: [Fault] = [
        noAnswer("hangs up", "{drop: true}"),
        noAnswer("breaks off", "{truncate: 10}"),
        noAnswer("a page", 200, "<html><body>Welcome AC01</body></html>"),
        noAnswer("nothing", 200, ""),
        noAnswer("no content", 204, ""),
        noAnswer("half of JSON", 200, #"{"balance":1,"curr"#),
        noAnswer("a list", 200, #"[{"balance":1,"currency":"GBP"}]"#),
        noAnswer("another guarantee", 200, "{\(otherLink)}"),
        noAnswer("a balance as text", 200, #"{"balance":"1","currency":"GBP"}"#),
        noAnswer("no balance", 200, #"{"currency":"GBP"}"#),
        noAnswer("no currency", "{currency: none}"),
        noAnswer("null", 200, #"{"balance":null,"currency":"GBP"}"#),
        noAnswer("no such currency", 200, #"{"balance":1,"currency":"Pounds"}"#),
        noAnswer("a redirect", "{status: 302, headers: {Location: 'http://127.0.0.1:1/elsewhere'}}"),
        noAnswer("an error of the server", "{condition: server-error}"),
        noAnswer("a page for 400", 400, "<html>Bad</html>"),
        noAnswer("a page for 404", 404, "<html>Not found</html>"),
        noAnswer("a page for 500", 500, "<html>AC01</html>"),
        noAnswer("a page for 502", 502, "<html>Bad gateway</html>"),
        noAnswer("406", "{condition: accept-header}"),
        noAnswer("a teapot", 418, "{}"),
        balance("an exponent", #""balance":1.0E7,"currency":"GBP""#, "10000000"),
        balance("superfluous zeros", #""balance":12345678.90,"currency":"GBP""#, "12345678.9"),
        balance("below zero", #""balance":-0.5,"currency":"GBP""#, "-0.5"),
        balance(
            "more digits than a double has", #""balance":12345678901234567890.12,"currency":"GBP""#,
            "12345678901234567890.12"),
        balance("two balances, the last counts", #""balance":1,"balance":2,"currency":"GBP""#, "2"),
        platform("a page for 503", "{status: 503, body: '<html>Down</html>'}", 503, unavailable),
        platform("nothing for 504", "{status: 504}", 504, timedOut),
        platform("unavailable", "{condition: unavailable}", 503, unavailable),
        platform(
            "maintained", "{condition: maintenance}", 503,
            #"{"message":"The service is being maintained","code":"SCHEDULED_MAINTENANCE"}"#),
        platform("timed out", "{condition: gateway-timeout}", 504, timedOut),
        platform(
            "throttled", "{condition: throttled}", 429, #"{"code":"TOO_MANY_REQUESTS","message":"Too many requests"}"#),
        platform(
            "an unknown token", "{condition: invalid-credentials}", 401,
            #"{"message":"The bearer token is unknown or has expired","code":"INVALID_CREDENTIALS"}"#),
        platform(
            "no subscription", "{condition: resource-forbidden}", 403,
            #"{"message":"The application is not subscribed to this API","code":"RESOURCE_FORBIDDEN"}"#),
        platform(
            "no such address", "{condition: resource-not-found}", 404,
            #"{"message":"The platform knows no such address","code":"MATCHING_RESOURCE_NOT_FOUND"}"#),
        Fault(
            "an unknown GRN in other words", #"{status: 404, body: '{"code":"NOT_FOUND","message":"No such thing"}'}"#,
            400,
            notFound),
        platform(
            "an error that repeats the code",
            #"{status: 401, body: '{"code":"INVALID_CREDENTIALS","message":"no (AC01) for AC012"}'}"#, 401,
            #"{"message":"no (****) for AC012","code":"INVALID_CREDENTIALS"}"#),
        platform("an empty 401", "{status: 401}", 401, ""),
        platform("an empty 403", "{status: 403}", 403, ""),
    ]

    @Test func `at once, and once asked, with the right answers beside it`() async throws {
        let scenario = Self.faults.enumerated().map { number, fault in
            "  - {grn: \(grn(number)), balance: 7, v2: \(fault.plan)}\n  - {grn: \(healthy(number)), balance: \(number)}"
        }.joined(separator: "\n")
        try await withServedGateway("guarantees:\n" + scenario) { served in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, fault) in Self.faults.enumerated() {
                    group.addTask {
                        let question = V1Question(self.grn(number), accessCode: "AC01").by("client-\(number)")
                        let answer = try await served.sendNow(question.request)
                        #expect(answer.status == fault.status, "\(fault.name): \(answer.text)")
                        #expect(answer.text == fault.body, "\(fault.name)")
                        #expect(await served.calls(about: question.grn) == 1, "\(fault.name)")
                        #expect(try await served.sendNow(question.request).status == 429, "\(fault.name), again")
                        let calls = await served.calls(about: question.grn)
                        #expect(calls == (fault.mayHaveLocked ? 1 : 2), "\(fault.name), again")
                    }
                    group.addTask {
                        let question = V1Question(self.healthy(number), accessCode: "AC01").by("client-\(number)")
                        let answer = try await served.sendNow(question.request)
                        #expect(answer.text == #"{"response":{"balance":\#(number),"currency":"GBP"}}"#)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private func grn(_ number: Int) -> String { "24GB00000200\(1000 + number)0" }
    private func healthy(_ number: Int) -> String { "24XI00000200\(1000 + number)0" }
}
