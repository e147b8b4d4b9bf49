import ArgumentParser
import Gateway

struct GatewayAnsweringOptions: ParsableArguments {
    @Option(help: .setting(\.answering.holders)) var holders: String?
    @Option(help: .setting(\.answering.context)) var context: String?
    @Option(help: .setting(\.answering.reuseWithin)) var reuseWithin: String?
    @Option(help: .setting(\.answering.answerWithin)) var answerWithin: String?
    @Option(help: .setting(\.answering.keepFor)) var keepFor: String?
    @Option(help: .setting(\.answering.lockFor)) var lockFor: String?
}

struct GatewayKeepingOptions: ParsableArguments {
    @Option(help: .setting(\.keeping.store)) var store: String?
    @Option(help: .setting(\.keeping.keyFile)) var keyFile: String?
}

struct GatewayLimitOptions: ParsableArguments {
    @Option(help: .setting(\.limits.body)) var limitsBody: String?
    @Option(help: .setting(\.limits.headers)) var limitsHeaders: String?
    @Option(help: .setting(\.limits.connections)) var limitsConnections: String?
    @Option(help: .setting(\.limits.inFlight)) var limitsInFlight: String?
    @Option(help: .setting(\.limits.request)) var limitsRequestSeconds: String?
    @Option(help: .setting(\.limits.idle)) var limitsIdleSeconds: String?
    @Option(help: .setting(\.limits.drain)) var limitsDrainSeconds: String?
}

struct GatewayRunningOptions: ParsableArguments {
    @Option(help: .setting(\.running.accessLog)) var accessLog: String?
    @Option(help: .setting(\.running.logLevel)) var logLevel: String?
    @Option(help: .setting(\.running.timeScale)) var timeScale: String?
}
