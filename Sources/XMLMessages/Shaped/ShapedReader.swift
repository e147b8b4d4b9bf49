import CLibXML2

/// Reads messages that have a known shape without building a tree: names are compared as pointers, texts go to one buffer,
/// and nothing is allocated. One per worker, as `XMLReader`.
///
/// A message that differs from an earlier one in its leaves' texts alone is not even parsed (`KnownMarkup`).
///
/// It takes only what is plain: no attributes, namespaces or prefixes, no text between elements, all in the schema's order
/// and number. About anything else, and about what is no XML, it says no more than that: `XMLReader` reads it and finds the
/// words.
package final class ShapedReader {
    private let shapes: [XMLShape]
    private var context: ShapedContext
    private var text = MessageText()
    /// nil where libxml2 reads each message.
    private var known: KnownMarkup?

    /// - Parameter remembersMarkup: whether a message that differs from an earlier one in its texts alone is known by that.
    package init(_ shapes: [XMLShape], remembersMarkup: Bool = true) {
        self.shapes = shapes
        context = ShapedContext(shapes)
        known = remembersMarkup ? KnownMarkup() : nil
    }

    /// - Returns: whether the message has one of the shapes; else `message` means nothing.
    package func read(_ bytes: Span<UInt8>, encoding: XMLReader.Encoding, into message: inout ShapedMessage) -> Bool {
        do { try text.load(bytes, encoding: encoding) } catch { return false }
        return text.terminated.withUnsafeBufferPointer { terminated in
            let text = UnsafeBufferPointer(rebasing: terminated.dropLast())
            if known?.read(text, into: &message) == true { return true }
            if context.isWorn { context = ShapedContext(shapes) }
            guard context.parse(text, into: &message) else { return false }
            known?.learn(text, of: message)
            return true
        }
    }
}

/// A libxml2 context and what its callbacks work on.
private struct ShapedContext: ~Copyable {
    private let context: xmlParserCtxtPtr
    private let walk: UnsafeMutablePointer<ShapedWalk>

    init(_ shapes: [XMLShape]) {
        context = ParserContext.makeContext()
        walk = .allocate(capacity: 1)
        walk.initialize(to: ShapedWalk(shapes, names: context.pointee.dict))
        context.pointee.sax.pointee = ShapedWalk.handlers()
        context.pointee.userData = UnsafeMutableRawPointer(walk)
    }

    deinit {
        xmlFreeParserCtxt(context)
        walk.pointee.deallocate()
        walk.deinitialize(count: 1)
        walk.deallocate()
    }

    var isWorn: Bool { ParserContext.isWorn(context) }

    /// - Parameter text: with a NUL behind it.
    mutating func parse(_ text: UnsafeBufferPointer<UInt8>, into shaped: inout ShapedMessage) -> Bool {
        walk.pointee.start(&shaped)
        ParserContext.run(context, over: text) {
            // It takes a NUL for the end.
            let isWhole = context.pointee.wellFormed != 0 && context.pointee.input?.pointee.cur == input(text)
            if !isWhole { walk.pointee.hasShape = false }
        }
        walk.pointee.finish(&shaped)
        return walk.pointee.hasShape
    }

    private func input(_ text: UnsafeBufferPointer<UInt8>) -> UnsafePointer<UInt8>? {
        text.baseAddress.map { $0 + text.count }
    }
}

/// A walk through a shape, step by step with what the parser reports.
private struct ShapedWalk {
    /// A shape's element with its name as the context's dictionary has it: equal names are one pointer.
    private struct Step {
        var name: UnsafePointer<xmlChar>?
        var first: Int32
        var last: Int32
        var minimum: Int32
        var maximum: Int32
    }

    /// A group that is open.
    private struct Frame {
        var step: Int32
        /// Where it stands among the message's elements.
        var position: Int32
        /// The child that is due, and how many of it there were.
        var child: Int32
        var count: Int32 = 0
    }

    /// The steps of each shape, and those of the message's own. They lie where no count of references is kept of them: what
    /// is done for each element must cost next to nothing.
    private let shapes: [UnsafePointer<Step>]
    private var steps: UnsafePointer<Step>
    private var message = ShapedMessage()
    /// Those that are open: no shape is deeper than there is room.
    private let frames: UnsafeMutablePointer<Frame>
    private var depth = 0
    /// The position of the leaf that is open; -1: none.
    private var leaf: Int32 = -1
    var hasShape = false

    init(_ shapes: [XMLShape], names: xmlDictPtr?) {
        self.shapes = shapes.map { shape in
            let steps = UnsafeMutablePointer<Step>.allocate(capacity: shape.elements.count)
            for (index, element) in shape.elements.enumerated() {
                (steps + index).initialize(
                    to: Step(
                        name: xmlDictLookup(names, element.name, -1), first: Int32(element.children.lowerBound),
                        last: Int32(element.children.upperBound), minimum: Int32(element.minimum),
                        maximum: Int32(clamping: element.maximum)))
            }
            return UnsafePointer(steps)
        }
        steps = self.shapes[0]
        frames = .allocate(capacity: shapes.map(\.elements.count).max() ?? 0)
    }

