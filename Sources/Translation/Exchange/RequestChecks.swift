import Foundation
package import GuaranteeModel

/// The checks that HMRC's services make of a request before they deal with it, each as the refusal that it leads to
/// (contract sections 3.1 and 4). Their order is the caller's: authorisation and the lock come between them.
package struct RequestChecks: Sendable {
    private let codec: ExchangeCodec
    /// What the bodies of the versions' questions call the fields of the hub.
    private let v1Members: [HubField: String]
    private let v2Members: [HubField: String]
    /// The largest body that the framework takes: bytes.
    package static let maximumBody = 100 * 1024

    package init(_ codec: ExchangeCodec) {
        self.codec = codec
        v1Members = codec.memberNames(in: .v1JSON)
        v2Members = codec.memberNames(in: .v2JSON)
    }

    // MARK: - The framework

    /// An answer of the framework: before the service is asked, alike in both versions.
    package func frameworkError(_ status: Int, _ message: String, requested: String? = nil) -> BalanceMessage {
        let words = ErrorWords(status: String(status), message: message, requested: requested)
        return codec.message(meaning: "framework-error", words: words) ?? BalanceMessage(kind: .serviceError)
    }

    /// Reads a body: the JSON, or the framework's refusal.
    package func body(of request: ExchangeRequest) -> Result<WireTree, Refused> {
        guard request.headers.names(mediaType: "application/json", "text/json") else {
            return .failure(Refused(frameworkError(415, "Expecting text/json or application/json body")))
        }
        guard request.body.count <= Self.maximumBody else {
            return .failure(Refused(frameworkError(413, "Request Entity Too Large")))
        }
        do {
            return .success(try codec.parse(request.body))
        } catch {
            return .failure(Refused(frameworkError(400, "Invalid Json: \(error.message)")))
        }
    }

    package struct Refused: Error, Sendable {
        package var message: BalanceMessage

        init(_ message: BalanceMessage) {
            self.message = message
        }
    }

    /// Whether the Accept header asks for the version: v1.0 looks for the media type anywhere in it, v2.0 takes it alone.
    package func accepts(_ request: ExchangeRequest, _ format: MessageFormat) -> Bool {
        guard let value = request.headers["Accept"] else { return false }
        guard format == .v1JSON else { return value == "application/vnd.hmrc.2.0+json" }
        let wanted = "application/vnd.hmrc.1.0+json"
        return value == wanted || value.contains(wanted)
    }

    // MARK: - v1.0's shape and values

    /// The question that a body holds, or v1.0's refusal of its shape or its values.
    package func v1Query(in body: WireTree) -> Result<BalanceMessage, Refused> {
        var query = BalanceMessage(kind: .query)
        var refusal = BalanceMessage(kind: .refusal)
        for (field, complaint) in Self.v1Shape {
            switch member(v1Members[field], of: body) {
            case .text(let text): query[field, 0] = text
            case .missing: refusal[complaint, 0] = "Missing path"
            case .otherType: refusal[complaint, 0] = "String value expected"
            }
        }
        if refusal.shapeErrors != ShapeErrors() { return .failure(Refused(concluded(refusal))) }
        if let refusal = v1Refusal(ofValues: query) { return .failure(Refused(refusal)) }
        return .success(query)
    }

    /// The fields of a question, each with where its absence is complained of.
    private static let v1Shape: [(HubField, HubField)] = [
        (.tin, .tinShapeError), (.grn, .grnShapeError), (.accessCode, .accessCodeShapeError),
    ]

    /// v1.0's refusal of a question's values; nil where it takes them.
    package func v1Refusal(ofValues query: BalanceMessage) -> BalanceMessage? {
        var refusal = BalanceMessage(kind: .refusal)
        for (field, rules) in ValueRule.all {
            let text = query[field, 0] ?? ""
            for rule in rules where !rule.holds(text) {
                let index = refusal.valueErrors.count
                refusal[.valueErrorCode, index] = rule.code
                refusal[.valueErrorMessage, index] = rule.message
                refusal[.valueErrorReason, index] = rule.reason
            }
        }
        return refusal.valueErrors.isEmpty ? nil : concluded(refusal)
    }

    /// The refusal with the condition that its lists mean.
    private func concluded(_ refusal: BalanceMessage) -> BalanceMessage {
        var refusal = refusal
        refusal.condition = codec.mappings.conditions.row(matching: refusal)?.condition
        return refusal
    }

    // MARK: - v2.0's GRN and access code

    /// v2.0's refusal of a GRN in its path; nil where it takes it.
    package func v2Refusal(ofGRN text: String) -> BalanceMessage? {
        let bytes = Array(text.utf8)
        guard bytes.count == 17, GRN(text).isWellFormed else { return codec.message(meaning: "grn-format") }
        return ["GB", "XI"].contains(GRN(text).country) ? nil : codec.message(meaning: "grn-country")
    }

    /// The access code that a body holds; nil where it counts as absent.
    package func v2AccessCode(in body: WireTree) -> AccessCode? {
        if case .text(let text) = member(v2Members[.accessCode], of: body) { AccessCode(text) } else { nil }
    }

    package var v2AccessCodeMissing: BalanceMessage? { codec.message(meaning: "access-code-missing") }

    /// v2.0's refusal of an access code's form, **which repeats the code**: for the answer alone. nil where it takes it.
    package func v2Refusal(of code: AccessCode) -> BalanceMessage? {
        guard code.secret.utf16.count != 4 || !ValueRule.isAlphanumeric(code.secret) else { return nil }
        let words = ErrorWords(message: "Access code \(code.secret) must be four alphanumeric characters.")
        return codec.message(meaning: "access-code-format", words: words)
    }

    // MARK: - Members

    private enum Member {
        case text(String)
        case missing
        case otherType
    }

    /// The member of a question's body by its name; the name is the one that the mapping of the version's question has.
    private func member(_ name: String?, of body: WireTree) -> Member {
        guard body.nodes[WireTree.root].kind == .group, let name, let node = body.child(name, of: WireTree.root)
        else { return .missing }
        return body.nodes[node].kind == .string ? .text(body.text(of: node)) : .otherType
    }
}

