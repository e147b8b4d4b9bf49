import Translation

extension RecordingReader {
    /// The answers that bytes in memory hold; what else they hold is passed over.
    package func answers(in bytes: [UInt8]) -> [RecordedAnswer] {
        var input = PeekedInput(HeldSource(bytes), chunkSize: Layout.peekSize)
        let isAll = input.peek(Layout.peekSize)
        let interpreter = RecordingInterpreter(side: side, mappings: mappings, masker: masker)
        var answers: [RecordedAnswer] = []
        RecordedPieces(options: options).read(.standardInput, input, isAll: isAll) { piece in
            for case .answer(let answer) in interpreter.items(of: piece) { answers.append(answer) }
        }
        return answers
    }
}
