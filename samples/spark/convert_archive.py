"""Converts archives with a message to a line on a Spark cluster: each partition by an `nctsbridge convert`.

docs/scale-out.md tells how it works, and what comes out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

import pyarrow.parquet
from pyspark import SparkContext, SparkFiles
from pyspark.sql import SparkSession

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import archive_parts  # noqa: E402
import bridge_worker  # noqa: E402
from archive_parts import Part  # noqa: E402
from bridge_worker import Done, Settings  # noqa: E402
from merged_report import MergedReport, Report, ReportsDiffer  # noqa: E402

In = TypeVar("In")
Out = TypeVar("Out")

NO_INPUT, FAILED, NO_OUTPUT = 66, 70, 73


class Stop(Exception):
    """The job can't go on; nothing appears under the output's name."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def main() -> int:
    options = parsed(sys.argv[1:])
    try:
        report = run(options)
    except Stop as stop:
        print(f"convert_archive: {stop}", file=sys.stderr)
        return stop.code
    records = report["records"]
    print(
        f"{records['read']} records read: {records['converted']} converted to {report['to']}, "
        f"{records['noCounterpart']} without counterpart, {records['rejected']} rejected; all is in {options.output}"
    )
    return 0


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="convert_archive.py",
        description="Converts archives with a message to a line on a Spark cluster, with nctsbridge.",
        epilog="Exit code 0: every record is converted or told of in the rejects, and all adds up; 2: wrong usage; "
        "66: no input; 70: workers failed, or the counts do not add up; 73: the output can't be written. "
        "Unless it is 0, there is no output. docs/scale-out.md tells more.",
    )
    parser.add_argument(
        "inputs", nargs="+", metavar="FILE", help="uncompressed, and seen by all machines under this name"
    )
    parser.add_argument(
        "--to", required=True, choices=("v2-json", "v1-json", "v1-xml"), help="the format to convert to"
    )
    parser.add_argument(
        "--output", required=True, metavar="DIR", help="a new folder, on a file system that all machines share"
    )
    parser.add_argument(
        "--from", dest="source", choices=("v1-xml", "v1-json", "v2-json"), help="where content does not tell"
    )
    parser.add_argument(
        "--lines", choices=("ndjson", "text"), default="ndjson", help="what a line is (default: %(default)s)"
    )
    parser.add_argument("--context", metavar="FILE", help="what messages can't tell; copied to all machines")
    parser.add_argument("--lenient", action="store_true", help="take what looser systems have stored")
    parser.add_argument(
        "--partition-size", type=size, default=128 << 20, metavar="BYTES", help="of input, about (default: %(default)s)"
    )
    parser.add_argument(
        "--nctsbridge", default="nctsbridge", metavar="PATH", help="the program on each machine (default: on its PATH)"
    )
    return parser.parse_args(arguments)


def size(text: str) -> int:
    if (value := int(text)) < 1:
        raise argparse.ArgumentTypeError("is 1 or more")
    return value


def run(options: argparse.Namespace) -> Report:
    """Converts the inputs, and gives the output its name when it is whole."""
    inputs = checked(options.inputs)
    if options.context and not os.path.isfile(options.context):
        raise Stop(NO_INPUT, f"{options.context} is no file")
    output = Path(options.output).absolute()
    if output.exists():
        raise Stop(NO_OUTPUT, f"{output} is there already: name a new folder")
    try:
        # Beside the output, so that it only takes a new name in the end.
        draft = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    except OSError as error:
        raise Stop(NO_OUTPUT, f"{output} can't be written: {error.strerror}") from None

    def terminated(number: int, _: object) -> NoReturn:
        discard(draft)
        # Spark ends the tasks of a driver that is gone. It can't be told so from here, in the midst of a call to it.
        os._exit(128 + number)

    signal.signal(signal.SIGTERM, terminated)
    spark = SparkSession.builder.appName("nctsbridge convert").getOrCreate()
    try:
        report = converted(spark.sparkContext, inputs, options, draft)
        publish(draft / "result", output)
        return report
    except OSError as error:
        raise Stop(NO_OUTPUT, f"{error.filename}: {error.strerror}") from None
    finally:
        discard(draft)
        spark.stop()


def discard(draft: Path) -> None:
    """Clears a draft away. By its new name, no task that is still under way finds it again to write into it."""
    with suppress(OSError):
        shutil.rmtree(draft.rename(f"{draft}-discarded"), ignore_errors=True)


def checked(inputs: list[str]) -> list[str]:
    for file in inputs:
        if not os.path.isfile(file):
            raise Stop(NO_INPUT, f"{file} is no file")
    if len(set(map(os.path.realpath, inputs))) < len(inputs):
        raise Stop(NO_INPUT, "a file is named twice")
    return inputs