    /// Gives the tables back.
    func deallocate() {
        for steps in shapes { steps.deallocate() }
        frames.deallocate()
    }

    mutating func start(_ message: inout ShapedMessage) {
        swap(&self.message, &message)
        self.message.removeAll()
        depth = 0
        leaf = -1
        hasShape = true
    }

    mutating func finish(_ message: inout ShapedMessage) {
        if depth > 0 || self.message.elements.isEmpty { hasShape = false }
        swap(&self.message, &message)
    }

    // MARK: - Callbacks

    static func handlers() -> xmlSAXHandler {
        var handlers = xmlSAXHandler()
        handlers.initialized = UInt32(XML_SAX2_MAGIC)
        handlers.startElementNs = { data, name, prefix, _, namespaceCount, _, attributeCount, _, _ in
            guard let walk = ShapedWalk.at(data) else { return }
            guard prefix == nil, namespaceCount == 0, attributeCount == 0, walk.pointee.startElement(name) else {
                return ShapedWalk.stop(walk)
            }
        }
        handlers.endElementNs = { data, _, _, _ in
            guard let walk = ShapedWalk.at(data) else { return }
            if !walk.pointee.endElement() { ShapedWalk.stop(walk) }
        }
        let characters: charactersSAXFunc = { data, bytes, count in
            guard let walk = ShapedWalk.at(data) else { return }
            if !walk.pointee.characters(UnsafeBufferPointer(start: bytes, count: Int(count))) { ShapedWalk.stop(walk) }
        }
        handlers.characters = characters
        handlers.ignorableWhitespace = characters
        handlers.cdataBlock = characters
        handlers.internalSubset = { data, _, _, _ in ShapedWalk.at(data).map(ShapedWalk.stop) }
        handlers.serror = { data, error in
            guard let walk = ShapedWalk.at(data), error?.pointee.level != XML_ERR_WARNING else { return }
            ShapedWalk.stop(walk)
        }
        return handlers
    }

    private static func at(_ data: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<ShapedWalk>? {
        data?.assumingMemoryBound(to: ShapedWalk.self)
    }

    /// What is reported from now on changes nothing any more.
    private static func stop(_ walk: UnsafeMutablePointer<ShapedWalk>) { walk.pointee.hasShape = false }

    private mutating func startElement(_ name: UnsafePointer<xmlChar>?) -> Bool {
        guard hasShape, leaf < 0 else { return false }
        let step: Int32
        if depth > 0 {
            step = Self.next(&frames[depth - 1], name, steps)
        } else {
            guard message.elements.isEmpty else { return false }
            step = begin(name)
        }
        guard step >= 0 else { return false }
        let position = Int32(message.elements.count)
        message.elements.append(ShapedMessage.Element(element: step, start: Int32(message.texts.count)))
        let first = steps[Int(step)].first
        if first == steps[Int(step)].last {
            leaf = position
        } else {
            frames[depth] = Frame(step: step, position: position, child: first)
            depth += 1
        }
        return true
    }

    /// The root's step in the shape that it begins; -1 where it begins none.
    private mutating func begin(_ name: UnsafePointer<xmlChar>?) -> Int32 {
        guard let shape = shapes.firstIndex(where: { $0[0].name == name }) else { return -1 }
        message.shape = shape
        steps = shapes[shape]
        return 0
    }

    /// The element of this name among those that may stand in a group now; -1 where there is none.
    private static func next(
        _ frame: inout Frame, _ name: UnsafePointer<xmlChar>?, _ steps: UnsafePointer<Step>
    ) -> Int32 {
        let end = steps[Int(frame.step)].last
        while frame.child < end {
            let step = steps[Int(frame.child)]
            if step.name == name {
                guard frame.count < step.maximum else { return -1 }
                frame.count += 1
                return frame.child
            }
            guard frame.count >= step.minimum else { return -1 }
            frame.child += 1
            frame.count = 0
        }
        return -1
    }

    private mutating func endElement() -> Bool {
        guard hasShape else { return false }
        if leaf >= 0 {
            let position = Int(leaf)
            message.elements[position].count = Int32(message.texts.count) - message.elements[position].start
            leaf = -1
            return true
        }
        guard depth > 0 else { return false }
        depth -= 1
        // Nothing is due any more: no name is nil.
        _ = Self.next(&frames[depth], nil, steps)
        let frame = frames[depth]
        guard frame.child == steps[Int(frame.step)].last else { return false }
        let extent = Int32(message.elements.count) - frame.position
        message.elements[Int(frame.position)].extent = extent
        return extent > 1
    }

    private mutating func characters(_ data: UnsafeBufferPointer<UInt8>) -> Bool {
        guard hasShape else { return false }
        if leaf >= 0 {
            message.texts.append(contentsOf: data)
            return true
        }
        return data.allSatisfy(Prolog.isWhiteSpace)
    }
}
