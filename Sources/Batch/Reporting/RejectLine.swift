import Foundation
import Translation

/// A line of the rejects file: a record that was not converted, why, and what it was.
struct RejectLine {
    let record: InputRecord
    let error: TranslationError
    let reading: Reading?
    /// Masks the payload's access code; nil where secrets are kept.
    let masker: Masker?

    /// How much of a payload is kept, in bytes.
    static let payloadLimit = 64 << 10

    var bytes: [UInt8] {
        var json = JSONStream()
        json.object { json in
            json.member("id", raw: record.identity)
            json.member("file", record.file.path)
            if let line = record.line { json.member("line", line) }
            json.member("code", error.code.rawValue)
            json.member("message", error.path.isEmpty ? error.message : "\(error.path) \(error.message)")
            json.object("position") { json in
                json.member("path", error.path)
                if error.place.line > 0 {
                    json.member("line", Int(error.place.line))
                    json.member("column", Int(error.place.column))
                }
                if error.place.offset >= 0 { json.member("offset", Int(error.place.offset)) }
            }
            if let reading {
                json.member("format", reading.format.rawValue)
                json.member("messageType", reading.plan.message)
                json.array("problems") { json in
                    for remark in reading.remarks { json.object { $0.write(remark) } }
                }
            }
            writePayload(to: &json)
        }
        json.newline()
        return json.bytes
    }

    private func writePayload(to json: inout JSONStream) {
        let isCut = record.payload.bytes.count > Self.payloadLimit
        var payload = Array(record.payload.bytes.prefix(Self.payloadLimit))
        // UTF-16 hides names from the masker, and is no string in JSON.
        if let text = String(utf16Marked: payload) { payload = Array(text.utf8) }
        if let masker {
            payload = masker.masked(payload)
            for secret in reading?.secrets ?? [] where secret.utf8.count > 2 {
                payload = payload.replacing(Array(secret.utf8), with: Array(AccessCode.mask.utf8))
            }
        }
        if let text = String(validating: isCut ? payload.droppingCutCharacter() : payload, as: UTF8.self) {
            json.member("payload", text)
        } else {
            json.member("payloadBase64", Data(payload).base64EncodedString())
        }
        if isCut { json.member("payloadCut", true) }
    }
}

extension JSONStream {
    mutating func write(_ remark: Remark) {
        member("severity", remark.severity.rawValue)
        member("code", remark.code)
        member("path", remark.path)
        if remark.place.line > 0 {
            member("line", Int(remark.place.line))
            member("column", Int(remark.place.column))
        }
        if remark.place.offset >= 0 { member("offset", Int(remark.place.offset)) }
        member("message", remark.message)
    }
}

extension String {
    /// The text of UTF-16 bytes with a byte order mark; nil where they are none.
    fileprivate init?(utf16Marked bytes: [UInt8]) {
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]),
            let text = String(bytes: bytes, encoding: .utf16)
        else { return nil }
        self = text
    }
}

extension [UInt8] {
    /// The bytes without a character at their end that was cut in two.
    fileprivate func droppingCutCharacter() -> [UInt8] {
        var end = count
        while end > 0, count - end < 4, self[end - 1] & 0xC0 == 0x80 { end -= 1 }
        guard end > 0, self[end - 1] >= 0xC0 else { return self }
        return Array(self[..<(end - 1)])
    }
}
