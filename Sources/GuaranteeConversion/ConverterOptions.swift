/// How a converter converts.
public struct ConverterOptions: Sendable {
    /// The shape of v1.0's JSON answers.
    public enum V1Form: Sendable {
        /// As the answer to the `POST` (contract section 3.1).
        case post
        /// As the `GET` for a stored request gave it (contract section 3.2).
        case get
    }

    /// Whether what looser systems have stored is taken, each time with a warning; else a message is valid by its schema,
    /// or refused (`docs/convert.md`).
    public var isLenient = false
    /// In which shape v1.0's JSON is written.
    public var v1Form = V1Form.post
    /// Whether JSON is written as the body alone, without the exchange around it. The GRN of a v2.0 question stands in its
    /// path, and so not in its body.
    public var writesBodyAlone = false
    /// Whether each conversion is undone at once and compared leaf for leaf; a difference, which is a defect of the toolkit,
    /// throws `law`. It takes about three times as long.
    public var verifies = false

    public init() {}
}
