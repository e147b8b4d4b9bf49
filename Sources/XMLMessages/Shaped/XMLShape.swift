/// The elements that a message may have, their order and how often each may stand, as a schema's sequences say it: what
/// `ShapedReader` reads by.
package struct XMLShape: Sendable {
    package struct Element: Sendable {
        package var name: String
        /// The elements directly inside, in their order: they lie one behind the other among the shape's.
        package var children: Range<Int>
        package var minimum: Int
        package var maximum: Int

        package init(name: String, children: Range<Int>, minimum: Int, maximum: Int) {
            self.name = name
            self.children = children
            self.minimum = minimum
            self.maximum = maximum
        }

        package var isLeaf: Bool { children.isEmpty }
    }

    /// The root first.
    package var elements: [Element]

    package init(elements: [Element]) {
        self.elements = elements
    }
}

/// A message that has one of the shapes: its elements in document order, and their texts. Used again for one message after
/// the other.
package struct ShapedMessage: Sendable {
    package struct Element: Sendable {
        /// The shape's element.
        package var element: Int32
        /// How many elements it is with all inside it.
        package var extent: Int32 = 1
        /// A leaf's text in `texts`.
        package var start: Int32
        package var count: Int32 = 0

        package init(element: Int32, start: Int32) {
            self.element = element
            self.start = start
        }
    }

    /// Which of the reader's shapes it has.
    package var shape = 0
    package var elements: [Element] = []
    package var texts: [UInt8] = []

    package init() {}

    package mutating func removeAll() {
        elements.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
    }
}
