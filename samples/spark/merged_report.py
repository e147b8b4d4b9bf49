"""Adds up the reports of parts to the report of the whole, as one process would have written it.

python3 merged_report.py REPORT... > report.json
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

Report = dict[str, Any]

# What the reports of all parts must agree on.
COMMON = ("schemaVersion", "tool", "to", "mappings")
# What is counted, whatever counts stand in it.
COUNTED = ("records", "hiddenFiles", "messages", "leaves", "rejects", "remarks")


class ReportsDiffer(Exception):
    """Parts were converted by different tools, or to different formats."""


class MergedReport:
    """The sum of the reports that were added."""

    def __init__(self) -> None:
        self._sum: Report = {}
        self._losses: Counter[tuple[str, str, str]] = Counter()

    def add(self, report: Report) -> None:
        if not self._sum:
            self._sum = {member: value for member, value in report.items() if member in COMMON}
        for member in COMMON:
            if report[member] != self._sum[member]:
                raise ReportsDiffer(
                    f"parts do not agree on `{member}`: {self._sum[member]} and {report[member]}; "
                    "is the same nctsbridge on all machines?"
                )
        for member in COUNTED:
            self._sum[member] = _added(self._sum.get(member), report[member])
        for loss in report["losses"]:
            self._losses[loss["message"], loss["field"], loss["outcome"]] += loss["count"]
        if unknown := set(report) - {*COMMON, *COUNTED, "losses"}:
            raise ReportsDiffer(f"the reports have members that nobody knows how to add: {', '.join(sorted(unknown))}")

    @property
    def value(self) -> Report:
        """In the order of the toolkit: messages and remarks by name, losses and rejects the commonest first."""
        losses = sorted(self._losses.items(), key=lambda item: (-item[1], *item[0]))
        whole = self._sum | {
            "messages": dict(sorted(self._sum["messages"].items())),
            "losses": [
                {"message": message, "field": field, "outcome": outcome, "count": count}
                for (message, field, outcome), count in losses
            ],
            "rejects": dict(sorted(self._sum["rejects"].items(), key=lambda item: (-item[1], item[0]))),
            "remarks": dict(sorted(self._sum["remarks"].items())),
        }
        order = ("schemaVersion", "tool", "to", "records", "hiddenFiles", "messages", "leaves", "losses", "rejects")
        return {member: whole[member] for member in (*order, "remarks", "mappings")}


def _added(sum_: Any, counts: Any) -> Any:
    """Adds numbers, wherever in the objects they stand."""
    if isinstance(counts, dict):
        sum_ = sum_ or {}
        return sum_ | {name: _added(sum_.get(name), count) for name, count in counts.items()}
    return (sum_ or 0) + counts


if __name__ == "__main__":
    merged = MergedReport()
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            merged.add(json.load(file))
    print(json.dumps(merged.value, indent=2, ensure_ascii=False))
