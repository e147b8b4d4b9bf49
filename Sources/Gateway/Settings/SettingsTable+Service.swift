package import Logging

package struct AnsweringSettings: Sendable {
    package let holders = Setting("holders", .readableFile, help: "A file of who holds which guarantee.")
    package let context = Setting(
        "context", .readableFile, help: "A YAML file with what messages can't tell: TIN, office, clock …")
    package let reuseWithin = Setting(
        "reuse-within", .seconds(0...3600), default: 0,
        help: "How long an answer is given again to the same question; 0: never.")
    package let answerWithin = Setting(
        "answer-within", .seconds(0.1...60), default: 15,
        help: "How long a client waits before it is told to fetch its answer later.")
    package let keepFor = Setting(
        "keep-for", .seconds(60...86_400), default: 3600, help: "How long such an answer is kept to be fetched.")
    package let lockFor = Setting(
        "lock-for", .seconds(0...3600), default: 60, help: "How long a question locks its user's guarantee.")
}

package struct KeepingSettings: Sendable {
    package let store = Setting(
        "store", .file, otherwise: "memory alone",
        help: "Where pending requests and the mirror's queue outlive a restart.")
    package let keyFile = Setting(
        "key-file", .file, otherwise: "the store's name with .key",
        help: "The key that they are sealed with; it is made where there is none.")
}

package struct LimitSettings: Sendable {
    package let body = Setting(
        "limits.body", .whole(1024...10_485_760, "bytes"), default: 102_400, help: "The largest body of a request.")
    package let headers = Setting(
        "limits.headers", .whole(1024...1_048_576, "bytes"), default: 16_384,
        help: "All header fields of a request together.")
    package let connections = Setting(
        "limits.connections", .whole(1...100_000), default: 2000, help: "How many connections may be open.")
    package let inFlight = Setting(
        "limits.in-flight", .whole(1...100_000), default: 1000, help: "How many requests are worked on at once.")
    package let request = Setting(
        "limits.request-seconds", .seconds(0.1...600), default: 10,
        help: "How long a client may take to send a request.")
    package let idle = Setting(
        "limits.idle-seconds", .seconds(0.1...3600), default: 75,
        help: "How long a connection may be silent between two requests.")
    package let drain = Setting(
        "limits.drain-seconds", .seconds(0...600), default: 30,
        help: "How long requests in flight are waited for when the gateway is stopped.")
}

package struct RunningSettings: Sendable {
    package let accessLog = Setting(
        "access-log", .accessLog, default: .standardOutput,
        help: "Where each request is logged: - is standard output (in YAML in quotes), off is nowhere.")
    package let logLevel = Setting(
        "log-level", .logLevel, default: .info, help: "What is logged on standard error: trace to critical.")
    package let timeScale = Setting(
        "time-scale", .number(0.001...100_000), default: 1,
        help: "Seconds of the gateway's clock to a real one, for a simulator on this machine.")
}
