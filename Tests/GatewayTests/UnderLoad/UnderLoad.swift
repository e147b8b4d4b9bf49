import Testing

/// Tests that take the machine whole, or have clients cut off after tenths of a second: they go one after the other, and
/// `make test` runs them by themselves.
@Suite(.serialized) enum UnderLoad {}
