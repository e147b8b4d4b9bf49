import GuaranteeModel

/// Chooses the message that says what was read, and writes it.
struct Writing {
    let translator: Translator
    let reading: Reading
    var supply: Supply
    let remainder: Remainder?

    private var target: MessageFormat { translator.options.target }
    private var mappings: MappingSet { translator.mappings }
    private var choice: MessageChoice {
        MessageChoice(mappings: mappings, target: target, form: translator.options.form)
    }

    init(translator: Translator, reading: Reading, supply: Supply, remainder: Remainder?) {
        self.translator = translator
        self.reading = reading
        self.supply = supply
        self.remainder = remainder
    }

    mutating func write() throws(TranslationError) -> Conversion {
        let row = reading.hub.condition.flatMap { mappings.conditions.row(of: $0) }
        var job = MessageWriter.Job(hub: reading.hub, supply: supply, row: row)
        job.isLenient = translator.options.isLenient
        job.keepsWords = reading.format == target
        let plan: MessagePlan
        var restored: [RestoredNode] = []
        if let remainder, remainder.format == target {
            guard let original = mappings.plan(named: remainder.message) else {
                throw TranslationError(
                    .missingContext, "the remainder is for \(remainder.message), which no mapping knows")
            }
            plan = original
            restored = remainder.restored()
            job.supply = Supply()
        } else {
            plan = try choosePlan(row)
            job.supply.remainder = remainder.flatMap(rememberedHub)
            choice.fillLists(of: &job, for: plan)
            if translator.options.writesBodyAlone, plan.format != .v1XML, let body = plan.body, !plan.nodes[body].isLeaf
            {
                job.root = body
            }
        }
        return try write(plan, job, restored)
    }

    private func write(
        _ plan: MessagePlan, _ job: MessageWriter.Job, _ restored: [RestoredNode]
    ) throws(TranslationError) -> Conversion {
        let isSplit = !plan.holdsManyGuarantees && reading.hub.guarantees.count > 1
        var messages: [WrittenMessage] = []
        var remarks: [Remark] = []
        for number in 0..<(restored.isEmpty ? isSplit ? reading.hub.guarantees.count : 1 : restored.count) {
            var part = job
            part.guarantee = number
            if let remainder, !restored.isEmpty {
                part.restored = restored[number]
                part.root = remainder.roots(in: plan)[number]
            }
            let result: MessageWriter.Result
            do {
                result = try MessageWriter(plan: plan, job: part, generator: part.supply.generator(part: number))
                    .write()
            } catch {
                throw placed(error)
            }
            messages.append(result.message)
            remarks += result.remarks
        }
        let envelope = restored.isEmpty ? nil : remainder?.surroundings
        return Conversion(
            reading, messages, envelope: envelope, remarks: remarks,
            conditionOutcome: job.row?.expressions[target]?.outcome ?? .normalised, masker: translator.masker)
    }

    /// A failure with its place in the input: the leaf whose value stands in the way, or the message.
    private func placed(_ failure: MessageWriter.Failure) -> TranslationError {
        let leaf = reading.leaves.first { leaf in
            leaf.field == failure.field && failure.field != nil
                && (failure.field?.list == nil || leaf.index == failure.index)
        }
        let node = leaf?.node ?? reading.messageNodes[0]
        let message = failure.code == .noCounterpart ? "has no counterpart: \(failure.message)" : failure.message
        return TranslationError(
            failure.code, at: reading.tree.nodes[node].place, path: reading.tree.path(of: node), message)
    }

    /// The message of the target that says what the hub holds.
    private func choosePlan(_ row: ConditionTable.Row?) throws(TranslationError) -> MessagePlan {
        do {
            return try choice.plan(saying: reading.hub, row)
        } catch {
            let node = reading.messageNodes[0]
            throw TranslationError(
                .noCounterpart, at: reading.tree.nodes[node].place, path: reading.tree.path(of: node), error.message)
        }
    }

    /// What the remainder of a message in a third format knows of the hub.
    private func rememberedHub(_ remainder: Remainder) -> BalanceMessage? {
        guard let plan = mappings.plan(named: remainder.message), let restored = remainder.restored().first else {
            return nil
        }
        let root = remainder.roots(in: plan).first ?? MessagePlan.root
        let job = MessageWriter.Job(hub: BalanceMessage(kind: .query), supply: Supply(), restored: restored, root: root)
        guard let message = try? MessageWriter(plan: plan, job: job, generator: nil).write().message else { return nil }
        return MessageReader(
            plan: plan, conditions: mappings.conditions, isLenient: true, tree: message.tree, node: WireTree.root,
            root: root
        ).read().hub
    }
}
