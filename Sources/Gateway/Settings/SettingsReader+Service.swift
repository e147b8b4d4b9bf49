import GuaranteeClients

/// What is asked: one version in place of the other, or both to be compared.
extension SettingsReader {
    mutating func service() -> GatewaySettings.Service? {
        let (asking, table) = (SettingsTable.all.asking, SettingsTable.all)
        let (upstream, primary, shadow) = (value(asking.upstream), value(asking.primary), value(asking.shadow))
        let shadowToken = token(table.tokens.shadowVariable, table.tokens.shadowFile)
        let evidence = value(table.mirror.evidence)
        let keepsIdentifiers = value(table.mirror.keepIdentifiers)
        let asksAgain = value(table.mirror.asksAgain)
        let queueLimit = value(table.mirror.queueLimit)
        checkSides()
        checkMirror()
        if let upstream { return .translated(upstream: upstream) }
        guard let primary, let shadow, let evidence else { return nil }
        return .mirrored(
            GatewaySettings.Mirror(
                primary: primary, shadow: shadow, shadowToken: shadowToken, evidenceFile: evidence,
                keepsIdentifiers: keepsIdentifiers, asksAgain: asksAgain, queueLimit: queueLimit))
    }

    private mutating func checkSides() {
        let asking = SettingsTable.all.asking
        switch (source(of: asking.upstream), source(of: asking.primary), source(of: asking.shadow)) {
        case (let upstream?, let primary, let shadow):
            let reason = "there is upstream (\(upstream)): give either that, or primary and shadow"
            if primary != nil { refuse(asking.primary, reason) }
            if shadow != nil { refuse(asking.shadow, reason) }
        case (nil, nil, nil):
            missing(asking.upstream, "is not told: where is v2.0? For a mirror give primary and shadow")
        case (nil, let primary?, nil):
            missing(asking.shadow, "is not told: primary (\(primary)) is compared with it: v2=URL")
        case (nil, nil, let shadow?):
            missing(asking.primary, "is not told: shadow (\(shadow)) is compared with it: v1=URL")
        case (nil, _?, _?): break
        }
    }

    /// What has no meaning where v1.0 answers by itself.
    private mutating func refuseAnswering(_ reason: String) {
        let (answering, tokens) = (SettingsTable.all.answering, SettingsTable.all.tokens)
        for setting in [tokens.variable, tokens.file] where isTold(setting) { refuse(setting, reason) }
        for setting in [answering.holders, answering.context] where isTold(setting) { refuse(setting, reason) }
        for setting in [answering.reuseWithin, answering.answerWithin] where isTold(setting) {
            refuse(setting, reason)
        }
    }

    private mutating func checkMirror() {
        let (mirror, tokens) = (SettingsTable.all.mirror, SettingsTable.all.tokens)
        if let shadow = source(of: SettingsTable.all.asking.shadow) {
            if !isTold(mirror.evidence) {
                missing(mirror.evidence, "is not told: what shadow (\(shadow)) answers is kept there")
            }
            refuseAnswering("goes with upstream: a mirror's clients are answered by v1.0, with their own tokens")
            return
        }
        guard isComplete else { return }
        let reason = "goes with a mirror: there is no shadow"
        for setting in [mirror.evidence, tokens.shadowVariable, tokens.shadowFile] where isTold(setting) {
            refuse(setting, reason)
        }
        if isTold(mirror.keepIdentifiers) { refuse(mirror.keepIdentifiers, reason) }
        if isTold(mirror.asksAgain) { refuse(mirror.asksAgain, reason) }
        if isTold(mirror.queueLimit) { refuse(mirror.queueLimit, reason) }
    }
}
