import ArgumentParser
import Comparison
import Translation

struct MappingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mappings", abstract: "Check the mapping files, or show what maps to what.",
        subcommands: [Check.self, Show.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the mapping files: one rule to each leaf, no rule without a leaf, no row out of reach.")

        @OptionGroup var mappings: MappingOptions

        func run() async throws {
            try await Exit.reporting {
                let (summary, problems) = try Self.check(mappings)
                for problem in problems { Terminal.error(problem.description) }
                guard problems.isEmpty else { throw Exit.rejected }
                try Terminal.output("ok: \(summary)")
            }
        }

        /// What keeps the files from loading is a problem like the others here.
        private static func check(_ options: MappingOptions) throws -> (summary: String, problems: [MappingError]) {
            do {
                let files = try options.files
                let (summary, problems) = try MappingSet.check(files)
                let differences = try DifferenceTable(files, mappings: MappingSet(files))
                return ("\(summary), \(differences.rules.count) rules of differences", problems)
            } catch let error as MappingError {
                return ("", [error])
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what maps to what.")

        @Argument(help: "A message (CD037A, v2-balance …) or \"conditions\"; all of them if none is named.")
        var names: [String] = []

        @OptionGroup var mappings: MappingOptions

        func run() async throws {
            try await Exit.reporting {
                let mappings = try mappings.load()
                for name in names.isEmpty ? mappings.messages + ["conditions"] : names {
                    if name == "conditions" {
                        try Terminal.output(mappings.conditionsRendering.joined(separator: "\n"))
                    } else if let lines = mappings.rendering(of: name) {
                        try Terminal.output(lines.joined(separator: "\n") + "\n")
                    } else {
                        throw ValidationError(
                            "There is no message \"\(name)\"; there are: \(mappings.messages.joined(separator: ", "))")
                    }
                }
            }
        }
    }
}
