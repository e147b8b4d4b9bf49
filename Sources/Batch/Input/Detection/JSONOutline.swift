/// Where JSON values end, by their brackets and quotes alone.
enum JSONOutline {
    /// The index behind the object or array that begins at the text's first byte; nil where it does not end, or where
    /// none begins.
    static func endOfContainer(_ text: ArraySlice<UInt8>) -> Int? {
        guard text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[") else { return nil }
        var depth = 0
        var index = text.startIndex
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""):
                guard let end = endOfString(text[index...]) else { return nil }
                index = end - 1
            default: break
            }
            index += 1
            if depth == 0 { return index }
        }
        return nil
    }

    /// The index behind the string whose opening quote is the text's first byte.
    static func endOfString(_ text: ArraySlice<UInt8>) -> Int? {
        var index = text.startIndex + 1
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "\""): return index + 1
            default: index += 1
            }
        }
        return nil
    }
}
