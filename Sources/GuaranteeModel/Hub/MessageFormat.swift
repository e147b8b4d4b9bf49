/// The three formats of the toolkit. The raw value is the name that the command line and mapping files use.
public enum MessageFormat: String, Sendable, CaseIterable {
    /// NCTS4 XML: `CD034A`, `CD037A`, `CD906A`, `CC917A` (contract section 6).
    case v1XML = "v1-xml"
    /// The JSON of API v1.0 (contract section 3).
    case v1JSON = "v1-json"
    /// The JSON of API v2.0 (contract section 4).
    case v2JSON = "v2-json"

    package var syntax: WireTree.Syntax { self == .v1XML ? .xml : .json }
}
