/// How a file's records lie in it.
struct Layout: Equatable {
    var container: InputRecord.Container
    var encoding: TextEncoding
    /// The header, where the container is CSV.
    var columns: CSVColumns?

    /// How much of a file is looked at to tell.
    static let peekSize = 256 << 10

    /// That of a part of an input, which is known: in UTF-8, as only the first part could say otherwise.
    init(of part: InputPart) {
        encoding = .ascii(markSize: 0)
        container = part.container
    }

    /// Tells by a file's content how its records lie in it.
    ///
    /// - Parameters:
    ///   - head: the file's first bytes.
    ///   - isWhole: whether there are no more.
    init(of head: some Collection<UInt8>, isWhole: Bool, options: InputOptions) {
        encoding = TextEncoding(of: head)
        var text = Array(head.dropFirst(encoding.markSize))
        if var decoder = encoding.decoder {
            let encoded = text
            text.removeAll()
            decoder.decode(encoded, into: &text)
        }
        guard encoding != .utf32 else {
            container = .file
            return
        }
        let detection = ContainerDetection(text, isWhole: isWhole, options: options)
        columns = detection.columns()
        container = columns == nil ? detection.container() : .csv
    }
}
