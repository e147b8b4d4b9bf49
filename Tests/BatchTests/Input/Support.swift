import Foundation
import Translation

@testable import Batch

/// Bytes in memory, read as a file would be.
struct MemorySource: ByteSource {
    var bytes: [UInt8]
    /// Where reading fails; nil for nowhere.
    var faultAt: Int?
    private var offset = 0

    init(_ bytes: [UInt8], faultAt: Int? = nil) {
        self.bytes = bytes
        self.faultAt = faultAt
    }

    mutating func read(_ count: Int) throws(ReadFault) -> [UInt8] {
        if let faultAt, offset >= faultAt { throw ReadFault(5) }
        let end = min(offset + count, faultAt ?? .max, bytes.count)
        defer { offset = end }
        return Array(bytes[offset..<end])
    }
}

func records(
    in bytes: [UInt8], options: InputOptions = InputOptions(), chunkSize: Int = 4096, faultAt: Int? = nil
) -> [InputRecord] {
    let file = InputFile(path: "memory", relativePath: "memory", isNamed: true)
    let source = MemorySource(bytes, faultAt: faultAt)
    var reader = RecordReader(file, options: options, source: source, chunkSize: chunkSize)
    var records: [InputRecord] = []
    while let record = reader.next() { records.append(record) }
    return records
}

func records(in text: String, options: InputOptions = InputOptions(), chunkSize: Int = 4096) -> [InputRecord] {
    records(in: Array(text.utf8), options: options, chunkSize: chunkSize)
}

func utf16(_ text: String, isBigEndian: Bool = false, hasMark: Bool = true) -> [UInt8] {
    let units = (hasMark ? [0xFEFF] : []) + Array(text.utf16)
    return units.flatMap { isBigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
}

func base64(_ text: String, wrapped: Bool = false) -> String {
    let options: Data.Base64EncodingOptions = wrapped ? [.lineLength76Characters, .endLineWithLineFeed] : []
    return Data(text.utf8).base64EncodedString(options: options)
}

extension InputRecord {
    var text: String { String(decoding: payload.bytes, as: UTF8.self) }
    var idText: String? { id.map { String(decoding: $0, as: UTF8.self) } }

    /// Everything about the record on one line, to compare runs by.
    var summary: String {
        let failure = failure.map { "\($0)" } ?? "-"
        return "\(number) \(container) \(line ?? 0) \(idText ?? "-") \(grn ?? "-") \(payload.isDecodedText) \(failure) "
            + text.debugDescription
    }
}

let declaration = #"<?xml version="1.0" encoding="UTF-8"?>"#

/// A message on one line.
func query(_ number: Int = 1) -> String {
    "<CD034A><MesIdeMES19>\(number)</MesIdeMES19><GUAREF2><GuaRefNumGRNREF21>x</GuaRefNumGRNREF21></GUAREF2></CD034A>"
}

func answer(_ number: Int = 1) -> String {
    "<CD037A><MesIdeMES19>\(number)</MesIdeMES19><GUAREF2><GuaRefNumGRNREF21>y</GuaRefNumGRNREF21></GUAREF2></CD037A>"
}

/// The same on many lines.
func pretty(_ message: String, indent: String = "  ") -> String {
    message.replacingOccurrences(of: "><", with: ">\n\(indent)<")
}
