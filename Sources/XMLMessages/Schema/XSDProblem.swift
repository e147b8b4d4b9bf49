/// Why a schema can't be used: libxml2 doesn't compile it, or it points outside itself.
package struct XSDError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong with the schema, one entry per error.
    package var problems: [XSDProblem]

    package init(problems: [XSDProblem]) {
        self.problems = problems
    }

    package var description: String {
        "the schema can't be used: " + problems.map(\.description).joined(separator: "; ")
    }
}

/// One thing that libxml2's validation found. It never quotes what an element holds.
package struct XSDProblem: Equatable, Sendable, CustomStringConvertible {
    /// The line from 1, or 0 where libxml2 doesn't know it.
    package var line: Int
    /// libxml2's error code (`xmlParserErrors`), 0 for a message that isn't XML we read.
    package var code: Int
    /// The local name of the element that it is about, where there is one.
    package var element: String?
    /// What was wrong, as a sentence without a full stop.
    package var message: String

    package init(line: Int, code: Int, element: String?, message: String) {
        self.line = line
        self.code = code
        self.element = element
        self.message = message
    }

    package var description: String {
        "line \(line): " + (element.map { "\($0): " } ?? "") + message
    }
}
