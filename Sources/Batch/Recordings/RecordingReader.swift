package import Translation

/// Reads what was recorded of one version: stored messages as `convert` reads them, exchanges of a request and its response,
/// and HTTP Archives (HAR 1.2), all told by content.
package struct RecordingReader: Sendable {
    let side: RecordedSide
    let mappings: MappingSet
    let masker: Masker
    let options: InputOptions

    /// - Parameter options: how records are found. `grnField` names the guarantee of answers that don't.
    package init(side: RecordedSide, mappings: MappingSet, masker: Masker, options: InputOptions) {
        self.side = side
        self.mappings = mappings
        self.masker = masker
        self.options = options
    }

    /// Hands out what the files hold, in their order. No more than one record, or one entry of an archive, is held at a
    /// time; what can't be read is handed out as such, and all else goes on.
    ///
    /// - Throws: what `body` throws, which ends the reading.
    package func read<Failure: Error>(
        _ files: [InputFile], _ body: (RecordedItem) throws(Failure) -> Void
    ) throws(Failure) {
        let interpreter = RecordingInterpreter(side: side, mappings: mappings, masker: masker)
        for file in files {
            let pieces = RecordedPieces(options: options)
            try pieces.read(file) { (piece) throws(Failure) in
                for item in interpreter.items(of: piece) { try body(item) }
            }
        }
    }
}
