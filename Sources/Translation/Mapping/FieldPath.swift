/// A place in a schema as mapping files name it, `body/_links/self/href`, taken apart once.
struct FieldPath: Sendable {
    let text: String
    let steps: [[UInt8]]

    init(_ text: String) {
        self.text = text
        steps = text.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    }
}
