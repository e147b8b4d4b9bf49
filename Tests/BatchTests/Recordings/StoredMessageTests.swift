import Foundation
import Testing
import Translation

@testable import Batch

@Suite struct `Stored messages as recordings` {
    @Test func `of XML are found by the names that a query and its answers share`() throws {
        let query = try #require(
            try Recordings.items(in: Recordings.sample("v1-xml/CD034A.xml"), of: .v1).first?.question)
        #expect(query.grn == GRN("22GB0000010000313"))
        #expect(query.tin == "GB954131533000")
        #expect(query.accessCode?.secret == "AC01")
        #expect(query.at == RecordedTime.iso8601("2021-09-14T09:52Z"))
        #expect(query.keys == ["conversation MDTP-GUA-61406f5f8a1c4d2e9b307f18", "reference 0kx3f9q2m1v7zb"])
        for (name, summary) in [
            ("CD037A-without-declaration", "answer 22GB0000010000313 50000"), ("CD906A", "refusal - not-found"),
            ("CC917A", "serviceError - server-error"),
        ] {
            let items = try Recordings.items(in: Recordings.sample("v1-xml/\(name).xml"), of: .v1)
            #expect(items.map(\.summary) == [summary])
            let answer = try #require(items.first?.answer)
            #expect(answer.keys.contains(query.keys[0]))
            #expect(answer.format == .v1XML)
            #expect(answer.status == nil && answer.headers == [:] && answer.path == nil && answer.seconds == nil)
            #expect(answer.at.map { $0.epoch > 1_631_600_000 } == true)
            #expect(answer.text.hasPrefix("<\(name.prefix(6))>"))
        }
    }

    @Test func `about several guarantees are as many questions or answers`() throws {
        let asked = try Recordings.items(in: Recordings.sample("v1-xml/CD034A-three-guarantees.xml"), of: .v1)
        let questions = asked.compactMap(\.question)
        #expect(questions.count == 3 && asked.count == 3)
        #expect(Set(questions.map(\.grn)).count == 3)
        #expect(Set(questions.map(\.keys)).count == 1)
        let answered = try Recordings.items(in: Recordings.sample("v1-xml/CD037A-three-guarantees.xml"), of: .v1)
        let answers = answered.compactMap(\.answer)
        #expect(answers.count == 3)
        #expect(answers.allSatisfy { $0.message.guarantees.count == 1 && $0.grn == $0.message.guarantees[0].grn })
        #expect(Set(answers.map(\.text)).count == 1)
        let body = #"{"_links":{"self":{"href":"/customs/guarantees/GRN/balance"}},"balance":1.50,"currency":"GBP"}"#
        let array = ["23GB0000010000854", "23GB0000010000863"].map { body.replacingOccurrences(of: "GRN", with: $0) }
        let parts = try Recordings.items(in: "[\(array.joined(separator: ","))]", of: .v2).compactMap(\.answer)
        #expect(parts.map(\.text) == array)
        #expect(parts.map { $0.grn?.text } == ["23GB0000010000854", "23GB0000010000863"])
        #expect(parts.map(\.source) == ["memory, entry 1", "memory, entry 2"])
        #expect(try Recordings.items(in: "[]", of: .v2).map(\.summary) == ["unknown-message"])
    }

    @Test func `in an array keep what each says of itself`() throws {
        let one = try Recordings.sample("v1-json/state-success.json")
        let other = one.replacingOccurrences(of: "61406f5f", with: "71406f5f").replacingOccurrences(
            of: ":02Z", with: ":42Z"
        )
        .replacingOccurrences(of: "GB954131533000", with: "XI195624547845")
        let answers = try Recordings.items(in: "[\(one),\(other)]", of: .v1).compactMap(\.answer)
        #expect(answers.map(\.tin) == ["GB954131533000", "XI195624547845"])
        #expect(answers.map { $0.keys[0].prefix(16) } == ["balance 61406f5f", "balance 71406f5f"])
        #expect(answers[0].at?.addingTimeInterval(40) == answers[1].at)
    }

    @Test func `that ask something else than the balance are no questions`() throws {
        let one = try Recordings.items(in: Recordings.sample("v1-xml/CD034A-other-question.xml"), of: .v1)
        #expect(one.map(\.summary) == ["no-counterpart"])
        #expect(one[0].error?.message.contains("balance") == true)
        let three = try Recordings.items(in: Recordings.sample("lenient/other-question-of-three.xml"), of: .v1)
        #expect(three.compactMap(\.question).count == 2)
        #expect(three.compactMap(\.error).map(\.code) == [.noCounterpart])
        // What only makes a question hard to put again leaves it one.
        for name in ["without-access-code", "access-code-with-hyphen", "before-2022", "every-optional-leaf"] {
            let items = try Recordings.items(in: Recordings.sample("v1-xml/CD034A-\(name).xml"), of: .v1)
            #expect(items.map { $0.question != nil } == [true], "\(name)")
        }
    }

    @Test func `are read as leniently as converting can`() throws {
        let path = Recordings.samples.appendingPathComponent("lenient").path
        for item in try Recordings.items(at: path, of: .v1) {
            #expect(item.question != nil || item.answer != nil || item.error?.code == .noCounterpart, "\(item.source)")
        }
        let wrong = #"{"response":{"balance":"much","currency":"GBP"}}"#
        #expect(try Recordings.items(in: wrong, of: .v1).map(\.summary) == ["schema"])
    }

    @Test func `come out of their envelopes, as UTF-8`() throws {
        for name in ["cdata.xml", "escaped.xml", "soap.xml", "exchange-with-xml.json", "base64-in-lines.txt"] {
            let items = try Recordings.items(in: Recordings.sample("envelopes/\(name)"), of: .v1)
            #expect(items.map(\.summary) == ["answer 22GB0000010000313 50000"], "\(name)")
            #expect(items[0].answer?.text.hasPrefix("<CD037A>") == true)
        }
        let path = Recordings.samples.appendingPathComponent("encodings").path
        for item in try Recordings.items(at: path, of: .v1) where item.source.hasSuffix(".xml") {
            let answer = try #require(item.answer)
            #expect(String(validating: answer.payload, as: UTF8.self)?.contains("é") == true, "\(item.source)")
        }
        let line = "\(base64(try Recordings.sample("v1-xml/CD034A.xml")))\n\(base64(Recordings.v1Body))\n"
        let summaries = try Recordings.items(in: line, of: .v1).map(\.summary)
        #expect(summaries == ["question 22GB0000010000313", "question 22GB0000010000313"])
    }

    @Test func `take what their record tells and they don't`() throws {
        let answer = #"{"response":{"balance":50000,"currency":"GBP"}}"#
        let options = InputOptions(grnField: "guarantee")
        let records = """
            {"id":1,"guarantee":"22GB0000010000313","at":"2021-09-14T09:52:15Z","payload":\(answer)}
            {"id":2,"guarantee":"","timestamp":"no","payload":\(answer)}
            {"id":3,"guarantee":"22XI00000100002X7","payload":\(Recordings.v1Body)}
            {"id":4,"status":200,"headers":{},"guarantee":"X","payload":\(answer)}
            {"id":5,"answeredAt":"2021-09-14T09:52:15Z","payload":{"code":"GONE"},"payload":1}
            """
        let items = try Recordings.items(in: records, of: .v1, options: options)
        #expect(
            items.map(\.summary) == [
                "answer 22GB0000010000313 50000", "answer - 50000", "question 22GB0000010000313", "answer X 50000",
                "malformed-json",
            ])
        #expect(items[0].answer?.at?.epoch == 1_631_613_135)
        #expect(items[1].answer?.at == nil)
        let rows =
            "guarantee;payload\n22GB0000010000313;\"\(answer.replacingOccurrences(of: "\"", with: "\"\""))\"\n;x\n"
        let found = try Recordings.items(in: rows, of: .v1, options: options)
        #expect(found.map(\.summary) == ["answer 22GB0000010000313 50000", "unknown-message"])
        #expect(found.map(\.source) == ["memory:2", "memory:3"])
        let body = #"{"grn":"23GB0000010000854","payload":{"accessCode":"AC01"}}"#
        let asked = try Recordings.items(in: body, of: .v2, options: InputOptions(grnField: "grn"))
        #expect(asked.map(\.summary) == ["question 23GB0000010000854"])
    }

    @Test func `are foreign where they are the other version's, however they are wrapped`() throws {
        let v1 = #"{"response":{"balance":50000,"currency":"GBP"}}"#
        let v2 =
            #"{"_links":{"self":{"href":"/customs/guarantees/23GB0000010000854/balance"}},"balance":1,"currency":"GBP"}"#
        let xml = try Recordings.sample("envelopes/transitRequest.xml")
        for text in [
            v1, #"{"payload":\#(v1)}"#, xml, #"{"a":{"b":"\#(xml.trimmingCharacters(in: .newlines))"}}"#, base64(xml),
        ] {
            #expect(try Recordings.items(in: text, of: .v2).map(\.isForeign) == [true], "\(text)")
        }
        for text in [v2, #"{"status":200,"body":\#(v2)}"#, #"{"accessCode":"AC01"}"#] {
            #expect(try Recordings.items(in: text, of: .v1).map(\.isForeign) == [true], "\(text)")
        }
    }

    @Test func `may have gone over HTTP, to whatever address`() throws {
        func text(_ name: String) throws -> String {
            let xml = try Recordings.sample("v1-xml/\(name).xml").replacingOccurrences(of: "\n", with: "")
            return "\"" + xml.replacingOccurrences(of: "\"", with: "\\\"") + "\""
        }
        let both = Recordings.exchange(
            path: "/ncts", body: try text("CD034A"), headers: #"{"Date":"Tue, 14 Sep 2021 09:53:00 GMT"}"#,
            answer: try text("CD906A"))
        let items = try Recordings.items(in: both, of: .v1)
        #expect(items.map(\.summary) == ["question 22GB0000010000313", "refusal 22GB0000010000313 not-found"])
        #expect(items[1].answer?.keys.first == items[0].question?.keys.first)
        #expect(items[1].answer?.status == 200)
        #expect(items[1].answer?.path == "/ncts")
        let posted = Recordings.exchange(
            path: "/back", body: try text("scenario-right-gb-answer"), status: 202, answer: nil)
        #expect(try Recordings.items(in: posted, of: .v1).map(\.summary) == ["answer 22GB0000010000313 50000"])
        #expect(try Recordings.items(in: both, of: .v2).map(\.isForeign) == [true])
        let marked = both.replacingOccurrences(of: #""Date""#, with: #""X-NCTSBridge":"x","Date""#)
        #expect(
            try Recordings.items(in: marked, of: .v1).map(\.summary) == [
                "question 22GB0000010000313", "unknown-message",
            ])
        let page = Recordings.exchange(path: "/ncts", body: "\"<html/>\"", answer: "\"<p>hello\"")
        #expect(try Recordings.items(in: page, of: .v1).map(\.isForeign) == [true])
    }

    @Test func `that are broken cost no others`() throws {
        let lines = [
            try Recordings.sample("envelopes/transitRequest.xml").trimmingCharacters(in: .newlines), "<CD037A><x>",
            "<a/>", "<!DOCTYPE a><CD037A/>", base64("{\"a\":1}"), Recordings.v1Body, "\u{1}",
        ]
        let items = try Recordings.items(in: lines.joined(separator: "\n"), of: .v1)
        #expect(
            items.map(\.summary) == [
                "question 22GB0000010000313", "malformed-xml", "unknown-message", "doctype", "unknown-message",
                "question 22GB0000010000313", "unknown-message",
            ])
        #expect(items.map(\.source) == (1...7).map { "memory:\($0)" })
    }
}
