package import GuaranteeModel

/// Answers queries of NCTS4 XML: reads what is asked, and writes the message that answers it (contract section 6). The
/// answer finds its query as NCTS's did: by its receiver, and by the message that it refers to.
package struct XMLConversation: Sendable {
    private let codec: ExchangeCodec
    private let context: TranslationContext

    /// - Parameter context: what v2.0 does not tell and the answer must: access date, guarantee type, office …
    package init(_ codec: ExchangeCodec, context: TranslationContext) {
        self.codec = codec
        self.context = context
    }

    /// A query: schema-valid, with a counterpart in v2.0.
    ///
    /// - Throws: `malformed-xml`, `encoding`, `doctype`, `too-large`, `schema`, `no-counterpart`, and `unknown-message` for
    ///   any other message; with the place, and without a value.
    package func query(in body: [UInt8]) throws(TranslationError) -> Reading {
        var options = TranslationOptions(target: .v2JSON)
        options.source = .v1XML
        let reading = try Translator(mappings: codec.mappings, masker: codec.masker, options: options)
            .read(Payload(body))
        guard reading.hub.kind == .query else {
            throw TranslationError(.unknownMessage, "holds \(reading.plan.message), which is no query")
        }
        if let problem = reading.remarks.first(where: { $0.severity == .error }) {
            throw TranslationError(.schema, at: problem.place, path: problem.path, problem.message)
        }
        if let separation = reading.separations.first {
            throw TranslationError(.noCounterpart, at: separation.place, path: separation.path, separation.why)
        }
        return reading
    }

    /// A message, and which of its leaves neither v2.0 nor the query told.
    package struct Answer: Sendable {
        package var body: [UInt8]
        /// Their paths, each once, in the order of the message.
        package var synthesised: [String]
    }

    /// The message that says an answer or a refusal to a query.
    ///
    /// - Parameters:
    ///   - now: when it is written: UTC, `2021-09-14T09:52:15Z`.
    ///   - seed: what its own identifiers are made of.
    /// - Throws: `no-counterpart` where XML can't say it, `missing-context` where the context lacks what it needs.
    package func answer(
        saying message: BalanceMessage, to query: Reading, now: String, seed: UInt64
    ) throws(TranslationError) -> Answer {
        var told = context
        let correlation = query.correlation(codec.mappings)
        for (name, value) in correlation { told.set(name, value) }
        told.clock = .fixed(now)
        told.identifiers = .seeded(seed)
        var supply = Supply(context: told)
        supply.pairedTIN = query.hub.tin
        var job = MessageWriter.Job(
            hub: message, supply: supply, row: message.condition.flatMap { codec.mappings.conditions.row(of: $0) })
        let choice = MessageChoice(mappings: codec.mappings, target: .v1XML, form: .post)
        do throws(MessageWriter.Failure) {
            let plan = try choice.plan(saying: message, job.row)
            choice.fillLists(of: &job, for: plan)
            let written = try MessageWriter(plan: plan, job: job, generator: supply.generator(part: 0)).write().message
            return Answer(
                body: try Self.serialised(written.tree),
                synthesised: written.synthesised(besides: Set(correlation.keys)))
        } catch {
            throw TranslationError(error.code, error.message)
        }
    }

    private static func serialised(_ tree: WireTree) throws(MessageWriter.Failure) -> [UInt8] {
        do { return try tree.serialised(pretty: true) } catch { throw MessageWriter.Failure(message: "\(error)") }
    }

    /// Whether answers can be written at all: what is missing, in the words of the context file; nil where nothing is.
    package func missingContext() -> String? {
        var query = BalanceMessage(kind: .query)
        query.tin = "GB123456789012"
        var guarantee = Guarantee(grn: GRN("20GB0000010000GX1"))
        guarantee.accessCode = AccessCode("AC01")
        query.guarantees = [guarantee]
        var answer = BalanceMessage(kind: .answer)
        answer.guarantees = [guarantee]
        answer.guarantees[0].balance = Amount("1")
        answer.guarantees[0].currency = "GBP"
        do throws(TranslationError) {
            let asked = try self.query(in: codec.xml(saying: query))
            _ = try self.answer(saying: answer, to: asked, now: "2021-09-14T09:52:15Z", seed: 0)
            return nil
        } catch {
            return error.message
        }
    }
}

extension ExchangeCodec {
    /// A query as XML, with identifiers and times that mean nothing.
    fileprivate func xml(saying query: BalanceMessage) throws(TranslationError) -> [UInt8] {
        var context = TranslationContext()
        context.clock = .fixed("2021-09-14T09:52:15Z")
        context.identifiers = .seeded(0)
        let supply = Supply(context: context)
        do {
            let plan = try MessageChoice(mappings: mappings, target: .v1XML, form: .post).plan(saying: query, nil)
            let job = MessageWriter.Job(hub: query, supply: supply)
            return try MessageWriter(plan: plan, job: job, generator: supply.generator(part: 0)).write().message.tree
                .serialised()
        } catch {
            throw TranslationError(.noCounterpart, "\(error)")
        }
    }
}

extension Reading {
    /// The tax identifiers that stand beside guarantees and are not the message's own, by the guarantee's number.
    package var otherTINs: [Int: String] {
        var found: [Int: String] = [:]
        for leaf in leaves where leaf.field == nil {
            guard let planNode = leaf.planNode, plan.nodes[planNode].rule.binding?.field == .tin else { continue }
            found[leaf.index] = String(decoding: tree.textBytes(of: leaf.node).collapsingXMLSpace(), as: UTF8.self)
        }
        return found
    }

    /// What an answer must say of its query, by the names that rules of answers have for it in a context.
    fileprivate func correlation(_ mappings: MappingSet) -> [String: String] {
        var values: [String: String] = [:]
        for leaf in leaves {
            guard let planNode = leaf.planNode else { continue }
            for case .context(let name) in plan.nodes[planNode].rule.sources { values[name] = tree.text(of: leaf.node) }
        }
        // The query's own reference is what a rejection's reference is to.
        guard let field = plan.file.pairing.reference, let node = plan.node(at: field),
            let leaf = leaves.first(where: { $0.planNode == node })
        else { return values }
        for answer in mappings.plans where answer.format == format && answer.file.pairing.answers != nil {
            guard let reference = answer.file.pairing.reference, let place = answer.node(at: reference) else {
                continue
            }
            for case .context(let name) in answer.nodes[place].rule.sources { values[name] = tree.text(of: leaf.node) }
        }
        return values
    }
}

extension WrittenMessage {
    /// The paths of leaves that are made up or come from a context, but for some names of it.
    fileprivate func synthesised(besides known: Set<String>) -> [String] {
        var found: [String] = []
        for leaf in leaves {
            guard let planNode = leaf.planNode else { continue }
            let names = plan.nodes[planNode].rule.sources.compactMap { source in
                if case .context(let name) = source { name } else { nil }
            }
            let isMade =
                switch leaf.origin {
                case .supplied, .synthesised: !names.contains(where: known.contains)
                case .defaulted: !names.isEmpty
                case .hub(.supplied): leaf.field != .tin
                case .hub, .restored: false
                }
            let path = plan.nodes[planNode].field
            if isMade, !found.contains(path) { found.append(path) }
        }
        return found
    }
}
