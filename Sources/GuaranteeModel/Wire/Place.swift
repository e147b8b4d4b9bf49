/// Where something stands in an input: line and column from 1, and the byte offset from 0 where the reader knows it.
public struct Place: Hashable, Sendable {
    /// The line, from 1; 0 where unknown.
    public var line: Int32
    /// The column in bytes, from 1; 0 where unknown.
    public var column: Int32
    /// The byte offset from the start of the message, from 0; -1 where unknown (XML).
    public var offset: Int32

    public init(line: Int, column: Int, offset: Int = -1) {
        self.line = Int32(clamping: line)
        self.column = Int32(clamping: column)
        self.offset = Int32(clamping: offset)
    }

    /// No place: what is written has none.
    public static let none = Place(line: 0, column: 0)
}
