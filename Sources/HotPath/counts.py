"""Counts the instructions of the hot path with callgrind and holds them against the table beside this file: the same binary on
the same messages takes the same number, whatever else the machine does.

    counts.py HOT-PATH [--renew]
"""
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TABLE = os.path.join(HERE, "counts.json")
CONTEXT = "samples/archive/context.yaml"
# What grows by more than this has to be looked at, or the table renewed in the same commit.
TOLERANCE = 0.10
V2 = (
    '{"status":200,"headers":{"Content-Type":"application/json"},"body":{"_links":{"self":{"href":'
    '"/customs/guarantees/23GB0000010000863/balance"}},"balance":10000.5,"currency":"GBP"}}'
)
CASES = {
    "CD037A to v2.0": ("v2-json", "-", "samples/v1-xml/CD037A-type-1.xml"),
    "CD034A to v2.0": ("v2-json", "-", "samples/v1-xml/CD034A.xml"),
    "CD037A with every leaf to v2.0": ("v2-json", "-", "samples/v1-xml/CD037A-every-optional-leaf.xml"),
    "CD906A to v2.0": ("v2-json", "-", "samples/v1-xml/CD906A-incorrect-access-code.xml"),
    "v2.0 to CD037A": ("v1-xml", CONTEXT, V2),
    "v2.0 to v1.0": ("v1-json", "-", V2),
}
ROUNDS = 200


def instructions(binary: str, target: str, context: str, message: str, rounds: int) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(ROOT, message)
        if message.startswith("{"):
            path = os.path.join(scratch, "message.json")
            with open(path, "w") as file:
                file.write(message)
        if context != "-":
            context = os.path.join(ROOT, context)
        ran = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={scratch}/out", binary, target, str(rounds), context, path],
            capture_output=True, text=True, env=os.environ | {"SWIFT_DETERMINISTIC_HASHING": "1"},
        )
        found = re.search(r"Collected : (\d+)", ran.stderr)
        if ran.returncode != 0 or not found:
            sys.exit(f"callgrind did not count {target} {message[:40]}:\n{ran.stderr[-2000:]}")
        return int(found.group(1))


def main() -> None:
    binary, renews = sys.argv[1], "--renew" in sys.argv[2:]
    counts = {}
    for name, (target, context, message) in CASES.items():
        # What a run costs before its first message is no message's.
        once, often = (instructions(binary, target, context, message, rounds) for rounds in (1, 1 + ROUNDS))
        counts[name] = round((often - once) / ROUNDS)
    if renews:
        with open(TABLE, "w") as file:
            json.dump(counts, file, indent=2)
            file.write("\n")
    with open(TABLE) as file:
        known = json.load(file)
    failed = False
    print(f"{'instructions for each message':34} {'now':>10} {'table':>10}")
    for name, count in counts.items():
        before = known.get(name)
        change = "" if before is None else f"{(count / before - 1) * 100:+7.1f} %"
        too_many = before is None or count > before * (1 + TOLERANCE)
        failed = failed or too_many
        print(f"{name:34} {count:10} {before or 0:10} {change}{'  too many' if too_many else ''}")
    if failed:
        sys.exit("More instructions than the table allows. Where that is right, renew it: make counts RENEW=--renew")


main()
