public import ArgumentParser

/// `nctsbridge`: the command line.
public struct Bridge: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "nctsbridge",
        abstract: "Takes HMRC's guarantee balance messages from NCTS4 (API v1.0) to NCTS5 (API v2.0), and back.",
        version: ToolVersion.current,
        subcommands: [
            Convert.self, Validate.self, Explain.self, Diff.self, MappingsCommand.self, Query.self, Login.self,
            Compare.self, Report.self, Purge.self, GatewayCommand.self, Simulate.self, Verify.self,
        ])

    public init() {}

    /// Runs the command that the process was started with, and ends the process with its exit code.
    public static func start() async { await main() }
}

/// The toolkit's version: it stands in every report.
enum ToolVersion {
    static let current = "0.1.0"
}
