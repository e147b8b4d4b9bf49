import GuaranteeConversion
package import Translation

/// Converts records one after another; one to a worker, since it reuses its parsers' memory.
package struct RecordConverter {
    private let translator: Translator
    private let options: ConvertOptions
    private let pairs: QueryIndex?
    private let remainders: (any RemainderLookup)?
    /// Converts what is as it should be, where nothing is asked for that only a tree can tell.
    private let plain: PlainTranslator?
    private let lines: RecordLineWriter

    /// - Parameters:
    ///   - pairs: the queries that answers may belong to.
    ///   - remainders: finds a remainder that does not stand where it was expected.
    ///   - plain: the messages that can be converted without a tree.
    package init(
        mappings: MappingSet, masker: Masker, options: ConvertOptions, pairs: QueryIndex? = nil,
        remainders: (any RemainderLookup)? = nil, plain: PlainSources? = nil
    ) {
        translator = Translator(mappings: mappings, masker: masker, options: options.fullTranslation)
        self.options = options
        lines = RecordLineWriter(target: options.translation.target)
        self.pairs = pairs
        self.remainders = remainders
        let needsTree = options.writesRemainder || options.writesFindings || pairs != nil || remainders != nil
        self.plain = needsTree ? nil : plain.flatMap { $0.isEmpty ? nil : PlainTranslator($0) }
    }

    package func convert(
        _ record: InputRecord, _ surroundings: RecordSurroundings, as form: OutputForm, into tally: inout Tally
    ) -> RecordResult {
        if let failure = record.failure { return reject(record, failure, nil, nil, &tally) }
        let payload = PayloadDecoding.decode(record.payload)
        if let result = convertPlain(record, payload, surroundings, form, &tally) { return result }
        var tree: WireTree?
        var reading: Reading?
        do throws(TranslationError) {
            let document = try translator.parse(payload)
            tree = document
            let found = try translator.readNested(document)
            reading = found
            var supply = supply(for: record)
            if let query = pairs?.query(of: found) {
                supply.pairedGRN = query.grn
                supply.pairedTIN = query.tin
                supply.pairedRequestedAt = query.requestedAt
            }
            let remainder = try remainder(for: found.tree, record, surroundings)
            let conversion = try translator.write(found, supply: supply, remainder: remainder)
            var result = RecordResult(.converted)
            result.output = try output(record, conversion, form)
            tally.count(conversion)
            if options.writesRemainder { result.remainder = remainderLine(record, conversion) }
            if options.writesFindings { result.findings = FindingsLine.make(record, conversion) }
            return result
        } catch {
            var shown = record
            shown.payload = payload
            return reject(shown, error, tree, reading, &tally)
        }
    }

    private func convertPlain(
        _ record: InputRecord, _ payload: Payload, _ surroundings: RecordSurroundings, _ form: OutputForm,
        _ tally: inout Tally
    ) -> RecordResult? {
        guard let plain, form != .document || options.translation.target.syntax == .json,
            !surroundings.needsRemainder
        else { return nil }
        guard let source = plain.convert(payload, supply: supply(for: record)) else { return nil }
        var result = RecordResult(.converted)
        switch form {
        case .record:
            guard let nodes = plain.canonicalNodes(of: source) else { return nil }
            result.output = lines.line(
                record, digest: MessageDigest.of(canonicalNodes: nodes), plan: source.plan, message: plain.output)
        case .line: result.output = plain.output + [0x0A]
        case .document:
            guard let document = plain.document() else { return nil }
            result.output = document + [0x0A]
        }
        plain.count(into: &tally.plain, of: source)
        return result
    }

    private func supply(for record: InputRecord) -> Supply {
        var supply = Supply(context: options.context, record: record.number)
        supply.recordGRN = record.grn.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        return supply
    }

    // MARK: - Remainders

    private func remainder(
        for tree: WireTree, _ record: InputRecord, _ surroundings: RecordSurroundings
    ) throws(TranslationError) -> Remainder? {
        guard surroundings.needsRemainder else { return nil }
        let digest = MessageDigest.of(tree, translator.masker)
        // The next line is the record's where its id says so, or where it stands in a file made for this one. Messages that
        // are alike have one digest, so order alone proves nothing.
        if record.id != nil || surroundings.hasRemainderOfItsOwn, let line = surroundings.remainderLine,
            let found = try parsed(line, digest, record.id)
        {
            return found
        }
        switch remainders?.find(digest: digest, id: record.id, output: record.file.relativePath) {
        case .line(let line)?:
            if let found = try parsed(line, digest, nil) { return found }
        case .several?:
            throw TranslationError(
                .missingContext,
                "several remainders belong to messages like this one, and no id tells which is its own: "
                    + "convert to records with ids, or to a mirrored folder")
        case RemainderMatch.none?, nil: break
        }
        throw TranslationError(
            .missingContext, "no remainder belongs to this message: it is refused with any but its own")
    }

    /// - Parameter id: the id that the line must have; nil: any.
    private func parsed(_ line: [UInt8], _ digest: String, _ id: [UInt8]?) throws(TranslationError) -> Remainder? {
        do {
            // What was read leniently may hold members that stand twice, and so may its remainder.
            let tree = try JSONReader(duplicates: .keepLast).read(line)
            guard tree.child("digest", of: WireTree.root).map({ tree.text(of: $0) }) == digest else { return nil }
            if let id {
                var found: [UInt8] = []
                if let node = tree.child("id", of: WireTree.root) { JSONWriter.write(tree, node: node, into: &found) }
                guard found == id else { return nil }
            }
            return try Remainder(tree, reader: translator.xmlReader)
        } catch {
            throw TranslationError(.missingContext, "the remainder can't be read: \(error)")
        }
    }

    private func remainderLine(_ record: InputRecord, _ conversion: Conversion) -> [UInt8] {
        var json = JSONStream()
        json.object { json in
            json.member("id", raw: record.identity)
            json.member("file", record.file.path)
            if let line = record.line { json.member("line", line) }
            json.member("to", options.targetName)
            json.member("digest", MessageDigest.of(conversion.document, translator.masker))
            conversion.remainder.write(to: &json)
            json.object("mappings") { json in
                for (file, revision) in conversion.mappingRevisions(translator.mappings) { json.member(file, revision) }
            }
        }
        json.newline()
        return json.bytes
    }

    // MARK: - Output

    private func output(
        _ record: InputRecord, _ conversion: Conversion, _ form: OutputForm
    ) throws(TranslationError) -> [UInt8] {
        let message: [UInt8]
        do {
            message = try conversion.document.serialised(pretty: form == .document)
        } catch {
            throw TranslationError(.noCounterpart, "has no counterpart in XML: \(error)")
        }
        guard form == .record else { return message.last == 0x0A ? message : message + [0x0A] }
        return lines.line(
            record, digest: MessageDigest.of(conversion.reading.tree, translator.masker),
            plan: conversion.reading.plan, message: message)
    }

    // MARK: - Rejects

    private func reject(
        _ record: InputRecord, _ error: TranslationError, _ tree: WireTree?, _ reading: Reading?, _ tally: inout Tally
    ) -> RecordResult {
        tally.countReject(error, tree: tree, reading: reading)
        var result = RecordResult(error.code == .noCounterpart ? .noCounterpart : .rejected)
        let line = RejectLine(
            record: record, error: error, reading: reading, masker: options.keepsSecrets ? nil : translator.masker)
        result.reject = line.bytes
        return result
    }
}

extension InputRecord {
    /// The record's id as JSON; where it has none, its file, with the line where the file holds several.
    package var identity: [UInt8] {
        if let id { return id }
        var json = JSONStream()
        json.array { $0.item(line.map { "\(file.path):\($0)" } ?? file.path) }
        return Array(json.bytes.dropFirst().dropLast())
    }
}
