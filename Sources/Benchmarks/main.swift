import Foundation

// What the toolkit costs, as ratios to peers that are measured in the same run: seconds alone say as much of the machine.
// All benchmarks, or those that are named: benchmarks [pacing] [compare] [gateway] [--tool PATH]

func beside(_ name: String) -> String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(name).path
}

var names = Array(CommandLine.arguments.dropFirst())
var tool = beside("nctsbridge")
if let option = names.firstIndex(of: "--tool"), option + 1 < names.count {
    tool = names[option + 1]
    names.removeSubrange(option...option + 1)
}
let known = ["pacing", "compare", "gateway"]
if let unknown = names.first(where: { !known.contains($0) }) {
    print("\(unknown) is no benchmark; there are: \(known.joined(separator: ", ")), and --tool PATH for the command.")
    exit(64)
}
do {
    for (index, name) in known.filter({ names.isEmpty || names.contains($0) }).enumerated() {
        if index > 0 { print() }
        switch name {
        case "pacing": PacingBenchmark.run()
        case "compare": try ComparisonBenchmark.run(tool)
        default: try GatewayBenchmark.run(tool, passThrough: beside("pass-through"))
        }
    }
} catch {
    print("\(error)")
    exit(1)
}
