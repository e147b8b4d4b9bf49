/// Writes lines of Prometheus' text format.
struct TextWriter {
    private(set) var bytes: [UInt8] = []

    mutating func family(_ name: String, _ kind: MetricKind, help: String) {
        put("# HELP ")
        put(name)
        put(" ")
        putEscaped(help, quoted: false)
        put("\n# TYPE ")
        put(name)
        put(" ")
        put(kind.rawValue)
        put("\n")
    }

    mutating func sample(_ name: String, _ labels: Labels, _ value: Double) {
        sample(name, labels, nil, Self.number(value))
    }

    mutating func sample(_ name: String, _ labels: Labels, bound: String? = nil, _ count: UInt64) {
        sample(name, labels, bound, String(count))
    }

    /// Whole numbers without a point, as Prometheus' own libraries write them.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value.magnitude < 0x1p53, value == value.rounded() { return String(Int64(value)) }
        return value.description
    }

    private mutating func sample(_ name: String, _ labels: Labels, _ bound: String?, _ value: String) {
        put(name)
        var separator = "{"
        for label in labels.all {
            put(separator)
            separator = ","
            put(label.name)
            put("=\"")
            putEscaped(label.value, quoted: true)
            put("\"")
        }
        if let bound {
            put(separator)
            put("le=\"")
            put(bound)
            put("\"")
        }
        put(labels.all.isEmpty && bound == nil ? " " : "} ")
        put(value)
        put("\n")
    }

    private mutating func put(_ text: String) { bytes += text.utf8 }

    private mutating func putEscaped(_ text: String, quoted: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): put("\\\\")
            case UInt8(ascii: "\n"): put("\\n")
            case UInt8(ascii: "\"") where quoted: put("\\\"")
            default: bytes.append(byte)
            }
        }
    }
}
