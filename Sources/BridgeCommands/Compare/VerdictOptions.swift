import ArgumentParser
import Comparison

/// What a verdict asks for (design section 6).
struct VerdictOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many pairs may be different.", valueName: "n"))
    var allowDifferent = 0

    @Option(
        help: ArgumentHelp(
            "How many per cent of all guarantees may be different at most, at 95 % confidence.", valueName: "percent"))
    var maxRate = Percent(value: 1)

    @Option(help: ArgumentHelp("How many guarantees there are in all, where it is known.", valueName: "n"))
    var population: Int?

    @Option(help: ArgumentHelp("Judged pairs that each country and type of the list needs.", valueName: "n"))
    var minPerStratum = 1

    @Option(help: ArgumentHelp("How far apart answers may be for their amounts to be compared.", valueName: "seconds"))
    var comparableWithin = 300.0

    func validate() throws {
        guard allowDifferent >= 0, minPerStratum >= 0, (1...1_000_000_000).contains(population ?? 1) else {
            throw ValidationError(
                "--allow-different and --min-per-stratum are at least 0, --population is from 1 to a thousand million.")
        }
        guard (0...1e9).contains(comparableWithin) else { throw ValidationError("--comparable-within is at least 0.") }
    }

    var rules: VerdictRules {
        var rules = VerdictRules()
        rules.allowedDifferent = allowDifferent
        rules.maximumRate = maxRate.value / 100
        rules.population = population
        rules.minimumPerStratum = minPerStratum
        return rules
    }
}

/// Per cent, with or without the sign: `1`, `0.5%`.
struct Percent: ExpressibleByArgument, Equatable {
    var value: Double

    init(value: Double) {
        self.value = value
    }

    init?(argument: String) {
        let digits = argument.hasSuffix("%") ? String(argument.dropLast()) : argument
        guard let value = Double(digits.filter { $0 != " " }), (0...100).contains(value) else { return nil }
        self.value = value
    }

    var defaultValueDescription: String { "\(Int(value))" }
}
