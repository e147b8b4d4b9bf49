import Foundation
import Translation

/// Tells what the pieces of a recording mean to one side. One to a worker: it reuses its parsers' memory.
struct RecordingInterpreter {
    let side: RecordedSide
    let codec: ExchangeCodec
    let routes: ExchangeRoutes
    /// Reads whatever content tells. A balance of v1.0 holds what would pass for one of v2.0: it must not be looked at with
    /// v2.0's eyes alone.
    let byContent: Translator
    /// Reads the version's JSON, where content does not tell.
    let json: Translator

    init(side: RecordedSide, mappings: MappingSet, masker: Masker) {
        func translator(_ source: MessageFormat?) -> Translator {
            var options = TranslationOptions(target: .v1JSON)
            options.source = source
            options.isLenient = true
            return Translator(mappings: mappings, masker: masker, options: options)
        }
        self.side = side
        codec = ExchangeCodec(mappings)
        routes = ExchangeRoutes(mappings)
        byContent = translator(nil)
        json = translator(side.json)
    }

    /// A piece means nothing to a side, or a question, or an answer, or both, or several of either.
    func items(of piece: RecordedPiece) -> [RecordedItem] {
        switch piece.content {
        case .failure(let error): return [.unreadable(source: piece.source, error)]
        case .message(let payload): return items(ofMessage: payload, in: piece)
        case .json(let tree, let bytes):
            do throws(TranslationError) {
                if let shape = try ExchangeShape.find(in: tree) {
                    return items(of: RecordedExchange(shape, in: tree, bytes), in: piece)
                }
                guard !piece.isEntry else {
                    throw TranslationError(.unknownMessage, "is an entry without a request and a response")
                }
                return items(ofDocument: tree, in: piece)
            } catch {
                return [.unreadable(source: piece.source, error)]
            }
        }
    }

    /// What a recording may hold in a text's place: nothing, or our own mask, is no value.
    static func told(_ text: String?) -> String? {
        guard let text, !text.isEmpty, text != AccessCode.mask else { return nil }
        return text
    }

    /// The name by which the answers of one v1.0 question find each other.
    static func key(balanceID: String) -> String { "balance \(balanceID.lowercased())" }
}