def converted(context: SparkContext, inputs: list[str], options: argparse.Namespace, draft: Path) -> Report:
    """Has the parts converted, and puts what came of them into `draft`/result."""
    for module in ("archive_parts.py", "bridge_worker.py"):
        context.addPyFile(str(HERE / module))
    parts = cut(context, inputs, options.partition_size)
    attempts, result = draft / "attempts", draft / "result"
    attempts.mkdir()
    settings = Settings(options.nctsbridge, arguments(options, context), str(attempts))
    told = os.path.basename(options.context) if options.context else None
    if told:
        context.addFile(os.path.abspath(options.context))
    done = on_cluster(context, parts, partial(convert_part, settings=settings, context=told))
    report = gather(done, attempts, result)
    check(parts, done, report, result)
    (result / "report.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return report


def cut(context: SparkContext, inputs: list[str], partition_size: int) -> list[Part]:
    """Cuts the inputs into parts."""
    spans = [span for file in inputs for span in archive_parts.spans(file, partition_size)]
    measured = on_cluster(context, spans, archive_parts.measure) if spans else []
    for found in measured:
        if found.problem:
            raise Stop(NO_INPUT, f"{found.file} {found.problem}")
    if not measured:
        raise Stop(NO_INPUT, "there is nothing in the inputs")
    return archive_parts.number(measured)


def arguments(options: argparse.Namespace, context: SparkContext) -> tuple[str, ...]:
    """What `convert` is told beside the part."""
    given = ["--to", options.to, "--lines", options.lines, "--jobs", context.getConf().get("spark.task.cpus", "1")]
    if options.source:
        given += ["--from", options.source]
    if options.lenient:
        given += ["--lenient"]
    return tuple(given)


def convert_part(part: Part, settings: Settings, context: str | None) -> Done:
    """Converts a part, on whichever machine this is: the context file was copied there."""
    if context:
        settings = replace(settings, arguments=(*settings.arguments, "--context", SparkFiles.get(context)))
    return bridge_worker.convert(part, settings)


def on_cluster(context: SparkContext, items: list[In], work: Callable[[In], Out]) -> list[Out]:
    """Does the work on each item as a task of its own. What comes back is of the one attempt that Spark took."""
    try:
        return context.parallelize(items, len(items)).map(work).collect()
    except Exception as error:
        raise Stop(FAILED, reason(str(error))) from error


def reason(text: str) -> str:
    """What a task said last, out of all that Spark says about it."""
    text = text.partition("Driver stacktrace:")[0]
    times = re.search(r"failed (\d+) times", text)
    said = re.search(r"^(?:\w+\.)*(\w+): (.*?)\s*(?=^\tat |\Z)", text.rpartition("Traceback (most")[2], re.M | re.S)
    if times is None or said is None:
        return f"the job failed: {text.strip()}"
    kind, message = said.groups()
    return (
        f"a part failed {times[1]} times, at last with: {message if kind == 'WorkerFailed' else f'{kind}: {message}'}"
    )


def gather(done: list[Done], attempts: Path, result: Path) -> Report:
    """Takes the files of the attempts that came back, in the order of the input, and adds up their reports."""
    merged = MergedReport()
    for folder in (result, result / "records", result / "rejects"):
        folder.mkdir(mode=0o700)
    with (result / "partitions.ndjson").open("w", encoding="utf-8") as log:
        for one in done:
            attempt, name = attempts / one.attempt, f"part-{one.part.index:05}.parquet"
            report = json.loads((attempt / "report.json").read_bytes())
            try:
                merged.add(report)
            except ReportsDiffer as error:
                raise Stop(FAILED, str(error)) from None
            (attempt / "records.parquet").rename(result / "records" / name)
            (attempt / "rejects.parquet").rename(result / "rejects" / name)
            part = asdict(one.part)
            del part["path"]
            log.write(json.dumps(part | {"counts": report["records"]}, ensure_ascii=False) + "\n")
    return merged.value


def check(parts: list[Part], done: list[Done], report: Report, result: Path) -> None:
    """Holds what was counted on different ways side by side."""
    told = report["records"]
    refused = told["noCounterpart"] + told["rejected"]
    pairs = {
        "parts that were cut, and that came back": (list(range(len(parts))), [one.part.index for one in done]),
        "lines in the input, and lines that were handed to workers": (
            sum(part.lines for part in parts),
            sum(one.lines for one in done),
        ),
        "records in the input, and records that workers read": (sum(part.records for part in parts), told["read"]),
        "records read, and converted + no counterpart + rejected": (told["read"], told["converted"] + refused),
        "records converted, and rows in records": (told["converted"], rows(result / "records")),
        "records not converted, and rows in rejects": (refused, rows(result / "rejects")),
    }
    wrong = [f"{what}: {one} and {other}" for what, (one, other) in pairs.items() if one != other]
    if wrong:
        raise Stop(FAILED, "it does not add up: " + "; ".join(wrong))


def rows(folder: Path) -> int:
    return sum(pyarrow.parquet.read_metadata(file).num_rows for file in folder.iterdir())


def publish(result: Path, output: Path) -> None:
    """Gives the result its name, at once and whole."""
    for folder in (result / "records", result / "rejects", result):
        bridge_worker.sync(folder)
    bridge_worker.sync(result / "report.json")
    result.rename(output)
    bridge_worker.sync(output.parent)


if __name__ == "__main__":
    sys.exit(main())