extension ExchangeCodec {
    /// The members of a question's body, by the fields of the hub that they carry.
    fileprivate func memberNames(in format: MessageFormat) -> [HubField: String] {
        var names: [HubField: String] = [:]
        for plan in mappings.plans where plan.format == format {
            guard case .kind(.query) = plan.file.meaning, let body = plan.body else { continue }
            for child in plan.nodes[body].children {
                if let field = plan.nodes[child].rule.binding?.field { names[field] = plan.nodes[child].name }
            }
        }
        return names
    }
}

/// One of v1.0's rules of a field's value, in the order in which it complains (contract section 3.1).
private struct ValueRule: Sendable {
    var code: String
    var message: String
    var reason: String
    var holds: @Sendable (String) -> Bool

    static let all: [(HubField, [ValueRule])] = [
        rules(
            .tin, "INVALID_TAX_IDENTIFIER", "Invalid tax identifier value",
            [
                ("Tax identifier must not be empty", { !$0.isEmpty }),
                ("Tax identifier has a maximum length of 17 characters", { $0.utf16.count <= 17 }),
                ("Tax identifier must be alphanumeric", isAlphanumeric),
            ]),
        rules(
            .grn, "INVALID_GUARANTEE_REFERENCE", "Invalid guarantee reference value",
            [
                ("Guarantee reference must not be empty", { !$0.isEmpty }),
                ("Guarantee reference has a maximum length of 24 characters", { $0.utf16.count <= 24 }),
                ("Guarantee reference must be alphanumeric", isAlphanumeric),
            ]),
        rules(
            .accessCode, "INVALID_ACCESS_CODE", "Invalid access code value",
            [
                ("Access code must be 4 characters in length", { $0.utf16.count == 4 }),
                ("Access code must be alphanumeric", isAlphanumeric),
            ]),
    ]

    private static func rules(
        _ field: HubField, _ code: String, _ message: String,
        _ reasons: [(String, @Sendable (String) -> Bool)]
    ) -> (HubField, [ValueRule]) {
        (field, reasons.map { ValueRule(code: code, message: message, reason: $0.0, holds: $0.1) })
    }

    /// Letters and digits of Unicode alone; nothing is neither.
    @Sendable static func isAlphanumeric(_ text: String) -> Bool {
        // Nearly all are of ASCII: no table is asked about those.
        if text.utf8.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 }) { return true }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
                true
            default: false
            }
        }
    }
}
