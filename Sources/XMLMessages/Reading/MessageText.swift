import GuaranteeModel

/// A message as libxml2 is given it: valid UTF-8 without a byte order mark, in a buffer of ours that is used again.
///
/// libxml2 thus never decodes anything itself, never loads a converter, and every offset of its is an offset into this
/// buffer.
struct MessageText {
    /// The text and one NUL behind it, which libxml2 looks for.
    private(set) var terminated: [UInt8] = [0]
    /// Whether the text was decoded from another encoding than UTF-8, so that places count characters.
    private(set) var wasTranscoded = false

    /// Above it, tree offsets (32 bits) could overflow: a text decoded may be three times as long as its bytes.
    private static let maximumCount = 1 << 29
    /// A buffer that grew beyond this for one message is given back before the next.
    private static let keptCapacity = 4 << 20

    /// - Throws: `encoding` at the first byte that isn't in the encoding, or `tooLarge`.
    mutating func load(_ source: Span<UInt8>, encoding: XMLReader.Encoding) throws(XMLError) {
        terminated.removeAll(keepingCapacity: terminated.capacity <= Self.keptCapacity)
        wasTranscoded = false
        guard source.count <= Self.maximumCount else {
            throw XMLError(.tooLarge, at: Place(line: 1, column: 1), "the message is longer than 512 MiB")
        }
        try source.withUnsafeBufferPointer { (bytes) throws(XMLError) in
            let (actual, markLength) = try Self.encoding(of: bytes, as: encoding)
            let content = UnsafeBufferPointer(rebasing: bytes[markLength...])
            switch actual {
            case .utf8: try copy(content)
            case .utf16LittleEndian, .utf16BigEndian: try decodeUTF16(content, isBigEndian: actual == .utf16BigEndian)
            case .iso8859n1, .iso8859n15, .windows1252, .ascii: try decodeSingleBytes(content, as: actual)
            }
        }
        terminated.append(0)
    }

    private static func encoding(
        of bytes: UnsafeBufferPointer<UInt8>, as encoding: XMLReader.Encoding
    ) throws(XMLError) -> (encoding: CharacterEncoding, markLength: Int) {
        let detected = CharacterEncoding.detected(in: bytes)
        if encoding == .decodedText {
            return (.utf8, detected?.encoding == .utf8 ? 3 : 0)
        }
        if let detected { return detected }
        guard let name = Prolog.declaredEncoding(in: bytes) else { return (.utf8, 0) }
        if let declared = CharacterEncoding(declared: name) { return (declared, 0) }
        let message =
            CharacterEncoding.isUTF16(name)
            ? "the XML declaration says UTF-16, but the bytes are not UTF-16"
            : "the XML declaration names an encoding that we don't read; we read \(CharacterEncoding.readable)"
        throw XMLError(.encoding, at: Place(line: 1, column: 1), message)
    }

    private mutating func copy(_ content: UnsafeBufferPointer<UInt8>) throws(XMLError) {
        do {
            _ = try UTF8Span(validating: content.span)
        } catch {
            throw Self.failure(
                "a byte sequence that is not UTF-8", in: content, at: error.byteOffsets.lowerBound, characters: false)
        }
        terminated.append(contentsOf: content)
    }

    private mutating func decodeSingleBytes(
        _ content: UnsafeBufferPointer<UInt8>, as encoding: CharacterEncoding
    ) throws(XMLError) {
        wasTranscoded = true
        for (offset, byte) in content.enumerated() {
            if byte < 0x80 {
                terminated.append(byte)
            } else if let point = encoding.codePoint(ofHigh: byte), let scalar = Unicode.Scalar(point) {
                terminated.append(contentsOf: scalar.utf8)
            } else {
                throw Self.failure(
                    "a byte that has no meaning in the declared encoding", in: content, at: offset, characters: false)
            }
        }
    }

    private mutating func decodeUTF16(
        _ content: UnsafeBufferPointer<UInt8>, isBigEndian: Bool
    ) throws(XMLError) {
        wasTranscoded = true
        let units = content.count / 2
        func unit(_ index: Int) -> UInt32 {
            let first = UInt32(content[2 * index])
            let second = UInt32(content[2 * index + 1])
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        var index = 0
        while index < units {
            var point = unit(index)
            index += 1
            if point & 0xFC00 == 0xD800, index < units, unit(index) & 0xFC00 == 0xDC00 {
                point = 0x10000 + (point & 0x3FF) << 10 + (unit(index) & 0x3FF)
                index += 1
            }
            guard let scalar = Unicode.Scalar(point) else {
                throw failureAtEnd("half a surrogate pair, which is not UTF-16")
            }
            terminated.append(contentsOf: scalar.utf8)
        }
        if content.count % 2 != 0 { throw failureAtEnd("UTF-16 that ends inside a character") }
    }

    private static func failure(
        _ message: String, in content: UnsafeBufferPointer<UInt8>, at offset: Int, characters: Bool
    ) -> XMLError {
        var lines = LineTracker(text: content, columnsCountCharacters: characters)
        return XMLError(.encoding, at: lines.place(of: offset), message)
    }

    private func failureAtEnd(_ message: String) -> XMLError {
        terminated.withUnsafeBufferPointer { Self.failure(message, in: $0, at: $0.count, characters: true) }
    }
}
