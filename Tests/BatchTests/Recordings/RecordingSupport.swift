import Foundation
import Testing
import Translation

@testable import Batch

/// Recordings in memory, read as files would be.
enum Recordings {
    static let mappings = Result { try MappingSet(.embedded) }
    static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("samples")

    static func items(
        in bytes: [UInt8], of side: RecordedSide, options: InputOptions = InputOptions(), chunkSize: Int = 4096,
        faultAt: Int? = nil
    ) throws -> [RecordedItem] {
        let mappings = try mappings.get()
        let interpreter = RecordingInterpreter(side: side, mappings: mappings, masker: Masker(mappings))
        let file = InputFile(path: "memory", relativePath: "memory", isNamed: true)
        var input = PeekedInput(MemorySource(bytes, faultAt: faultAt), chunkSize: chunkSize)
        let isAll = input.peek(Layout.peekSize)
        var items: [RecordedItem] = []
        RecordedPieces(options: options).read(file, input, isAll: isAll) { piece in
            items += interpreter.items(of: piece)
        }
        return items
    }

    static func items(
        in text: String, of side: RecordedSide, options: InputOptions = InputOptions(), chunkSize: Int = 4096
    ) throws -> [RecordedItem] {
        try items(in: Array(text.utf8), of: side, options: options, chunkSize: chunkSize)
    }

    /// Files on disk, through the reader that the command uses.
    static func items(at path: String, of side: RecordedSide, options: InputOptions = InputOptions()) throws
        -> [RecordedItem]
    {
        let mappings = try mappings.get()
        let reader = RecordingReader(
            side: side, mappings: mappings, masker: Masker(mappings), options: options)
        var items: [RecordedItem] = []
        reader.read(try InputFiles.find([path]).files) { items.append($0) }
        return items
    }

    static func sample(_ path: String) throws -> String {
        try String(contentsOf: samples.appendingPathComponent(path), encoding: .utf8)
    }

    static let v1Path = "/customs/guarantees/balances"
    static let v1Body =
        #"{"taxIdentifier":"GB954131533000","guaranteeReference":"22GB0000010000313","accessCode":"AC01"}"#
    static let balanceID = "61406F5F-8a1c-4d2e-9b30-7f1845c2e6d1"

    /// An exchange on one line, from parts that are JSON.
    static func exchange(
        method: String = "POST", path: String = v1Path, body: String? = v1Body, status: Int = 200,
        headers: String = "{}",
        answer: String? = #"{"response":{"balance":50000,"currency":"GBP"}}"#, more: String = ""
    ) -> String {
        let asked = body.map { #","body":\#($0)"# } ?? ""
        let answered = answer.map { #","body":\#($0)"# } ?? ""
        return #"{\#(more)"request":{"method":"\#(method)","path":"\#(path)","headers":{}\#(asked)},"#
            + #""response":{"status":\#(status),"headers":\#(headers)\#(answered)}}"#
    }
}

extension RecordedItem {
    var question: RecordedQuestion? { if case .question(let question) = self { question } else { nil } }
    var answer: RecordedAnswer? { if case .answer(let answer) = self { answer } else { nil } }
    var error: TranslationError? { if case .unreadable(_, let error) = self { error } else { nil } }
    var isForeign: Bool { if case .foreign = self { true } else { false } }

    /// What the item is, in a word or three.
    var summary: String {
        switch self {
        case .question(let question): "question \(question.grn)"
        case .answer(let answer):
            "\(answer.message.kind.rawValue) \(answer.grn?.text ?? "-") "
                + (answer.message.guarantees.first?.balance?.lexeme ?? answer.message.condition?.name ?? "-")
        case .foreign: "foreign"
        case .unreadable(_, let error): error.code.rawValue
        }
    }
}

extension RecordedAnswer {
    var text: String { String(decoding: payload, as: UTF8.self) }
}

extension Date {
    /// Seconds since 1970.
    var epoch: Double { timeIntervalSince1970 }
}
