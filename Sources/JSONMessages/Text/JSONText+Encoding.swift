import GuaranteeModel

extension JSONText {
    /// The JSON text in UTF-8, without a byte order mark.
    ///
    /// UTF-16 and UTF-32 are known by their byte order mark or, as a JSON text begins with an ASCII character, by where
    /// its first zero bytes stand. All else comes back as it is, unchecked: the reader checks UTF-8.
    /// - Throws: `.encoding` for code units that are no characters, placed in the bytes as given: line from 1, column
    ///   and offset in bytes.
    package static func utf8(from bytes: [UInt8]) throws(JSONError) -> [UInt8] {
        let form = EncodingForm(of: bytes)
        guard form.unitSize > 1 else { return form.markSize == 0 ? bytes : Array(bytes.dropFirst(form.markSize)) }
        var transcoding = Transcoding(form: form, bytes: bytes)
        return try transcoding.run()
    }
}

/// How a JSON text's characters are put into bytes.
private struct EncodingForm {
    /// Bytes per code unit: 1, 2 or 4.
    var unitSize: Int
    var isBigEndian = false
    /// The bytes of the byte order mark; 0 where there is none.
    var markSize = 0

    init(of bytes: [UInt8]) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            self.init(unitSize: 1, markSize: 3)
        } else if bytes.starts(with: [0x00, 0x00, 0xFE, 0xFF]) {
            self.init(unitSize: 4, isBigEndian: true, markSize: 4)
        } else if bytes.starts(with: [0xFF, 0xFE, 0x00, 0x00]) {
            self.init(unitSize: 4, markSize: 4)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            self.init(unitSize: 2, isBigEndian: true, markSize: 2)
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            self.init(unitSize: 2, markSize: 2)
        } else {
            self.init(zerosIn: bytes.prefix(4).map { $0 == 0 })
        }
    }

    private init(zerosIn zeros: [Bool]) {
        if zeros == [true, true, true, false] {
            self.init(unitSize: 4, isBigEndian: true)
        } else if zeros == [false, true, true, true] {
            self.init(unitSize: 4)
        } else if zeros.starts(with: [true, false]) {
            self.init(unitSize: 2, isBigEndian: true)
        } else if zeros.starts(with: [false, true]) {
            self.init(unitSize: 2)
        } else {
            self.init(unitSize: 1)
        }
    }

    private init(unitSize: Int, isBigEndian: Bool = false, markSize: Int = 0) {
        self.unitSize = unitSize
        self.isBigEndian = isBigEndian
        self.markSize = markSize
    }
}

/// UTF-16 or UTF-32 on its way to UTF-8.
private struct Transcoding {
    let form: EncodingForm
    let bytes: [UInt8]
    var offset: Int
    var line = 1
    var lineStart = 0

    init(form: EncodingForm, bytes: [UInt8]) {
        self.form = form
        self.bytes = bytes
        offset = form.markSize
    }

    mutating func run() throws(JSONError) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / form.unitSize)
        while offset < bytes.count {
            let (scalar, size) = try scalarAtOffset()
            output.append(contentsOf: scalar.utf8)
            offset += size
            if scalar == "\n" {
                line += 1
                lineStart = offset
            }
        }
        return output
    }

    /// The character at `offset`, and the bytes that it takes.
    private func scalarAtOffset() throws(JSONError) -> (Unicode.Scalar, Int) {
        guard let unit = unit(at: offset) else { throw error("the last code unit is cut off: send all of it") }
        if let scalar = Unicode.Scalar(unit) { return (scalar, form.unitSize) }
        guard form.unitSize == 2 else { throw error("a code unit is no Unicode character: send the text in UTF-8") }
        guard unit < 0xDC00, let partner = self.unit(at: offset + 2), 0xDC00...0xDFFF ~= partner,
            let scalar = Unicode.Scalar(surrogates: unit, partner)
        else { throw error("half of a surrogate pair: write both halves") }
        return (scalar, 4)
    }

    private func unit(at offset: Int) -> UInt32? {
        guard offset + form.unitSize <= bytes.count else { return nil }
        var unit: UInt32 = 0
        for position in 0..<form.unitSize {
            unit = unit << 8 | UInt32(bytes[offset + (form.isBigEndian ? position : form.unitSize - 1 - position)])
        }
        return unit
    }

    private func error(_ message: String) -> JSONError {
        JSONError(
            code: .encoding, place: Place(line: line, column: offset - lineStart + 1, offset: offset),
            message: message)
    }
}
