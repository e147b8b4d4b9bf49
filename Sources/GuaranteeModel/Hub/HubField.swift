/// A place of the hub that a mapping rule can name. The raw value is the name that mapping files use.
package enum HubField: String, Sendable, CaseIterable {
    case tin
    case balanceID = "balanceId"
    case requestedAt
    case completedAt
    case grn = "guarantee.grn"
    case accessCode = "guarantee.accessCode"
    case guaranteeType = "guarantee.type"
    case balance = "guarantee.balance"
    case currency = "guarantee.currency"
    case reasonType = "reason.type"
    case reasonPointer = "reason.pointer"
    case reasonText = "reason.text"
    case valueErrorCode = "valueError.code"
    case valueErrorMessage = "valueError.message"
    case valueErrorReason = "valueError.reason"
    case tinShapeError = "shapeError.tin"
    case grnShapeError = "shapeError.grn"
    case accessCodeShapeError = "shapeError.accessCode"
    case errorStatus = "error.status"
    case errorCode = "error.code"
    case errorMessage = "error.message"
    case errorRequested = "error.requested"

    /// The name's last step: what a row of a table calls the field.
    package var shortName: String {
        rawValue.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(rawValue[rawValue.utf8.index(after: $0)...]) }
            ?? rawValue
    }

    /// What a context file calls the field: what can't be known from a message may be told there.
    package var contextName: String? {
        switch self {
        case .tin, .balanceID, .requestedAt, .completedAt: rawValue
        case .grn: "grn"
        case .guaranteeType: "guaranteeType"
        case .currency: "currency"
        default: nil
        }
    }

    /// The list that the field is repeated in; nil for what a message has once.
    package var list: HubList? {
        switch self {
        case .grn, .accessCode, .guaranteeType, .balance, .currency: .guarantees
        case .reasonType, .reasonPointer, .reasonText: .reasons
        case .valueErrorCode, .valueErrorMessage, .valueErrorReason: .valueErrors
        case .tinShapeError: .tinShapeErrors
        case .grnShapeError: .grnShapeErrors
        case .accessCodeShapeError: .accessCodeShapeErrors
        default: nil
        }
    }
}

/// A list of the hub that a repeated group of a message can be. The raw value is the name that mapping files use.
package enum HubList: String, Sendable, CaseIterable {
    case guarantees
    case reasons
    case valueErrors
    case tinShapeErrors
    case grnShapeErrors
    case accessCodeShapeErrors

    /// The fields of one item.
    package var fields: [HubField] { HubField.allCases.filter { $0.list == self } }
}

extension BalanceMessage {
    package func count(of list: HubList) -> Int {
        switch list {
        case .guarantees: guarantees.count
        case .reasons: reasons.count
        case .valueErrors: valueErrors.count
        case .tinShapeErrors: shapeErrors.tin.count
        case .grnShapeErrors: shapeErrors.grn.count
        case .accessCodeShapeErrors: shapeErrors.accessCode.count
        }
    }

    /// Adds an item with nothing in it.
    package mutating func append(to list: HubList) {
        switch list {
        case .guarantees: guarantees.append(Guarantee())
        case .reasons: reasons.append(FunctionalError())
        case .valueErrors: valueErrors.append(ValueError())
        case .tinShapeErrors: shapeErrors.tin.append("")
        case .grnShapeErrors: shapeErrors.grn.append("")
        case .accessCodeShapeErrors: shapeErrors.accessCode.append("")
        }
    }

    /// A field's text; `index` is the item of the field's list, and of no meaning elsewhere. What has no such item has
    /// no text. An amount that spells no number can't be set.
    package subscript(field: HubField, index: Int) -> String? {
        get {
            if let list = field.list, index >= count(of: list) { return nil }
            return switch field {
            case .tin: tin
            case .balanceID: balanceID
            case .requestedAt: requestedAt
            case .completedAt: completedAt
            case .grn: guarantees[index].grn?.text
            case .accessCode: guarantees[index].accessCode?.secret
            case .guaranteeType: guarantees[index].type
            case .balance: guarantees[index].balance?.lexeme
            case .currency: guarantees[index].currency
            case .reasonType: reasons[index].type
            case .reasonPointer: reasons[index].pointer
            case .reasonText: reasons[index].text
            case .valueErrorCode: valueErrors[index].code
            case .valueErrorMessage: valueErrors[index].message
            case .valueErrorReason: valueErrors[index].reason
            case .tinShapeError: shapeErrors.tin[index]
            case .grnShapeError: shapeErrors.grn[index]
            case .accessCodeShapeError: shapeErrors.accessCode[index]
            case .errorStatus: error.status
            case .errorCode: error.code
            case .errorMessage: error.message
            case .errorRequested: error.requested
            }
        }
        set {
            if let list = field.list {
                while count(of: list) <= index { append(to: list) }
            }
            switch field {
            case .tin: tin = newValue
            case .balanceID: balanceID = newValue
            case .requestedAt: requestedAt = newValue
            case .completedAt: completedAt = newValue
            case .grn: guarantees[index].grn = newValue.map(GRN.init)
            case .accessCode: guarantees[index].accessCode = newValue.map(AccessCode.init)
            case .guaranteeType: guarantees[index].type = newValue
            case .balance: guarantees[index].balance = newValue.flatMap(Amount.init)
            case .currency: guarantees[index].currency = newValue
            case .reasonType: reasons[index].type = newValue
            case .reasonPointer: reasons[index].pointer = newValue
            case .reasonText: reasons[index].text = newValue
            case .valueErrorCode: valueErrors[index].code = newValue
            case .valueErrorMessage: valueErrors[index].message = newValue
            case .valueErrorReason: valueErrors[index].reason = newValue
            case .tinShapeError: shapeErrors.tin[index] = newValue ?? ""
            case .grnShapeError: shapeErrors.grn[index] = newValue ?? ""
            case .accessCodeShapeError: shapeErrors.accessCode[index] = newValue ?? ""
            case .errorStatus: error.status = newValue
            case .errorCode: error.code = newValue
            case .errorMessage: error.message = newValue
            case .errorRequested: error.requested = newValue
            }
        }
    }
}
