package import GuaranteeClients

package struct ListeningSettings: Sendable {
    package let listen = Setting(
        "listen", .address, default: ListenAddress(host: "127.0.0.1", port: 9080),
        help: "Where clients that speak v1.0 find the gateway; port 0 takes a free one.")
    package let admin = Setting(
        "admin.listen", .addressOrOff, default: ListenAddress(host: "127.0.0.1", port: 9081),
        help: "Where operators find it, always without TLS; off leaves that out.")
    package let certificate = Setting(
        "tls.certificate", .readableFile, help: "The certificates that clients are shown (PEM), with tls.key.")
    package let key = Setting("tls.key", .readableFile, help: "The private key of the first of them (PEM).")
    package let insecure = Setting(
        "insecure-listen", .flag, default: false,
        help: "Serve other machines without TLS: tokens can be read on the way.")
}

package struct AskingSettings: Sendable {
    package let upstream = Setting(
        "upstream", .url, help: "Where v2.0 is asked: https://api.service.hmrc.gov.uk; http for this machine alone.")
    package let primary = Setting(
        "primary", .url(of: "v1", other: "v2.0 is served by upstream, or compared as shadow"),
        help: "In place of upstream: a mirror, whose clients get v1.0's answers from here.")
    package let shadow = Setting(
        "shadow", .url(of: "v2", other: "v1.0 is a mirror's primary"),
        help: "With primary: what is asked the same, and compared.")
    package let authorities = Setting(
        "ca-file", .readableFile, help: "A private authority's certificates (PEM), trusted beside the system's.")
    package let connecting = Setting(
        "connect-timeout", .seconds(0.001...86_400), default: 10, help: "Until a connection to an API stands.")
    package let reading = Setting(
        "read-timeout", .seconds(0.001...86_400), default: 30, help: "Between two pieces of an API's answer.")
    package let whole = Setting(
        "timeout", .seconds(0.001...86_400), default: 60, help: "For a whole exchange with an API.")
}

package struct TokenSettings: Sendable {
    package let variable = Setting(
        "token.env", .variableName, otherwise: "the client's",
        help: "The environment variable that holds the gateway's own token; else the client's is passed on.")
    package let file = Setting(
        "token.file", .file, otherwise: "the client's",
        help: "In its place a file that login wrote: it is refreshed.")
    package let shadowVariable = Setting(
        "shadow-token.env", .variableName, otherwise: "the client's", help: "The same for a mirror's shadow.")
    package let shadowFile = Setting(
        "shadow-token.file", .file, otherwise: "the client's", help: "The same for a mirror's shadow.")
    package let clientID = Setting(
        "client-id", .text("id"), help: "The application that refreshes tokens, as the Developer Hub knows it.")
}

package struct MirrorSettings: Sendable {
    package let evidence = Setting(
        "evidence", .file, help: "Where a mirror keeps what was asked, answered and concluded; it needs one.")
    package let keepIdentifiers = Setting(
        "keep-identifiers", .flag, default: false,
        help: "Keep tax identifiers in the evidence as they are, in place of pseudonyms.")
    package let asksAgain = Setting(
        "ask-again", .flag, default: false,
        help: "Ask v1.0 again where amounts differ, to see whether the balance moved: that takes the client's lock.")
    package let queueLimit = Setting(
        "queue-limit", .whole(1...1_000_000), default: 10_000, help: "How many questions may wait for the shadow.")
}
