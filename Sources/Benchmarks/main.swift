import GuaranteeClients

// What the toolkit costs, as ratios to peers that are measured in the same run: seconds alone say as much of the machine.

PacingBenchmark.run()
