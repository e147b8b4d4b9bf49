import Foundation
import Testing
import Translation

@testable import Batch

/// What the committed samples are to a dual run.
@Suite struct `The samples as recordings` {
    /// What is no question and no answer, and why. All else must be one.
    static let leftOut = [
        "v1-xml/CD034A-other-question.xml": "no-counterpart", "v1-json/state-query.json": "no-counterpart",
        "v2-json/query-body-with-other-members.json": "missing-context", "v2-json/query-body.json": "missing-context",
    ]

    @Test(arguments: [("v1-xml", RecordedSide.v1), ("v1-json", .v1), ("v2-json", .v2)])
    func `are questions or answers of their side, or told why not`(folder: String, side: RecordedSide) throws {
        let items = try Recordings.items(at: Recordings.samples.appendingPathComponent(folder).path, of: side)
        let prefix = Recordings.samples.path + "/"
        var leftOut: [String: String] = [:]
        for item in items {
            #expect(!item.isForeign, "\(item.source)")
            if let error = item.error { leftOut[String(item.source.dropFirst(prefix.count))] = error.code.rawValue }
            if let question = item.question { #expect(question.source.contains("query") || folder == "v1-xml") }
            if let answer = item.answer { #expect(side.json == answer.format || folder == "v1-xml") }
        }
        #expect(leftOut == Self.leftOut.filter { $0.key.hasPrefix(folder + "/") })
        let files = try FileManager.default.contentsOfDirectory(
            atPath: Recordings.samples.appendingPathComponent(folder).path)
        #expect(Set(items.map(\.source)) == Set(files.map { prefix + folder + "/" + $0 }))
    }

    @Test(arguments: [("v1-xml", RecordedSide.v2), ("v1-json", .v2), ("v2-json", .v1)])
    func `are foreign to the other side, but for what both versions say alike`(
        folder: String, side: RecordedSide
    ) throws {
        let items = try Recordings.items(at: Recordings.samples.appendingPathComponent(folder).path, of: side)
        for item in items where !item.isForeign {
            let answer = try #require(item.answer, "\(item.source): \(item.summary)")
            #expect(answer.message.kind == .serviceError || answer.message.kind == .refusal, "\(item.source)")
        }
        #expect(items.contains { $0.isForeign })
    }

    @Test func `in envelopes and containers are found as converting finds them`() throws {
        for folder in ["envelopes", "containers", "encodings"] {
            let items = try Recordings.items(at: Recordings.samples.appendingPathComponent(folder).path, of: .v1)
            for item in items where item.question == nil && item.answer == nil {
                #expect(item.isForeign || item.source.contains("other-names"), "\(item.source): \(item.summary)")
            }
            #expect(items.count > 8)
        }
        let options = InputOptions(payloadField: "data", idField: "key", grnField: "guarantee")
        let path = Recordings.samples.appendingPathComponent("containers/other-names.ndjson").path
        let answers = try Recordings.items(at: path, of: .v1, options: options).compactMap(\.answer)
        #expect(answers.map(\.grn?.text) == ["23GB0000010000854", "23GB0000010000863", "23GB0000010000872"])
        #expect(answers.map(\.source) == (1...3).map { "\(path):\($0)" })
    }

    @Test func `of the archive are all told, good or bad`() throws {
        let path = Recordings.samples.appendingPathComponent("archive/archive.ndjson").path
        let items = try Recordings.items(at: path, of: .v1)
        #expect(Set(items.map(\.source)) == Set((1...300).map { "\(path):\($0)" }))
        #expect(items.count { $0.question != nil } > 50)
        #expect(items.count { $0.answer != nil } > 100)
    }

    @Test func `of exchanges are the pairs that they were`() throws {
        let path = Recordings.samples.appendingPathComponent("recordings/exchanges.ndjson").path
        let v1 = try Recordings.items(at: path, of: .v1)
        #expect(
            v1.map(\.summary) == [
                "question 23GB0000010000854", "answer 23GB0000010000854 262626", "foreign",
                "question 23GB0000010000863", "pending 23GB0000010000863 -", "answer 23GB0000010000863 10000",
                "foreign",
                "question 23GB0000010000872", "pending 23GB0000010000872 -", "serviceError - request-not-found",
                "foreign",
                "foreign", "question 22GB0000010000313", "refusal 22GB0000010000313 not-found",
            ])
        // The 404 names nobody: the balance id leads to its question.
        #expect(v1[9].answer?.keys == v1[7].question?.keys)
        #expect(v1[9].answer?.keys == ["balance 655c7a9c-81d4-4c06-8b3e-5f7a9d204c6e"])
        let v2 = try Recordings.items(at: path, of: .v2)
        #expect(
            v2.filter { !$0.isForeign }.map(\.summary) == [
                "question 23GB0000010000854", "answer 23GB0000010000854 262626", "question 23GB0000010000863",
                "answer 23GB0000010000863 10000.0", "question 23GB0000010000872", "answer 23GB0000010000872 90000",
            ])
        #expect(v2.count { $0.isForeign } == 7)
    }

    @Test func `of a browser's capture are found among its pages`() throws {
        let path = Recordings.samples.appendingPathComponent("recordings/capture.har").path
        let v1 = try Recordings.items(at: path, of: .v1)
        #expect(
            v1.map(\.summary) == [
                "foreign", "foreign", "question 22GB0000010000313", "answer 22GB0000010000313 50000",
                "question 22XI00000100002X7", "pending 22XI00000100002X7 -", "answer 22XI00000100002X7 30000",
                "foreign", "foreign", "foreign",
            ])
        #expect(v1[2].source == "\(path), entry 3")
        let v2 = try Recordings.items(at: path, of: .v2)
        #expect(
            v2.filter { !$0.isForeign }.map(\.summary) == [
                "question 23GB0000010000854", "answer 23GB0000010000854 262626", "question 23XI0000010000655",
                "refusal 23XI0000010000655 not-found", "question 23XI0000010000664", "missing-context",
            ])
    }
}
