public import GuaranteeModel
import Translation

/// What a message became, what is left of it, and what became of each leaf.
///
/// It prints its counts: the document may hold an access code, and nothing else here does.
public struct ConvertedMessage: Sendable {
    /// The message in its new format, one line of UTF-8: an XML document, or JSON as `docs/convert.md` has it. **A
    /// question holds its access code.**
    public let document: [UInt8]
    private let conversion: Conversion
    private let mappings: MappingSet
    private let target: String

    init(_ conversion: Conversion, by translator: Translator) throws(TranslationError) {
        do {
            document = try conversion.document.serialised()
        } catch {
            throw TranslationError(.noCounterpart, "has no counterpart in XML: \(error)")
        }
        self.conversion = conversion
        mappings = translator.mappings
        target = translator.options.targetName
    }

    /// What was read: `CD037A`, say. The names are those of the mapping files.
    public var original: String { conversion.reading.plan.message }
    /// The format of what was read.
    public var originalFormat: MessageFormat { conversion.reading.format }
    /// What was written; where it is several messages in an array, each of them.
    public var written: String { conversion.messages[0].plan.message }
    /// What the message means. An access code in it prints as `****`.
    public var meaning: BalanceMessage { conversion.reading.hub }

    /// What the document does not say, as a line of JSON, to be kept and given back on the way back. It belongs to this
    /// document alone, holds personal data where the message did, and has its secrets masked: an access code comes back
    /// from the document. It is made anew each time that it is asked for.
    ///
    /// `nctsbridge convert` writes such lines, and reads these (`docs/loss-report.md`).
    public var remainder: [UInt8] { RemainderLine.bytes(of: conversion, to: target, mappings) }

    /// How many leaves that were read had which outcome: each is counted once.
    public var leavesRead: [ReadOutcome: Int] { Self.counts(readFindings) }
    /// How many leaves that were written have which origin: each is counted once.
    public var leavesWritten: [WrittenOutcome: Int] { Self.counts(writtenFindings) }
    /// What became of each leaf that was read, in the message's order. Values are not repeated.
    public var readFindings: [LeafFinding<ReadOutcome>] { conversion.readFindings }
    /// Where each leaf that was written comes from, in the document's order.
    public var writtenFindings: [LeafFinding<WrittenOutcome>] { conversion.writtenFindings }
    /// What was forgiven or is worth a look: a check digit that is wrong, an element that the schema does not know.
    public var warnings: [Remark] { conversion.remarks }

    private static func counts<Outcome: Hashable>(_ findings: [LeafFinding<Outcome>]) -> [Outcome: Int] {
        Dictionary(findings.map { ($0.outcome, 1) }, uniquingKeysWith: +)
    }
}

extension ConvertedMessage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `CD037A to v2-balance: 21 leaves read, 5 written`.
    public var description: String {
        "\(original) to \(written): \(conversion.readFindings.count) leaves read, "
            + "\(conversion.writtenFindings.count) written"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "original": original, "written": written, "leavesRead": leavesRead, "leavesWritten": leavesWritten,
            ] as KeyValuePairs<String, Any>)
    }
}

extension TranslationOptions {
    /// The target as remainders name it: with the form, where v1.0's JSON has two.
    var targetName: String { target == .v1JSON ? "\(target.rawValue)+\(form.rawValue)" : target.rawValue }
}
