package import GuaranteeModel
package import Translation

/// Compares what two messages mean, then how they are written (design section 6). Formats may be any: meaning is compared
/// in the hub, form in v2.0's.
package struct MeaningComparison: Sendable {
    private let codec: ExchangeCodec

    package init(_ codec: ExchangeCodec) {
        self.codec = codec
    }

    /// How two messages differ; nothing where they are equal in meaning and in form.
    package func differences(_ left: ComparedMessage, _ right: ComparedMessage) -> [Difference] {
        let meaning = Self.meaning(left.message, right.message)
        return meaning.isEmpty ? formDifferences(left, right) : meaning
    }

    /// What turns the one's v2.0 form into the other's; nil where v2.0 can't say one of them.
    package func patch(_ left: ComparedMessage, _ right: ComparedMessage) -> JSONPatch? {
        forms(left, right).map { JSONPatch(from: $0, to: $1) }
    }

    /// How two messages differ in meaning.
    package static func meaning(_ left: BalanceMessage, _ right: BalanceMessage) -> [Difference] {
        var differences: [Difference] = []
        func compare(_ aspect: Difference.Aspect, _ first: String?, _ second: String?) {
            if first != second { differences.append(Difference(aspect, first, second)) }
        }
        guard left.kind == right.kind else { return [Difference(.kind, left.said, right.said)] }
        let (left, right) = (left.sortedByGRN, right.sortedByGRN)
        compare(.condition, left.condition?.name, right.condition?.name)
        // v2.0 has no tax identifier, and answers name one in some forms only.
        if left.kind == .query, let one = left.tin, let other = right.tin { compare(.tin, one, other) }
        let count = max(left.guarantees.count, right.guarantees.count)
        for index in 0..<count {
            let first = left.guarantees.indices.contains(index) ? left.guarantees[index] : nil
            let second = right.guarantees.indices.contains(index) ? right.guarantees[index] : nil
            // v1.0's answers name no guarantee: that one side does not tell is no difference.
            if let one = first?.grn, let other = second?.grn, one != other { compare(.grn, one.text, other.text) }
            if first?.accessCode != second?.accessCode {
                differences.append(Difference(.accessCode, AccessCode.mask, AccessCode.mask))
            }
            if first?.balance != second?.balance {
                differences.append(Difference(.balance, first?.balance?.lexeme, second?.balance?.lexeme))
            }
            compare(.currency, first?.currency, second?.currency)
        }
        return differences
    }

    private func forms(_ left: ComparedMessage, _ right: ComparedMessage) -> (WireTree, WireTree)? {
        let grn = left.message.guarantees.first?.grn ?? right.message.guarantees.first?.grn
        guard let first = left.v2Form(codec, grn: grn), let second = right.v2Form(codec, grn: grn) else { return nil }
        return (first, second)
    }

    private func formDifferences(_ left: ComparedMessage, _ right: ComparedMessage) -> [Difference] {
        guard let (first, second) = forms(left, right) else { return [] }
        return JSONPatch(from: first, to: second).operations.map { operation in
            switch operation {
            case .add(let path, let value): Difference(.form, at: path, nil, String(decoding: value, as: UTF8.self))
            case .remove(let path): Difference(.form, at: path, first.value(at: path), nil)
            case .replace(let path, let value):
                Difference(.form, at: path, first.value(at: path), String(decoding: value, as: UTF8.self))
            }
        }
    }
}

extension BalanceMessage {
    /// The message with its guarantees in an order of their own, where there are several and each is named.
    fileprivate var sortedByGRN: BalanceMessage {
        guard guarantees.count > 1, guarantees.allSatisfy({ $0.grn != nil }) else { return self }
        var message = self
        message.guarantees.sort { ($0.grn?.text ?? "") < ($1.grn?.text ?? "") }
        return message
    }

    /// What the message says, in a few words: `answer`, or `refusal: not-found`.
    package var said: String { kind.rawValue + (condition.map { ": \($0.name)" } ?? "") }
}

extension WireTree {
    /// The JSON of the value at a JSON Pointer (RFC 6901).
    fileprivate func value(at pointer: String) -> String? {
        allPaths().firstIndex(of: pointer).map { String(decoding: JSONWriter.bytes(of: self, node: $0), as: UTF8.self) }
    }
}
