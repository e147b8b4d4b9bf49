import ArgumentParser
import Gateway

struct GatewayListeningOptions: ParsableArguments {
    @Option(help: .setting(\.listening.listen)) var listen: String?
    @Option(help: .setting(\.listening.admin)) var adminListen: String?
    @Option(help: .setting(\.listening.certificate)) var tlsCertificate: String?
    @Option(help: .setting(\.listening.key)) var tlsKey: String?
    @Flag(inversion: .prefixedNo, help: .setting(\.listening.insecure)) var insecureListen: Bool?
}

struct GatewayAskingOptions: ParsableArguments {
    @Option(help: .setting(\.asking.upstream)) var upstream: String?
    @Option(help: .setting(\.asking.primary)) var primary: String?
    @Option(help: .setting(\.asking.shadow)) var shadow: String?
    @Option(help: .setting(\.asking.authorities)) var caFile: String?
    @Option(help: .setting(\.asking.connecting)) var connectTimeout: String?
    @Option(help: .setting(\.asking.reading)) var readTimeout: String?
    @Option(help: .setting(\.asking.whole)) var timeout: String?
}

/// Never a token itself: a command's arguments are everybody's to see.
struct GatewayTokenOptions: ParsableArguments {
    @Option(help: .setting(\.tokens.variable)) var tokenEnv: String?
    @Option(help: .setting(\.tokens.file)) var tokenFile: String?
    @Option(help: .setting(\.tokens.shadowVariable)) var shadowTokenEnv: String?
    @Option(help: .setting(\.tokens.shadowFile)) var shadowTokenFile: String?
    @Option(help: .setting(\.tokens.clientID)) var clientId: String?
}

struct GatewayMirrorOptions: ParsableArguments {
    @Option(help: .setting(\.mirror.evidence)) var evidence: String?
    @Flag(inversion: .prefixedNo, help: .setting(\.mirror.keepIdentifiers)) var keepIdentifiers: Bool?
    @Flag(inversion: .prefixedNo, help: .setting(\.mirror.asksAgain)) var askAgain: Bool?
    @Option(help: .setting(\.mirror.queueLimit)) var queueLimit: String?
}
