/// The markup of messages that libxml2 has read, to know others by that differ from them in their leaves' texts alone.
///
/// Programs write their messages alike: tags and white space are the same bytes each time. Where they are, and all that stands
/// between them are characters that mean nothing to XML, libxml2 would report the same elements again with those texts, so
/// that it need not be asked. About everything else this says nothing.
struct KnownMarkup {
    private struct Markup {
        var shape = 0
        /// The message's elements; where their texts lie is each message's own.
        var elements: [ShapedMessage.Element] = []
        /// The elements that are leaves, in document order.
        var leaves: [Int] = []
        /// What stands before each leaf's text, and behind the last, one behind the other.
        var literals: [UInt8] = []
        /// Where each of them ends.
        var ends: [Int] = []
    }

    /// Those that were of use last come first.
    private var markups: [Markup] = []
    private static let most = 8
    /// How often something was learned since it was last of use: where each message is new, that is left off.
    private var vain = 0
    private static let mostInVain = 32
    /// A message that is longer is left to libxml2, which has limits of its own.
    private static let longest = 64 << 10

    // MARK: - Reading

    /// - Returns: whether the message's markup is known; else `message` means nothing.
    mutating func read(_ text: UnsafeBufferPointer<UInt8>, into message: inout ShapedMessage) -> Bool {
        guard text.count <= Self.longest else { return false }
        for index in markups.indices where Self.read(text, as: markups[index], into: &message) {
            if index > 0 { markups.swapAt(0, index) }
            vain = 0
            return true
        }
        return false
    }

    private static func read(
        _ text: UnsafeBufferPointer<UInt8>, as markup: borrowing Markup, into message: inout ShapedMessage
    ) -> Bool {
        message.removeAll()
        message.shape = markup.shape
        message.elements.append(contentsOf: markup.elements)
        var position = 0
        var literal = 0
        return markup.literals.withUnsafeBufferPointer { literals in
            for (number, leaf) in markup.leaves.enumerated() {
                let end = markup.ends[number]
                guard text.has(literals[literal..<end], at: position) else { return false }
                position += end - literal
                literal = end
                let start = position
                while position < text.count, isPlain(text[position]) { position += 1 }
                guard position < text.count, text[position] == UInt8(ascii: "<") else { return false }
                message.elements[leaf].start = Int32(message.texts.count)
                message.elements[leaf].count = Int32(position - start)
                message.texts.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<position]))
            }
            return text.has(literals[literal...], at: position) && position + literals.count - literal == text.count
        }
    }

    /// Whether a character of a text is no more than itself: ASCII that is neither markup nor a line's end.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "<") && byte != UInt8(ascii: "&")
            && byte != UInt8(ascii: ">")
    }

    // MARK: - Learning

    /// Remembers the markup of a message that libxml2 has read.
    mutating func learn(_ text: UnsafeBufferPointer<UInt8>, of message: borrowing ShapedMessage) {
        guard text.count <= Self.longest, vain < Self.mostInVain else { return }
        vain += 1
        guard let markup = Self.markup(of: text, message),
            !markups.contains(where: { $0.shape == markup.shape && $0.literals == markup.literals })
        else { return }
        if markups.count == Self.most { markups.removeLast() }
        markups.insert(markup, at: 0)
    }

    /// nil where there is more in the text than a declaration, tags, and texts as they are.
    private static func markup(
        of text: UnsafeBufferPointer<UInt8>, _ message: borrowing ShapedMessage
    ) -> Markup? {
        var markup = Markup()
        markup.shape = message.shape
        markup.elements = message.elements.map { element in
            var element = element
            (element.start, element.count) = (0, 0)
            return element
        }
        var position = 0
        if text.has("<?xml".utf8, at: 0) {
            guard let end = text.firstIndex(of: UInt8(ascii: ">")), end > 0, text[end - 1] == UInt8(ascii: "?") else {
                return nil
            }
            position = end + 1
        }
        var literal = 0
        var element = 0
        while let tag = text[position...].firstIndex(of: UInt8(ascii: "<")) {
            guard tag + 1 < text.count, let tagEnd = text[tag...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            position = tagEnd + 1
            switch text[tag + 1] {
            case UInt8(ascii: "!"), UInt8(ascii: "?"): return nil
            case UInt8(ascii: "/"): continue
            default: break
            }
            // A tag that is both has no place for a text.
            guard text[tagEnd - 1] != UInt8(ascii: "/"), element < message.elements.count,
                let next = text[position...].firstIndex(of: UInt8(ascii: "<")), next + 1 < text.count
            else { return nil }
            defer { element += 1 }
            guard text[next + 1] == UInt8(ascii: "/") else { continue }
            let entry = message.elements[element]
            let known = message.texts[Int(entry.start)..<Int(entry.start) + Int(entry.count)]
            guard entry.extent == 1, text[position..<next].elementsEqual(known) else { return nil }
            markup.leaves.append(element)
            markup.literals.append(contentsOf: text[literal..<position])
            markup.ends.append(markup.literals.count)
            literal = next
            position = next
        }
        markup.literals.append(contentsOf: text[literal...])
        return element == message.elements.count ? markup : nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these bytes stand at a position.
    fileprivate func has(_ bytes: Slice<Self>, at position: Int) -> Bool {
        guard count - position >= bytes.count else { return false }
        let (own, others) = (UnsafeRawBufferPointer(self), UnsafeRawBufferPointer(Self(rebasing: bytes)))
        var index = 0
        while index + 8 <= others.count {
            let word = own.loadUnaligned(fromByteOffset: position + index, as: UInt64.self)
            if word != others.loadUnaligned(fromByteOffset: index, as: UInt64.self) { return false }
            index += 8
        }
        while index < others.count {
            if own[position + index] != others[index] { return false }
            index += 1
        }
        return true
    }

    fileprivate func has(_ bytes: String.UTF8View, at position: Int) -> Bool {
        self[Swift.min(position, count)...].starts(with: bytes)
    }
}
