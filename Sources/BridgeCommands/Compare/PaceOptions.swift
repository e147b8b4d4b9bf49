import ArgumentParser
import GuaranteeClients

/// How close together calls may be: the API's own limits, unless told otherwise (contract sections 3.4 and 5).
struct PaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long a question locks its user's GRN, for both versions.", valueName: "seconds"))
    var lockSeconds = 60.0

    @Option(help: ArgumentHelp("How much longer we wait.", valueName: "seconds"))
    var lockMarginSeconds = 2.0

    @Option(help: ArgumentHelp("Calls a second, of both sides together.", valueName: "n"))
    var callsPerSecond = 3

    @Option(help: ArgumentHelp("Questions to v1.0 about one EORI in 24 hours.", valueName: "n"))
    var queriesPerDay = 1000

    @Option(
        help: ArgumentHelp(
            "Seconds of the run's clock to a real one: for a simulator whose scenario has the same time scale.",
            valueName: "n"))
    var timeScale: Double?

    func validate() throws {
        guard (0...86_400).contains(lockSeconds), (0...86_400).contains(lockMarginSeconds) else {
            throw ValidationError("--lock-seconds and --lock-margin-seconds are from 0 to 86400.")
        }
        guard (1...100_000).contains(callsPerSecond) else {
            throw ValidationError("--calls-per-second is from 1 to 100000.")
        }
        guard (1...100_000_000).contains(queriesPerDay) else {
            throw ValidationError("--queries-per-day is at least 1.")
        }
        guard (0.001...100_000).contains(timeScale ?? 1) else {
            throw ValidationError("--time-scale is from 0.001 to 100000.")
        }
    }

    var limits: PacingLimits {
        PacingLimits(
            lock: .seconds(lockSeconds), lockMargin: .seconds(lockMarginSeconds), callsPerSecond: callsPerSecond,
            queriesPerDay: queriesPerDay)
    }
}
