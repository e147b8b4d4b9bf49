import Foundation
import Testing
import Translation

@testable import Batch

@Suite struct `Lists of questions` {
    private let files: QuestionFiles

    init() throws {
        files = try QuestionFiles()
    }

    @Test func `in JSON stand in lines, in an array, or alone`() throws {
        let row = #"{"taxIdentifier":"GB954131533000","guaranteeReference":"23GB0000010000854","accessCode":"AC01"}"#
        let other =
            #"{"guaranteeReference":"23GB0000010000863","label":"é","user":"anna","guaranteeType":1,"accessCode":null,"taxIdentifier":""}"#
        let lines = try files.list("\(row)\n\n\(other)\n")
        #expect(lines.rows == [":1 23GB0000010000854", ":3 23GB0000010000863"])
        #expect(lines.questions.map(\.accessCode?.secret) == ["AC01", nil])
        #expect(lines.questions.map(\.tin) == ["GB954131533000", nil])
        #expect(lines.questions[1].label == "é" && lines.questions[1].user == "anna")
        #expect(lines.questions[1].guaranteeType == "1")
        let array = try files.list("[\n\(row),\n\(other)\n]")
        #expect(array.rows == [", entry 1 23GB0000010000854", ", entry 2 23GB0000010000863"])
        for text in [row, row.replacingOccurrences(of: ",", with: ",\n"), "[\(row)]", "\u{FEFF}\(row)\n"] {
            #expect(try files.list(text).questions.map(\.accessCode?.secret) == ["AC01"])
        }
        #expect(lines.problems.isEmpty && array.problems.isEmpty)
    }

