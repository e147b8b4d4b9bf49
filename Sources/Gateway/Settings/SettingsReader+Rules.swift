import GuaranteeClients

/// What has to be told together, and what excludes what.
extension SettingsReader {
    private var table: SettingsTable { .all }

    mutating func tls() -> GatewaySettings.TLSFiles? {
        let (certificateSetting, keySetting) = (table.listening.certificate, table.listening.key)
        let (certificate, key) = (value(certificateSetting), value(keySetting))
        switch (source(of: certificateSetting), source(of: keySetting)) {
        case (let source?, nil): missing(keySetting, "tls.certificate (\(source)) needs it")
        case (nil, let source?): missing(certificateSetting, "tls.key (\(source)) needs it")
        default: break
        }
        guard let certificate, let key else { return nil }
        return GatewaySettings.TLSFiles(certificate: certificate, key: key)
    }

    mutating func checkListening(_ listen: ListenAddress, admin: ListenAddress?, isInsecureAllowed: Bool) {
        let hasTLS = isTold(table.listening.certificate) || isTold(table.listening.key)
        let reason = "is not this machine alone, and without TLS tokens can be read on the way"
        if !listen.isLoopback, !hasTLS, !isInsecureAllowed {
            refuse(
                table.listening.listen, "\(listen.host) \(reason): give tls.certificate and tls.key, or insecure-listen"
            )
        }
        guard let admin else { return }
        if !admin.isLoopback, !isInsecureAllowed {
            refuse(
                table.listening.admin,
                "\(admin.host) is not this machine alone, and this address never has TLS: give insecure-listen, or off")
        }
        if admin == listen, admin.port != 0 {
            refuse(table.listening.admin, "\(admin) is where clients are served: operators need another port")
        }
    }

    mutating func token(
        _ variable: Setting<String?>, _ file: Setting<String?>
    ) -> GatewaySettings.TokenPlace? {
        let (name, path) = (value(variable), value(file))
        if isTold(file), let source = source(of: variable) {
            refuse(file, "there is \(variable.field.key) (\(source)) already: a token comes from one place")
        }
        if let name, !holdsVariable(name) {
            // Not which: it may be a token that was written here by mistake.
            refuse(variable, "the variable that it names is not set, or empty")
        }
        return name.map { .variable($0) } ?? path.map { .file($0) }
    }

    /// The variables that are told to hold tokens.
    var tokenVariables: [String] {
        var reader = self
        return [table.tokens.variable, table.tokens.shadowVariable].compactMap { reader.value($0) }
    }

    mutating func keyFile(besides store: String?) -> String? {
        if let path = value(table.keeping.keyFile) { return path }
        guard let store, !isTold(table.keeping.keyFile) else { return nil }
        note(table.keeping.keyFile, store + ".key", .standard)
        return store + ".key"
    }

    /// HMRC's clock runs as it does: with another one locks would be broken, and answers given up.
    mutating func checkTimeScale(_ scale: Double, _ service: GatewaySettings.Service?) {
        let asked: [BaseURL] =
            switch service {
            case .translated(let upstream): [upstream]
            case .mirrored(let mirror): [mirror.primary, mirror.shadow]
            case nil: []
            }
        if scale != 1, let far = asked.first(where: { !BaseURL.isLoopback($0.host) }) {
            refuse(table.running.timeScale, "is for a simulator on this machine, and \(far) is not one")
        }
    }

    /// Notes that a setting is not told; where a source could not be read it may be.
    mutating func missing<Value>(_ setting: Setting<Value>, _ message: String) {
        if isComplete { refuse(setting, message) }
    }
}
