/// Why nothing can be measured, or why what was measured means nothing.
struct BenchmarkError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