    @Test func `in JSON lose a bad line alone`() throws {
        let good = #"{"guaranteeReference":"23GB0000010000854","accessCode":"AC01"}"#
        let bad = [
            (
                #"{"guaranteeReference":"23GB0000010000854","accessCode":1234}"#,
                "accessCode is a number: write it in quotes"
            ),
            (#"{"guaranteeReference":17}"#, "guaranteeReference is a number: write it in quotes"),
            (#"{"guaranteeReference":"23GB0000010000854","label":true}"#, "label must be a text in quotes"),
            (#"{"guaranteeReference":"23GB0000010000854","user":{}}"#, "user must be a text in quotes"),
            (#"{"guaranteeReference":"","accessCode":"AC01"}"#, "guaranteeReference is empty"),
            (#"{"accessCode":"AC01","taxIdentifier":"GB"}"#, "guaranteeReference is empty"),
            (#"{"guaranteeReference":"a","guaranteeReference":"b"}"#, "guaranteeReference stands here twice"),
            (#"{"guaranteeReference":"23GB0000010000854","guaranteeType":"7"}"#, "guaranteeType is none of"),
            (#"{"guaranteeReference":"23GB0000010000854","accessCodeEnv":"NONE"}"#, "the variable that accessCodeEnv"),
            (#"{"guaranteeReference":"23GB0000010000854""#, "malformed-json"), ("rubbish", "malformed-json"),
            (#"{"label":"a"}"#, "unknown-message"),
            (#"{"guaranteeReference":"23GB\nX"}"#, "guaranteeReference holds a line"),
        ]
        let text = bad.map { "\(good)\n\($0.0)" }.joined(separator: "\n")
        let list = try files.list(text)
        #expect(list.questions.count == bad.count)
        #expect(list.problems.map { $0.source.place } == bad.indices.map { ":\(2 * $0 + 2)" })
        for (problem, (_, message)) in zip(list.problems, bad) {
            #expect(problem.message.hasPrefix(message), "\(problem)")
        }
        let array = try files.list("[\(good),{\"guaranteeReference\":1},17,\(good)]")
        #expect(array.questions.count == 2)
        #expect(array.problems.map { $0.source.place } == [", entry 2", ", entry 3"])
        let doubled = try files.list("[\(good),{\"guaranteeReference\":\"a\",\"guaranteeReference\":\"b\"}]")
        #expect(doubled.problems.map(\.message) == ["guaranteeReference stands here twice: keep one of the two"])
        #expect(try files.list("[\(good),").problems.count == 1)
    }

    @Test func `in JSON pass over members that nobody knows, and say so once`() throws {
        let row = #"{"guaranteeReference":"23GB0000010000854","office":"GB000060","x":[1]}"#
        let list = try files.list("\(row)\n\(row)\n")
        #expect(list.questions.count == 2 && list.problems.isEmpty)
        #expect(list.warnings.map { $0.source.place } == [":1", ":1"])
    }

    @Test func `may be stored queries of either version`() throws {
        let v2 = try Recordings.sample("v2-json/published-23GB0000010000854-query.json")
        for (text, summary) in [
            (try Recordings.sample("v1-xml/CD034A.xml"), "22GB0000010000313 GB954131533000 AC01"),
            (try Recordings.sample("v1-json/query.json"), "22GB0000010000313 GB954131533000 AC01"),
            (try Recordings.sample("v1-json/query-exchange.json"), "22XI00000100002X7 XI195624547845 AC01"),
            (v2, "23GB0000010000854 - AC01"),
            (try Recordings.sample("envelopes/transitRequest.xml"), "22GB0000010000313 GB954131533000 AC01"),
            (base64(v2), "23GB0000010000854 - AC01"),
        ] {
            let list = try files.list(text)
            #expect(
                list.questions.map { "\($0.grn) \($0.tin ?? "-") \($0.accessCode?.secret ?? "-")" } == [summary],
                "\(text)")
            #expect(list.problems.isEmpty)
        }
        let several = try files.list(try Recordings.sample("v1-xml/CD034A-three-guarantees.xml"))
        #expect(several.questions.count == 3)
        let line = v2.replacingOccurrences(of: "\n", with: "").replacingOccurrences(of: "\"", with: "\"\"")
        let rows = try files.list("id,payload\n1,\"\(line)\"\n2,x\n")
        #expect(rows.rows == [":2 23GB0000010000854"])
        #expect(rows.problems.map { $0.source.place } == [":3"])
        let array = try files.list(try Recordings.sample("envelopes/array-of-queries.json"))
        #expect(array.questions.count == 3)
    }

    @Test func `take the questions of an archive and pass over its answers`() throws {
        let path = Recordings.samples.appendingPathComponent("archive/archive.ndjson").path
        let list = try QuestionFiles.list(at: path)
        #expect(list.questions.count > 50)
        #expect(list.answers > 100)
        #expect(list.problems.allSatisfy { !$0.message.contains("AC01") })
        let exchanges = Recordings.samples.appendingPathComponent("recordings").path
        let recorded = try QuestionFiles.list(at: exchanges)
        #expect(Set(recorded.questions.map(\.grn)).count == 7)
        #expect(recorded.questions.count == 12)
        #expect(recorded.foreign == 3)
        // That a request got no answer is no fault of the question.
        #expect(recorded.problems.isEmpty && recorded.answers == 15)
        let polls = [
            Recordings.exchange(method: "GET", path: "\(Recordings.v1Path)/x", body: nil, answer: #""<p>""#),
            #"{"method":"GET","path":"\#(Recordings.v1Path)/x"}"#, Recordings.exchange(answer: #""<p>""#),
            Recordings.exchange(body: nil),
        ]
        let polled = try files.list(polls.joined(separator: "\n"))
        #expect(polled.questions.count == 1 && polled.answers == 4)
        #expect(polled.problems.map { $0.source.place } == [":4"])
        let answers = try files.list(try Recordings.sample("v1-json/request-success.json"))
        #expect(answers.questions.isEmpty && answers.answers == 1 && answers.problems.isEmpty)
        let other = try files.list(try Recordings.sample("v1-xml/CD034A-other-question.xml"))
        #expect(other.questions.isEmpty && other.problems.isEmpty && other.warnings.count == 1)
    }

    @Test func `that are committed as samples are read`() throws {
        let csv = try QuestionFiles.list(at: Recordings.samples.appendingPathComponent("queries.csv").path)
        let lines = try QuestionFiles.list(
            at: Recordings.samples.appendingPathComponent("queries.ndjson").path, environment: ["ACCESS_CODE": "AC01"])
        #expect(csv.problems.isEmpty && lines.problems.isEmpty && lines.warnings.isEmpty)
        #expect(csv.questions.count == 5)
        #expect(csv.questions.map(\.grn) == lines.questions.map(\.grn))
        #expect(csv.questions.map(\.accessCode) == lines.questions.map(\.accessCode))
        #expect(csv.questions.map(\.guaranteeType) == lines.questions.map(\.guaranteeType))
        let unset = try QuestionFiles.list(at: Recordings.samples.appendingPathComponent("queries.ndjson").path)
        #expect(unset.questions.isEmpty && unset.problems.count == 5)
    }

    @Test func `that are not there, or have nothing in them, are refused`() throws {
        let missing = files.root.appending(path: "none").path
        for path in [missing, files.root.path] {
            let error = try #require(throws: InputError.self) { try QuestionFiles.list(at: path) }
            #expect(error.path == path)
        }
        for text in ["", "\n \r\n", "\u{FEFF}", String(repeating: "\n", count: 600_000)] {
            #expect(throws: InputError.self) { try files.list(text) }
        }
        let header = try files.list("guaranteeReference\n")
        #expect(header.questions.isEmpty && header.problems.isEmpty)
    }

    @Test func `may be a folder of files of any kind`() throws {
        try files.write(Array("guaranteeReference\n23GB0000010000854\n".utf8), "in/queries-a.csv")
        try files.write(Array(#"{"guaranteeReference":"23GB0000010000863"}"#.utf8), "in/queries-b.json")
        try files.write([], "in/queries-c.csv")
        try files.write(Array("<CD034A>".utf8), "in/queries-d.xml")
        let list = try QuestionFiles.list(at: files.root.appending(path: "in").path)
        #expect(list.rows == ["-a.csv:2 23GB0000010000854", "-b.json 23GB0000010000863"])
        #expect(list.problems.map { $0.source.place } == ["-c.csv", "-d.xml"])
    }
}
