/// Kinds of metrics, named as in the text.
enum MetricKind: String, Sendable {
    case counter
    case gauge
    case summary
    case histogram

    /// The name of the family, which tells its unit or kind.
    func familyName(of label: String) -> String {
        let name = MetricName.sanitised(label)
        switch self {
        case .counter: return name.hasSuffix("_total") ? name : name + "_total"
        case .histogram: return name.hasSuffix("_seconds") ? name : name + "_seconds"
        case .gauge, .summary: return name
        }
    }

    /// All names that samples of a family have.
    func sampleNames(of family: String) -> [String] {
        switch self {
        case .counter, .gauge: [family]
        case .summary: [family, family + "_sum", family + "_count"]
        case .histogram: [family, family + "_bucket", family + "_sum", family + "_count"]
        }
    }
}
