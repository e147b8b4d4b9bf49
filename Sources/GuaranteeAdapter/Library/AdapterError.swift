/// An error as v1.0 told it: a status and a code (contract sections 3.1 and 5), so that what a program did about v1.0's
/// errors stays right.
public struct AdapterError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One of v1.0's complaints about a value.
    public struct Complaint: Sendable, Equatable {
        /// `INVALID_TAX_IDENTIFIER`, `INVALID_GUARANTEE_REFERENCE`, `INVALID_ACCESS_CODE`.
        public var code: String
        /// `Access code must be alphanumeric`.
        public var reason: String

        public init(code: String, reason: String) {
            self.code = code
            self.reason = reason
        }
    }

    /// The HTTP status that v1.0 sent: 400, 401, 403, 404, 429, 500, 503, 504.
    public var status: Int
    /// v1.0's code: `BAD_REQUEST`, `TOO_MANY_REQUESTS`, `INTERNAL_SERVER_ERROR` …; empty where it sent no body.
    public var code: String
    /// v1.0's message; it repeats no secret.
    public var message: String
    /// What is wrong with the values, where the code is `BAD_REQUEST`.
    public var complaints: [Complaint] = []

    public init(status: Int, code: String, message: String, complaints: [Complaint] = []) {
        self.status = status
        self.code = code
        self.message = message
        self.complaints = complaints
    }

    public var description: String { "\(status) \(code): \(message)" }
}
