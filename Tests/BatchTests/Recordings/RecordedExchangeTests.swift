import Foundation
import Testing
import Translation

@testable import Batch

@Suite struct `Recorded exchanges` {
    @Test func `are a question and its answer`() throws {
        let line = Recordings.exchange(
            headers: #"{"Content-Type":"application/json"}"#, more: #""sentAt":"2021-09-14T09:52:15.5Z","#)
        let items = try Recordings.items(in: line, of: .v1)
        #expect(items.map(\.summary) == ["question 22GB0000010000313", "answer 22GB0000010000313 50000"])
        let question = try #require(items[0].question)
        #expect(question.tin == "GB954131533000")
        #expect(question.accessCode?.secret == "AC01")
        #expect(question.at?.epoch == 1_631_613_135.5)
        let answer = try #require(items[1].answer)
        #expect(answer.text == #"{"response":{"balance":50000,"currency":"GBP"}}"#)
        #expect(answer.format == .v1JSON)
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "application/json")
        #expect(answer.method == "POST")
        #expect(answer.path == Recordings.v1Path)
        #expect(answer.tin == "GB954131533000")
        #expect(answer.at?.epoch == 1_631_613_135.5)
        #expect(answer.seconds == nil)
        #expect(answer.source == "memory")
    }

    @Test func `of v2.0 take the GRN from the path, percent-encoded or not`() throws {
        for grn in ["23GB0000010000854", "23GB%30000010000854"] {
            let line = Recordings.exchange(
                path: "/customs/guarantees/\(grn)/balance", body: #"{"accessCode":"AC01"}"#, status: 404,
                answer: #"{"message":"Guarantee balance not found.","code":"NOT_FOUND"}"#)
            let items = try Recordings.items(in: line, of: .v2)
            #expect(items.map(\.summary) == ["question 23GB0000010000854", "refusal 23GB0000010000854 not-found"])
            #expect(items[0].question?.accessCode?.secret == "AC01")
            #expect(try Recordings.items(in: line, of: .v1).map(\.isForeign) == [true])
        }
    }

    @Test func `may name an address in place of a path`() throws {
        for address in [
            "https://test-api.service.hmrc.gov.uk/customs/guarantees/balances?x=1#y",
            "http://localhost:9000/customs/guarantees/balances",
        ] {
            let line = Recordings.exchange(path: address).replacingOccurrences(of: #""path""#, with: #""url""#)
            let items = try Recordings.items(in: line, of: .v1)
            #expect(items.map(\.summary) == ["question 22GB0000010000313", "answer 22GB0000010000313 50000"])
            #expect(items[1].answer?.path?.hasPrefix("/customs/guarantees/balances") == true)
        }
    }

    @Test func `may hold bodies as texts, as they stood`() throws {
        let body = Recordings.v1Body.replacingOccurrences(of: "\"", with: "\\\"")
        let answer = #""{ \"response\" : {\"balance\":50000.0,\"currency\":\"GBP\"}}\n""#
        let line = Recordings.exchange(body: "\"\(body)\"", answer: answer)
        let items = try Recordings.items(in: line, of: .v1)
        #expect(items.map(\.summary) == ["question 22GB0000010000313", "answer 22GB0000010000313 50000.0"])
        #expect(items[1].answer?.text == "{ \"response\" : {\"balance\":50000.0,\"currency\":\"GBP\"}}\n")
        let spaced = Recordings.exchange(answer: #"{ "response":  {"balance":5e4,"currency":"GBP"} }"#)
        let plain = try Recordings.items(in: spaced, of: .v1).last?.answer
        #expect(plain?.text == #"{ "response":  {"balance":5e4,"currency":"GBP"} }"#)
    }

    @Test func `stand in lines, in one file, in an array, or deep in an export`() throws {
        let one = Recordings.exchange()
        let expected = ["question 22GB0000010000313", "answer 22GB0000010000313 50000"]
        for text in [
            one, "\(one)\n", #"{"id":1,"payload":\#(one)}"#, #"{"export":{"number":17,"entry":\#(one)}}"#, "[\(one)]",
            one.replacingOccurrences(of: "POST", with: "post"),
            HTTPArchiveTests.entry().replacingOccurrences(of: "\n", with: "") + "\n",
        ] {
            #expect(try Recordings.items(in: text, of: .v1).map(\.summary) == expected)
        }
        let lines = try Recordings.items(in: "\(one)\n\n\(one)\n", of: .v1)
        #expect(lines.map(\.source) == ["memory:1", "memory:1", "memory:3", "memory:3"])
        let array = try Recordings.items(in: "[\n\(one),\n\(one),\n17]", of: .v1)
        #expect(array.map(\.source) == [1, 1, 2, 2, 3].map { "memory, entry \($0)" })
        #expect(array[4].error?.code == .unknownMessage)
        let beside = try Recordings.items(in: #"{"a":\#(one),"b":\#(one)}"#, of: .v1)
        #expect(beside.map(\.summary) == ["unknown-message"])
    }

    @Test(
        arguments: [
            (#""startedDateTime":"2021-09-14T09:52:15Z","time":2500,"#, 17.5, 2.5),
            (#""sentAt":"2021-09-14T09:52:15Z","answeredAt":"2021-09-14T10:52:16+01:00","#, 16.0, nil),
            (#""time":"2021-09-14T09:52:15Z","#, 15.0, nil), (#""timestamp":"2021-09-14T09:52:15Z","#, 15.0, nil),
            (#""at":"2021-09-14T09:52:15Z","#, 15.0, nil), (#""requestedAt":"2021-09-14T09:52:15Z","#, 15.0, nil),
            // No text in ISO 8601: the header tells.
            (#""at":1631613135,"#, 10.0, nil), (#""at":"yesterday","#, 10.0, nil), ("", 10.0, nil),
        ] as [(String, Double, Double?)])
    func `were answered when they say, else when the header says`(more: String, at: Double, seconds: Double?) throws {
        let line = Recordings.exchange(headers: #"{"date":"Tue, 14 Sep 2021 09:52:10 GMT"}"#, more: more)
        let answer = try #require(try Recordings.items(in: line, of: .v1).last?.answer)
        #expect(answer.at?.epoch == 1_631_613_120 + at)
        #expect(answer.seconds == seconds)
    }

    @Test func `hold an answer that says itself when it was given`() throws {
        let text = try Recordings.sample("v1-json/state-success.json")
        let line = Recordings.exchange(
            method: "GET", path: "\(Recordings.v1Path)/61406f5f-8a1c-4d2e-9b30-7f1845c2e6d1", body: nil, answer: text,
            more: #""sentAt":"2024-01-01T00:00:00Z","#)
        let items = try Recordings.items(in: line.replacingOccurrences(of: "\n", with: ""), of: .v1)
        let answer = try #require(items.first?.answer)
        #expect(items.count == 1)
        #expect(answer.at == RecordedTime.iso8601("2021-09-14T09:53:02Z"))
    }

    @Test func `that were pending are found by the balance id`() throws {
        let id = Recordings.balanceID
        let pending = #"{"_links":{"self":{"href":"\#(Recordings.v1Path)/\#(id)"}},"balanceId":"\#(id)"}"#
        let lines = [
            Recordings.exchange(status: 202, answer: pending),
            Recordings.exchange(
                method: "GET", path: "\(Recordings.v1Path)/\(id.lowercased())", body: nil, status: 404,
                answer: #"{"code":"NOT_FOUND","message":"The balance request with ID \#(id) was not found"}"#),
            Recordings.exchange(
                method: "GET", path: "\(Recordings.v1Path)/\(id)", body: nil, status: 500, answer: #""<html>oh no""#),
        ]
        let items = try Recordings.items(in: lines.joined(separator: "\n"), of: .v1)
        #expect(
            items.map(\.summary) == [
                "question 22GB0000010000313", "pending 22GB0000010000313 -", "serviceError - request-not-found",
                "serviceError - server-error",
            ])
        let key = "balance \(id.lowercased())"
        #expect(items.compactMap { $0.question?.keys ?? $0.answer?.keys } == [[key], [key], [key], [key]])
    }

    @Test func `to other addresses are foreign, and so are those of the other version`() throws {
        for (method, path) in [
            ("POST", "/oauth/token"), ("OPTIONS", Recordings.v1Path), ("GET", "/customs/guarantees/x/y/balance"),
            ("POST", "https://example.org/"), ("PUT", Recordings.v1Path),
        ] {
            let line = Recordings.exchange(method: method, path: path)
            for side in [RecordedSide.v1, .v2] {
                #expect(try Recordings.items(in: line, of: side).map(\.isForeign) == [true])
            }
        }
        #expect(try Recordings.items(in: Recordings.exchange(), of: .v2).map(\.isForeign) == [true])
    }

    @Test func `of our own gateway are refused as answers of v1.0`() throws {
        let line = Recordings.exchange(headers: #"{"x-nctsbridge":"1"}"#)
        let items = try Recordings.items(in: line, of: .v1)
        #expect(items.map(\.summary) == ["question 22GB0000010000313", "unknown-message"])
        #expect(items[1].error?.message.contains("compare v2.0 with itself") == true)
        let alone = #"{"status":200,"headers":{"X-NCTSBridge":""},"body":{"response":{"balance":1,"currency":"GBP"}}}"#
        #expect(try Recordings.items(in: alone, of: .v1).map(\.summary) == ["unknown-message"])
    }

    @Test func `without an answer are a question, and a loss where one was awaited`() throws {
        let whole = Recordings.exchange(answer: nil)
        let request = try #require(whole.range(of: #","response""#)).lowerBound
        let asked = whole[..<request]
        #expect(try Recordings.items(in: "\(asked)}", of: .v1).map(\.summary) == ["question 22GB0000010000313"])
        for (response, code) in [
            ("null", "missing-context"), (#"{"status":0}"#, "missing-context"), (#"{"code":200}"#, "schema"),
            (#""timeout""#, "schema"), (#"{"status":200}"#, "missing-context"),
        ] {
            let items = try Recordings.items(in: "\(asked),\"response\":\(response)}", of: .v1)
            #expect(items.map(\.summary) == ["question 22GB0000010000313", code], "\(response)")
        }
        let poll = #"{"method":"GET","path":"\#(Recordings.v1Path)/\#(Recordings.balanceID)"}"#
        #expect(try Recordings.items(in: poll, of: .v1).map(\.summary) == ["no-counterpart"])
        #expect(
            try Recordings.items(in: #"{"request":\#(poll),"response":null}"#, of: .v1).map(\.summary) == [
                "missing-context"
            ])
    }

    @Test func `without a question are an answer that nobody is named in`() throws {
        for body in [#"{"guaranteeReference":1,"accessCode":"AC01"}"#, #""{""#, "[]"] {
            let line = Recordings.exchange(
                body: body, status: 400,
                answer:
                    #"{"code":"INVALID_REQUEST_JSON","message":"Invalid request JSON","errors":{"$.guaranteeReference":["Missing path"]}}"#
            )
            let items = try Recordings.items(in: line, of: .v1)
            #expect(items.map(\.summary) == ["refusal - grn-missing"], "\(body)")
        }
        // Here nobody knows what was asked: that is told.
        let items = try Recordings.items(in: Recordings.exchange(body: nil), of: .v1)
        #expect(items.map(\.summary) == ["answer - 50000", "missing-context"])
        let response = #"{"response":{"status":200,"headers":{},"body":{"response":{"balance":1,"currency":"GBP"}}}}"#
        #expect(try Recordings.items(in: response, of: .v1).map(\.summary) == ["answer - 1"])
        let record = #"{"grn":"22GB0000010000313","payload":\#(response)}"#
        let named = try Recordings.items(in: record, of: .v1, options: InputOptions(grnField: "grn"))
        #expect(named.map(\.summary) == ["answer 22GB0000010000313 1"])
    }

    @Test func `with a masked access code have none`() throws {
        let line = Recordings.exchange(body: Recordings.v1Body.replacingOccurrences(of: "AC01", with: "****"))
        let question = try #require(try Recordings.items(in: line, of: .v1).first?.question)
        #expect(question.accessCode == nil)
    }

    @Test func `that can't be read cost no others`() throws {
        let good = Recordings.exchange()
        let text = [
            good, #"{"request":{"path""#, Recordings.exchange(answer: #""{\"response\":""#), "rubbish", good,
        ].joined(separator: "\n")
        let items = try Recordings.items(in: text, of: .v1)
        #expect(
            items.map(\.summary) == [
                "question 22GB0000010000313", "answer 22GB0000010000313 50000", "malformed-json",
                "question 22GB0000010000313", "malformed-json", "malformed-json", "question 22GB0000010000313",
                "answer 22GB0000010000313 50000",
            ])
        #expect(items.map(\.source) == [1, 1, 2, 3, 3, 4, 5, 5].map { "memory:\($0)" })
    }

    @Test func `that say alike what both versions say are of the side that they are given as`() throws {
        let answer =
            #"{"status":429,"body":{"code":"MESSAGE_THROTTLED_OUT","message":"The request for the API is throttled as you have exceeded your quota."}}"#
        for (side, format) in [(RecordedSide.v1, MessageFormat.v1JSON), (.v2, .v2JSON)] {
            let items = try Recordings.items(in: answer, of: side)
            #expect(items.map(\.summary) == ["serviceError - throttled"])
            #expect(items[0].answer?.format == format)
        }
    }
}
