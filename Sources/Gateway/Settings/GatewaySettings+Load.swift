import GuaranteeClients

extension GatewaySettings {
    /// The settings of a gateway: flags come before the environment, that before the file, and that before defaults. Of
    /// a setting that is told in several places the first counts, and only that is checked.
    ///
    /// - Parameters:
    ///   - flags: by the keys of their settings: `"limits.connections": "100"`; a switch is `true` or `false`.
    ///   - environment: `NCTSBRIDGE_GATEWAY_…` are settings. Of other variables only the names are looked at.
    ///   - file: the path of a configuration file: JSON where its name ends in `.json`, else YAML.
    /// - Throws: all problems at once.
    package static func load(
        flags: [String: String] = [:], environment: [String: String] = [:], file: String? = nil
    ) throws(SettingsProblems) -> GatewaySettings {
        var reader = SettingsReader(flags: flags, environment: environment, file: file)
        let settings = GatewaySettings(&reader)
        guard let settings, reader.problems.isEmpty else { throw SettingsProblems(reader.problems) }
        return settings
    }

    /// - Returns: nil where it is not known what is asked, which the reader then has as a problem.
    private init?(_ reader: inout SettingsReader) {
        let table = SettingsTable.all
        listen = reader.value(table.listening.listen)
        adminListen = reader.value(table.listening.admin)
        isInsecureListenAllowed = reader.value(table.listening.insecure)
        tls = reader.tls()
        reader.checkListening(listen, admin: adminListen, isInsecureAllowed: isInsecureListenAllowed)

        token = reader.token(table.tokens.variable, table.tokens.file)
        clientID = reader.value(table.tokens.clientID)
        caFile = reader.value(table.asking.authorities)
        transportLimits = TransportLimits()
        transportLimits.connecting = .seconds(reader.value(table.asking.connecting))
        transportLimits.reading = .seconds(reader.value(table.asking.reading))
        transportLimits.whole = .seconds(reader.value(table.asking.whole))

        holdersFile = reader.value(table.answering.holders)
        contextFile = reader.value(table.answering.context)
        reuseWithin = .seconds(reader.value(table.answering.reuseWithin))
        answerWithin = .seconds(reader.value(table.answering.answerWithin))
        keepFor = .seconds(reader.value(table.answering.keepFor))
        lockFor = .seconds(reader.value(table.answering.lockFor))

        storeFile = reader.value(table.keeping.store)
        keyFile = reader.keyFile(besides: storeFile)

        limits = Limits(&reader)
        accessLog = reader.value(table.running.accessLog)
        logLevel = reader.value(table.running.logLevel)
        timeScale = reader.value(table.running.timeScale)

        let service = reader.service()
        reader.checkVariables(besides: reader.tokenVariables)
        reader.checkTimeScale(timeScale, service)
        guard let service else { return nil }
        self.service = service
        effective = reader.effectiveValues
    }
}

extension GatewaySettings.Limits {
    init(_ reader: inout SettingsReader) {
        let table = SettingsTable.all.limits
        body = reader.value(table.body)
        headers = reader.value(table.headers)
        connections = reader.value(table.connections)
        inFlight = reader.value(table.inFlight)
        request = .seconds(reader.value(table.request))
        idle = .seconds(reader.value(table.idle))
        drain = .seconds(reader.value(table.drain))
    }
}
