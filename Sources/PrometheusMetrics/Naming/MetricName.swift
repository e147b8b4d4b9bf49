/// Names as Prometheus' data model has them.
enum MetricName {
    /// A metric's name: ASCII letters, digits, `_` and `:`, no digit first. What else there is becomes `_`.
    static func sanitised(_ name: String) -> String { legal(name, ":") }

    /// A label's name: as a metric's, but without colons. Names that Prometheus gives a meaning of its own are kept from
    /// it, in the way in which it renames labels that clash.
    static func sanitisedLabel(_ name: String) -> String {
        let name = legal(name, "_")
        if name == "le" || name == "quantile" || name.utf8.starts(with: "__".utf8) { return "exported_" + name }
        return name
    }

    private static func legal(_ name: String, _ extra: Unicode.Scalar) -> String {
        let isLegal = { (scalar: Unicode.Scalar) in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", extra: true
            default: false
            }
        }
        var scalars = name.unicodeScalars
        if !scalars.allSatisfy(isLegal) {
            scalars = String.UnicodeScalarView(scalars.map { isLegal($0) ? $0 : "_" })
        }
        guard let first = scalars.first, !("0"..."9").contains(first) else { return "_" + String(scalars) }
        return String(scalars)
    }
}
