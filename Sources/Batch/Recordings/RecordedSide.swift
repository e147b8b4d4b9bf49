import Translation

/// Which version a recording is of. The versions' JSON has pairs of messages that look alike: the side tells them apart.
package enum RecordedSide: Sendable {
    /// NCTS4's XML and v1.0's JSON.
    case v1
    /// v2.0's JSON.
    case v2

    /// The format of the version's HTTP messages.
    var json: MessageFormat { self == .v1 ? .v1JSON : .v2JSON }

    /// Whether messages of a format are of this version.
    func has(_ format: MessageFormat) -> Bool { (self == .v2) == (format == .v2JSON) }

    var other: RecordedSide { self == .v1 ? .v2 : .v1 }
}
