/// A file's bytes with a look at the first of them, which are kept: standard input can't be read twice.
struct PeekedInput {
    private var source: any ByteSource
    private let chunkSize: Int
    private var isAtEnd = false
    private var fault: ReadFault?
    /// The bytes that have been looked at, until `next` hands them out.
    private(set) var head: [UInt8] = []

    init(_ source: any ByteSource, chunkSize: Int) {
        self.source = source
        self.chunkSize = chunkSize
    }

    /// Reads on until `head` has more than `count` bytes or all. A fault is kept for `next` to throw.
    /// - Returns: whether `head` is all there is.
    mutating func peek(_ count: Int) -> Bool {
        while head.count <= count, !isAtEnd, fault == nil {
            do {
                let chunk = try source.read(chunkSize)
                isAtEnd = chunk.isEmpty
                head += chunk
            } catch {
                fault = error
            }
        }
        return isAtEnd
    }

    /// The next bytes, those in `head` first; none at the end.
    mutating func next() throws(ReadFault) -> [UInt8] {
        if !head.isEmpty {
            var bytes: [UInt8] = []
            swap(&bytes, &head)
            return bytes
        }
        if let fault { throw fault }
        if isAtEnd { return [] }
        let chunk = try source.read(chunkSize)
        isAtEnd = chunk.isEmpty
        return chunk
    }
}
