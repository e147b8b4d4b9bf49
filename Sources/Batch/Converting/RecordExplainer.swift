package import Translation

/// Tells each leaf's way through a conversion. Values are not shown: they may be personal, or secret.
package struct RecordExplainer {
    private let options: ConvertOptions
    private let translator: Translator

    package init(mappings: MappingSet, options: ConvertOptions) {
        self.options = options
        translator = Translator(mappings: mappings, masker: Masker(mappings), options: options.translation)
    }

    package func explain(_ record: InputRecord, asJSON: Bool) -> (text: [UInt8], isConverted: Bool) {
        let name = record.line.map { "\(record.file.path):\($0)" } ?? record.file.path
        do throws(TranslationError) {
            if let failure = record.failure { throw failure }
            let reading = try translator.readNested(PayloadDecoding.decode(record.payload))
            let conversion = try translator.write(
                reading, supply: Supply(context: options.context, record: record.number), remainder: nil)
            if asJSON { return (FindingsLine.make(record, conversion), true) }
            return (Array((table(name, conversion) + "\n").utf8), true)
        } catch {
            return (Array("\(name): \(error)\n".utf8), false)
        }
    }

    private func table(_ name: String, _ conversion: Conversion) -> String {
        let source = conversion.reading.plan
        let target = conversion.messages[0].plan
        var lines = ["\(name): \(source.message) (\(source.title)) to \(target.message) (\(target.title))"]
        var rows = conversion.readFindings.map { finding in
            let destination = finding.counterpart ?? (finding.outcome == .lost ? "(remainder)" : "(condition)")
            return [finding.path, destination, finding.rule, finding.outcome.rawValue]
        }
        rows += conversion.writtenFindings.filter { $0.counterpart == nil }.map { finding in
            ["(\(finding.outcome.origin))", finding.path, finding.rule, finding.outcome.rawValue]
        }
        lines += RunReport.table(["from", "to", "rule", "outcome"], rows)
        for remark in conversion.remarks { lines.append("  \(remark.code): \(remark.path) \(remark.message)") }
        return lines.joined(separator: "\n")
    }
}

extension WrittenOutcome {
    /// Where a leaf comes from that no leaf of the input became.
    fileprivate var origin: String {
        switch self {
        case .carried, .normalised: "message"
        case .merged, .ambiguous: "condition"
        case .restored: "remainder"
        case .supplied: "context"
        case .defaulted: "mapping"
        case .synthesised: "generator"
        }
    }
}
