import Foundation

// What the toolkit costs, as ratios to peers that are measured in the same run: seconds alone say as much of the machine.

PacingBenchmark.run()
print()
let tool = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(
    "nctsbridge")
try ComparisonBenchmark.run(tool.path)
