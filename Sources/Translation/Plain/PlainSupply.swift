import GuaranteeModel

/// What the writing of one message works on.
struct PlainJob {
    let reading: PlainReading
    /// Of the message that was read.
    let texts: [UInt8]
    let target: PlainTarget
    let supply: Supply
    /// Whether the supply is silent.
    let isSilent: Bool

    /// nil where the message does not say it.
    func text(of value: PlainReading.Value) -> String? {
        guard value.isBytes else { return value.text }
        return String(decoding: texts[value.start..<value.start + value.count], as: UTF8.self)
    }
}

/// What a message's surroundings say where it says nothing itself: each looked up once. Used again for each message.
struct PlainSupply {
    typealias Value = (text: String, from: Provenance)

    private var values: [(slot: Int, value: Value?)] = []
    private var contexts: [(key: String, text: String?)] = []
    private var identifiers: [(name: Generator, text: String)] = []
    private var generator: IdentifierGenerator?

    private static let balanceID = HubField.allCases.firstIndex(of: .balanceID) ?? 0

    mutating func removeAll() {
        values.removeAll(keepingCapacity: true)
        contexts.removeAll(keepingCapacity: true)
        identifiers.removeAll(keepingCapacity: true)
        generator = nil
    }

    /// What is known of a field of the hub.
    mutating func value(_ slot: Int, _ job: borrowing PlainJob) -> Value? {
        for known in values where known.slot == slot { return known.value }
        let said = job.reading.values[slot]
        let value =
            if said.start >= 0 {
                job.text(of: said).map { ($0, Provenance.message) }
            } else {
                job.supply.told(HubField.allCases[slot], 0, grn: self.value(PlainReading.grn, job)?.text)
            }
        values.append((slot, value))
        return value
    }

    mutating func context(_ key: String, _ job: borrowing PlainJob) -> String? {
        for known in contexts where known.key == key { return known.text }
        let context = job.supply.context
        let text = context.value(key, grn: context.dependsOnGRN(key) ? value(PlainReading.grn, job)?.text : nil)
        contexts.append((key, text))
        return text
    }

    mutating func identifier(_ name: Generator, _ job: borrowing PlainJob) -> String? {
        for known in identifiers where known.name == name { return known.text }
        guard var maker = generator ?? job.supply.generator(part: 0) else { return nil }
        let text =
            switch name {
            case .reference, .queryReference: maker.reference()
            case .balanceReference: maker.balanceReference(balanceID: value(Self.balanceID, job)?.text)
            }
        generator = maker
        identifiers.append((name, text))
        return text
    }
}
