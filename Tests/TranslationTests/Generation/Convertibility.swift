import GuaranteeModel

@testable import Translation

/// What the design says about which messages have a counterpart, told from how a message was made: not from the engine.
struct Convertibility {
    let message: GeneratedMessage
    let target: MessageFormat

    private var facts: MessageFacts { message.facts }

    /// Whether the message has no counterpart in the target.
    var isRefused: Bool {
        switch message.plan.file.meaning {
        case .kind(.query): isQueryRefused
        case .kind(.answer): isAnswerRefused
        case .kind(.pending), .kind(.stateQuery): target != .v1JSON
        case .kind(.refusal), .kind(.serviceError), .condition: isErrorRefused
        }
    }

    private func isGRN(_ text: String) -> Bool {
        let pattern = #/[0-9]{2}(GB|XI)[A-Z0-9]{12}[0-9]/#
        return text.wholeMatch(of: pattern) != nil
    }

    private var isQueryRefused: Bool {
        if target != message.plan.format, facts.queryIdentifiers.contains(where: { $0 != "2" }) { return true }
        return facts.guarantees.contains { guarantee in
            target != .v1XML && guarantee[.accessCode] == nil
                || target == .v2JSON && guarantee[.grn].map(isGRN) == false
        }
    }

    private var isAnswerRefused: Bool {
        if target == .v1XML, message.plan.format != .v1XML, facts.holdsHugeAmount { return true }
        return facts.guarantees.contains(where: isRefused)
    }

    private func isRefused(_ guarantee: [HubField: String]) -> Bool {
        guard target != .v1XML else { return false }
        if guarantee[.balance] == nil { return true }
        if let currency = guarantee[.currency], currency.wholeMatch(of: #/[A-Z]{3}/#) == nil { return true }
        guard target == .v2JSON else { return false }
        if let type = guarantee[.guaranteeType], !["0", "1", "9"].contains(type) { return true }
        return guarantee[.grn].map(isGRN) == false
    }

    /// The condition by the contract's tables (3.1, 3.4, 4), where a list of errors says it.
    private var condition: String {
        if let condition = facts.condition { return condition }
        let reasons = facts.reasons
        if !reasons.isEmpty {
            if reasons.contains(where: { $0.isTypeUnsupported }) { return "guarantee-type-unsupported" }
            if reasons.contains(where: { $0.isNotFound }) { return "not-found" }
            return "other-functional-error"
        }
        if facts.shapeErrors.contains(.grnShapeErrors) { return "grn-missing" }
        if facts.shapeErrors.contains(.accessCodeShapeErrors) { return "access-code-missing" }
        if facts.shapeErrors.contains(.tinShapeErrors) { return "tax-identifier-missing" }
        if facts.valueErrorCodes.contains("INVALID_GUARANTEE_REFERENCE") { return "grn-format" }
        if facts.valueErrorCodes.contains("INVALID_ACCESS_CODE") { return "access-code-format" }
        return "tax-identifier-format"
    }

    private var isErrorRefused: Bool {
        switch target {
        case .v1JSON: false
        case .v1XML:
            if message.plan.format == .v1XML {
                false
            } else if facts.reasons.isEmpty {
                !["not-found", "guarantee-type-unsupported", "grn-format", "grn-country", "access-code-format"]
                    .contains(condition)
            } else {
                condition == "server-error" || facts.reasons.contains { !$0.fitsXML }
            }
        case .v2JSON:
            [
                "other-functional-error", "tax-identifier-format", "tax-identifier-missing", "gone",
                "request-not-found",
            ].contains(condition)
        }
    }
}

extension DrawnReason {
    var isTypeUnsupported: Bool {
        type == 14 && pointer == "GRR(1).GQY(1).Query identifier" && saysText && text == "R261"
    }

    var isNotFound: Bool {
        type == 12
            && ["GRR(1).Guarantee reference number (GRN)", "GRR(1).ACC(1).Access code"].contains(pointer)
    }

    /// Whether a `FUNERRER1` can hold it: two digits, 210 characters, 6 characters.
    var fitsXML: Bool {
        (0...99).contains(type) && (1...210).contains(pointer.unicodeScalars.count)
            && (!saysText || (1...6).contains(text.unicodeScalars.count))
    }
}
