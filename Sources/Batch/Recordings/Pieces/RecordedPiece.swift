import Foundation
import Translation

/// One exchange or one message of a recording, with what stood around it.
struct RecordedPiece {
    enum Content {
        /// JSON, parsed, with the bytes that the tree's places count.
        case json(WireTree, [UInt8])
        /// Anything else.
        case message(Payload)
        case failure(TranslationError)
    }

    /// How a person finds it again.
    var source: String
    var content: Content
    /// The guarantee that the record's own field names.
    var grn: String?
    /// The time that stands beside the message.
    var at: Date?
    /// Whether it is an entry of an HTTP Archive, which is an exchange or nothing.
    var isEntry = false
}

extension WireTree {
    /// A JSON value as the text spells it that the tree was read from.
    func spelling(of node: Int, in bytes: [UInt8]) -> [UInt8] {
        guard nodes[node].kind.isContainer else { return JSONWriter.bytes(of: self, node: node) }
        let rest = bytes[Int(nodes[node].place.offset)...]
        return Array(rest[..<(JSONOutline.endOfContainer(rest) ?? rest.endIndex)])
    }
}
