import Foundation
import Testing
import Translation

@testable import Batch

@Suite("HTTP Archives") struct HTTPArchiveTests {
    static func entry(
        _ url: String = "https://api.service.hmrc.gov.uk/customs/guarantees/balances", method: String = "POST",
        postData: String = Recordings.v1Body, status: Int = 200,
        content: String = #"{"text":"{\"response\":{\"balance\":50000,\"currency\":\"GBP\"}}"}"#,
        headers: String = #"[{"name":"Content-Type","value":"application/json"}]"#, more: String = ""
    ) -> String {
        let text = postData.replacingOccurrences(of: "\"", with: "\\\"")
        return """
            {"startedDateTime":"2021-09-14T09:52:15.500Z","time":1250.5,\(more)
             "request":{"method":"\(method)","url":"\(url)","headers":[{"name":"Authorization","value":"Bearer x"}],
              "postData":{"mimeType":"application/json","text":"\(text)"}},
             "response":{"status":\(status),"headers":\(headers),"content":\(content)},"cache":{}}
            """
    }

    static func archive(_ entries: [String], log: String = #""version":"1.2","creator":{"name":"x","version":"1"},"#)
        -> String
    {
        "{\n \"log\" : {\(log)\"entries\":[\(entries.joined(separator: ",\n"))],\"comment\":\"end\"}}\n"
    }

    @Test func `hold questions and answers, with their times`() throws {
        let items = try Recordings.items(in: Self.archive([Self.entry()]), of: .v1)
        #expect(items.map(\.summary) == ["question 22GB0000010000313", "answer 22GB0000010000313 50000"])
        #expect(items.map(\.source) == ["memory, entry 1", "memory, entry 1"])
        #expect(items[0].question?.at?.epoch == 1_631_613_135.5)
        let answer = try #require(items[1].answer)
        #expect(answer.at.map { abs($0.epoch - 1_631_613_136.7505) < 0.001 } == true)
        #expect(answer.seconds == 1.2505)
        #expect(answer.headers["content-type"] == "application/json")
        #expect(answer.path == "/customs/guarantees/balances")
        #expect(answer.text == #"{"response":{"balance":50000,"currency":"GBP"}}"#)
    }

    @Test func `are told by content, in any spelling and encoding, alone or in a record`() throws {
        let expected = ["question 22GB0000010000313", "answer 22GB0000010000313 50000"]
        let line = Self.archive([Self.entry()]).replacingOccurrences(of: "\n", with: "")
        let texts = [
            line, "\u{FEFF}" + line, "\n \n" + line, Self.archive([Self.entry()], log: ""),
            Self.archive([Self.entry()], log: #""_tool":{"a":["}",{"b":"\\\""}]},"pages":[{"id":"\"entries\":["}],"#),
        ]
        for text in texts { #expect(try Recordings.items(in: text, of: .v1).map(\.summary) == expected, "\(text)") }
        for isBigEndian in [true, false] {
            let items = try Recordings.items(in: utf16(line, isBigEndian: isBigEndian), of: .v1)
            #expect(items.map(\.summary) == expected)
        }
        let records = try Recordings.items(
            in: "{\"id\":1,\"payload\":\(line)}\n{\"id\":2,\"payload\":\(line)}\n", of: .v1)
        #expect(records.map(\.summary) == expected + expected)
        #expect(records.map(\.source) == [1, 1, 2, 2].map { "memory:\($0), entry 1" })
        let joined = try Recordings.items(in: line + line, of: .v1)
        #expect(joined.map(\.source) == [1, 1, 2, 2].map { "memory, entry \($0)" })
    }

    @Test func `are not what else has a log`() throws {
        let record = #"{"log":{"level":"info"},"payload":\#(Recordings.exchange())}"#
        #expect(
            try Recordings.items(in: "\(record)\n\(record)\n", of: .v1).map(\.summary)
                == Array(repeating: ["question 22GB0000010000313", "answer 22GB0000010000313 50000"], count: 2)
                .flatMap(\.self))
    }

    @Test func `hold bodies in base64`() throws {
        let body = #"{"response":{"balance":50000,"currency":"£££"}}"#
        let good = #"{"text":"\#(base64(body))","encoding":"base64"}"#
        let items = try Recordings.items(
            in: Self.archive([Self.entry(content: good), Self.entry(content: #"{"text":"?","encoding":"base64"}"#)]),
            of: .v1)
        #expect(
            items.map(\.summary) == [
                "question 22GB0000010000313", "answer 22GB0000010000313 50000", "question 22GB0000010000313", "schema",
            ])
        #expect(items[1].answer?.text == body)
    }

    @Test func `hold pages, scripts and pictures beside what counts`() throws {
        let deep = String(repeating: "{\"parent\":", count: 500) + "1" + String(repeating: "}", count: 500)
        let entries = [
            Self.entry("https://example.org/a.png", method: "GET", content: #"{"text":"AAAA","encoding":"base64"}"#),
            Self.entry(
                "https://example.org/", method: "GET", content: #"{"size":0}"#, more: #""_initiator":\#(deep),"#),
            Self.entry(), Self.entry("data:image/png;base64,AAAA", method: "GET"), "{}", "null",
        ]
        let items = try Recordings.items(in: Self.archive(entries), of: .v1)
        #expect(
            items.map(\.summary) == [
                "foreign", "foreign", "question 22GB0000010000313", "answer 22GB0000010000313 50000", "foreign",
                "unknown-message", "unknown-message",
            ])
        #expect(items.last?.source == "memory, entry 6")
    }

    @Test func `without the bodies say so`() throws {
        let items = try Recordings.items(
            in: Self.archive([
                Self.entry(content: #"{"size":48,"mimeType":"application/json"}"#),
                Self.entry(status: 0, headers: "[]"),
                Self.entry(status: 403, content: "{}"),
                Self.entry(status: 502, content: #"{"text":"<html>Bad gateway"}"#),
            ]), of: .v1)
        #expect(
            items.map(\.summary) == [
                "question 22GB0000010000313", "missing-context", "question 22GB0000010000313", "missing-context",
                "question 22GB0000010000313", "serviceError 22GB0000010000313 no-content",
                "question 22GB0000010000313", "serviceError 22GB0000010000313 server-error",
            ])
    }

    @Test func `that break off are read until there, and told`() throws {
        let text = Self.archive([Self.entry(), Self.entry(), Self.entry()])
        let second = try #require(text.range(of: "startedDateTime", options: .backwards)).lowerBound
        let items = try Recordings.items(in: String(text[..<second]), of: .v1)
        #expect(items.compactMap(\.answer).count == 2)
        #expect(items.map(\.source) == [1, 1, 2, 2].map { "memory, entry \($0)" } + ["memory"])
        #expect(items.last?.error?.code == .malformedJSON)
        #expect(items.last?.error?.message.contains("behind entry 2") == true)
        for cut in [20, 60, text.utf8.count - 4] {
            let items = try Recordings.items(in: String(text.prefix(cut)), of: .v1)
            #expect(items.last?.error?.code == .malformedJSON)
        }
    }

    @Test func `with a broken entry lose that one alone`() throws {
        let broken = Self.entry().replacingOccurrences(of: #""cache":{}"#, with: #""cache":{,}"#)
        let items = try Recordings.items(in: Self.archive([Self.entry(), broken, Self.entry()]), of: .v1)
        #expect(items.map(\.source) == [1, 1, 2, 3, 3].map { "memory, entry \($0)" })
        #expect(items[2].error?.code == .malformedJSON)
        let rubbish = try Recordings.items(in: Self.archive([Self.entry(), "}"]), of: .v1)
        #expect(rubbish.last?.error?.code == .malformedJSON)
    }

    @Test func `without entries are none`() throws {
        let items = try Recordings.items(in: #"{"log":{"version":"1.2","pages":[]}}"#, of: .v1)
        #expect(items.map(\.summary) == ["unknown-message"])
        #expect(try Recordings.items(in: Self.archive([]), of: .v1).isEmpty)
    }

    @Test func `are the same wherever the pieces are cut`() throws {
        let text = Self.archive([Self.entry(), Self.entry(status: 404), Self.entry(), "17", #""x\"]""#])
        let whole = try Recordings.items(in: text, of: .v1).map { $0.source + $0.summary }
        #expect(whole.count == 8)
        for chunkSize in [1, 2, 3, 7, 1000] {
            let items = try Recordings.items(in: text, of: .v1, chunkSize: chunkSize)
            #expect(items.map { $0.source + $0.summary } == whole)
        }
    }

    @Test func `are larger than a message may be, but no entry is larger than its limit`() throws {
        let page = Self.entry(
            "https://example.org/", method: "GET", content: #"{"text":"\#(String(repeating: "x", count: 100_000))"}"#)
        let text = Self.archive([page, page, Self.entry()])
        let options = InputOptions(maximumMessageSize: 10_000)
        let items = try Recordings.items(in: text, of: .v1, options: options)
        #expect(items.map(\.summary).suffix(2) == ["question 22GB0000010000313", "answer 22GB0000010000313 50000"])
        let input = PeekedInput(MemorySource(Array(text.utf8)), chunkSize: 1000)
        var entries = HAREntries(TextWindow(input, encoding: .ascii(markSize: 0)), limit: 10_000)
        var found: [String] = []
        while let part = entries.next() {
            switch part {
            case .entry(let number, .success): found.append("\(number)")
            case .entry(let number, .failure(let error)): found.append("\(number) \(error.code)")
            case .failure(let error): found.append("\(error.code)")
            }
        }
        #expect(found == ["1 tooLarge", "2 tooLarge", "3"])
    }

    @Test func `that can't be read further say so`() throws {
        let text = Self.archive([Self.entry(), Self.entry()])
        let first = try #require(text.range(of: "startedDateTime", options: .backwards)).lowerBound
        let length = text[..<first].utf8.count
        let items = try Recordings.items(in: Array(text.utf8), of: .v1, chunkSize: 100, faultAt: length)
        #expect(items.map(\.summary) == ["question 22GB0000010000313", "answer 22GB0000010000313 50000", "unreadable"])
    }
}
