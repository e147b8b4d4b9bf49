#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The part of a text that is being looked at: it grows at its end as it is read, and shrinks at its beginning as
/// records are taken from it.
struct TextWindow {
    private var input: PeekedInput
    private var decoder: UTF16Decoder?
    private var marksLeft: Int
    private var start = 0
    private var bytes: [UInt8] = []
    private(set) var isAtEnd = false
    /// The line that the window begins with, from 1.
    private(set) var line: Int

    init(_ input: PeekedInput, encoding: TextEncoding, firstLine: Int = 1) {
        line = firstLine
        self.input = input
        decoder = encoding.decoder
        marksLeft = encoding.markSize
    }

    var count: Int { bytes.count - start }

    /// What is in the window; its indices are good until the window changes.
    var content: ArraySlice<UInt8> { bytes[start...] }

    /// Reads on. At the end nothing changes but `isAtEnd`.
    mutating func grow() throws(ReadFault) {
        guard !isAtEnd else { return }
        let chunk = try input.next()
        if start > 0 {
            bytes.removeSubrange(..<start)
            start = 0
        }
        isAtEnd = chunk.isEmpty
        let mark = min(marksLeft, chunk.count)
        marksLeft -= mark
        guard decoder != nil else { return append(chunk, behind: mark) }
        decoder?.decode(chunk[mark...], into: &bytes)
        if isAtEnd { decoder?.finish(into: &bytes) }
    }

    private mutating func append(_ chunk: [UInt8], behind mark: Int) {
        if bytes.isEmpty, mark == 0 {
            bytes = chunk
        } else {
            bytes += chunk[mark...]
        }
    }

    /// Reads on until the window has so many bytes, or all there are.
    mutating func grow(to count: Int) throws(ReadFault) {
        while self.count < count, !isAtEnd { try grow() }
    }

    /// Goes on behind the first `count` bytes, in which `lines` lines end.
    mutating func drop(_ count: Int, lines: Int) {
        start += count
        line += lines
        if start == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            start = 0
        }
    }

    /// How many bytes of the window come before its first line feed, of which none is among the first `searched`; nil
    /// where there is none.
    func lengthOfLine(from searched: Int = 0) -> Int? {
        bytes.withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[(start + searched)...])
            guard let beginning = rest.baseAddress, let found = memchr(beginning, 0x0A, rest.count) else { return nil }
            return searched + beginning.distance(to: found)
        }
    }

    /// Goes on behind the next line feed, or to the text's end, however far that is.
    mutating func skipLine() throws(ReadFault) {
        while true {
            if let length = lengthOfLine() { return drop(length + 1, lines: 1) }
            drop(count, lines: 0)
            if isAtEnd { return }
            try grow()
        }
    }
}
