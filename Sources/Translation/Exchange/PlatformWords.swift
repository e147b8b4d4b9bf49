package import GuaranteeModel

extension BalanceMessage {
    /// The same with a message where it has none and the platform sends one: its documentation leaves the words open.
    package var worded: BalanceMessage {
        guard let condition, error.message == nil else { return self }
        var message = self
        message.error.message =
            switch condition.name {
            case "missing-credentials": "The request has no bearer token"
            case "invalid-credentials": "The bearer token is unknown or has expired"
            case "invalid-scope": "The bearer token was not granted for this API"
            case "resource-forbidden": "The application is not subscribed to this API"
            case "resource-not-found": "The platform knows no such address"
            case "unavailable": "The service is not available"
            case "maintenance": "The service is being maintained"
            case "gateway-timeout": "Request timed out"
            case "accept-header": "The accept header is missing or invalid"
            default: nil
            }
        return message
    }
}
