import Foundation

// What the toolkit costs, as ratios to peers that are measured in the same run: seconds alone say as much of the machine.
// All benchmarks, or those that are named: benchmarks [convert] [pacing] [compare] [gateway] [--tool PATH] [--json FILE]

func beside(_ name: String) -> String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(name).path
}

var names = Array(CommandLine.arguments.dropFirst())
var tool = beside("nctsbridge")
if let option = names.firstIndex(of: "--tool"), option + 1 < names.count {
    tool = names[option + 1]
    names.removeSubrange(option...option + 1)
}
var json: String?
if let option = names.firstIndex(of: "--json"), option + 1 < names.count {
    json = names[option + 1]
    names.removeSubrange(option...option + 1)
}
let known = ["convert", "pacing", "compare", "gateway"]
if let unknown = names.first(where: { !known.contains($0) }) {
    print("\(unknown) is no benchmark; there are: \(known.joined(separator: ", ")), --tool PATH, --json FILE.")
    exit(64)
}
do {
    for (index, name) in known.filter({ names.isEmpty || names.contains($0) }).enumerated() {
        if index > 0 { print() }
        switch name {
        case "convert": try ConvertBenchmark.run(tool, hotPath: beside("hot-path"), json: json)
        case "pacing": PacingBenchmark.run()
        case "compare": try ComparisonBenchmark.run(tool)
        default: try GatewayBenchmark.run(tool, passThrough: beside("pass-through"))
        }
    }
} catch {
    print("\(error)")
    exit(1)
}
