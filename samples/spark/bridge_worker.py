"""Has one part of an archive converted by `nctsbridge convert`, over standard input and output, and keeps what it wrote
as Parquet.

Nothing of Spark is in here. What an attempt writes is in a folder of its own, so that one which was broken off, or
which ran twice, is in nobody's way: whoever asked takes the folder of the attempt that came back.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

import pyarrow
import pyarrow.parquet

from archive_parts import Part

RECORDS = pyarrow.schema(
    [
        ("id", pyarrow.string()),
        ("file", pyarrow.string()),
        ("line", pyarrow.int64()),
        ("digest", pyarrow.string()),
        ("format", pyarrow.string()),
        ("message_type", pyarrow.string()),
        ("message", pyarrow.string()),
    ]
)
REJECTS = pyarrow.schema(
    [
        ("id", pyarrow.string()),
        ("file", pyarrow.string()),
        ("line", pyarrow.int64()),
        ("code", pyarrow.string()),
        ("reject", pyarrow.string()),
    ]
)

_TEXT = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_ID = rb'\{"id":(' + _TEXT + rb'|[^",{}\[\]]+),'
_RECORD = re.compile(
    _ID
    + rb'"source":\{"file":('
    + _TEXT
    + rb'),"line":(\d+),"digest":"([^"]*)","format":"([^"]*)","message":"([^"]*)"\},'
    rb'"message":(.*)\}\n',
    re.DOTALL,
)
_REJECT = re.compile(_ID + rb'"file":(' + _TEXT + rb'),"line":(\d+),"code":"([^"]*)",.*\}\n', re.DOTALL)

BLOCK = 1 << 20
# Of what a worker says on standard error, the end.
COMPLAINT = 4096


class WorkerFailed(Exception):
    """A worker ended as it should not, or told something that can't be. Another attempt may fare better."""


@dataclass(frozen=True)
class Settings:
    """What is the same for all parts."""

    nctsbridge: str
    # Arguments of `convert` beside those that tell of the part.
    arguments: tuple[str, ...]
    # Where attempts have their folders: on a file system that all machines share.
    attempts: str


@dataclass(frozen=True)
class Done:
    """A part that was converted, and the attempt that did it."""

    part: Part
    # The name of its folder, with records.parquet, rejects.parquet and report.json.
    attempt: str
    lines: int
    records: int
    rejects: int


def convert(part: Part, settings: Settings) -> Done:
    """Converts a part; raises `WorkerFailed` where it did not come to a good end."""
    attempt = f"{part.index:05}-{uuid.uuid4().hex}"
    folder = Path(settings.attempts, attempt)
    # Not its parents: where they are gone, the job is over, and this attempt is nobody's.
    folder.mkdir()
    try:
        return _convert(part, settings, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _convert(part: Part, settings: Settings, folder: Path) -> Done:
    with tempfile.TemporaryDirectory(prefix="nctsbridge-", dir=_scratch()) as scratch:
        rejects, report = Path(scratch, "rejects.ndjson"), Path(scratch, "report.json")
        command = [
            *(settings.nctsbridge, "convert", "-", "--quiet", "--source-name", part.file),
            *("--first-line", str(part.first_line), "--first-record", str(part.first_record)),
            *("--output", "-", "--rejects", str(rejects), "--report", str(report), *settings.arguments),
        ]
        with _running(command, part) as (process, feeder, complaint):
            converted = _keep(process.stdout, RECORDS, _RECORD, folder / "records.parquet")
            code = process.wait()
        if code not in (0, 1):
            how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
            raise WorkerFailed(f"{settings.nctsbridge} {how} on {part}. It said:\n{complaint.text or '(nothing)'}")
        feeder.check()
        with rejects.open("rb") as lines:
            refused = _keep(lines, REJECTS, _REJECT, folder / "rejects.parquet")
        told = json.loads(report.read_bytes())["records"]
        found = {"read": part.records, "converted": converted, "not converted": refused}
        claimed = {
            "read": told["read"],
            "converted": told["converted"],
            "not converted": told["noCounterpart"] + told["rejected"],
        }
        if found != claimed:
            raise WorkerFailed(f"{part} does not add up: there are {found}, and the worker tells of {claimed}")
        shutil.copyfile(report, folder / "report.json")
    for path in (*folder.iterdir(), folder, folder.parent):
        sync(path)
    return Done(part, folder.name, feeder.lines, converted, refused)


def _scratch() -> str | None:
    """Where Spark wants work files; it clears that up behind an executor that was lost."""
    return os.environ.get("SPARK_LOCAL_DIRS", "").split(",")[0] or None


@contextmanager
def _running(command: list[str], part: Part) -> Iterator[tuple[subprocess.Popen[bytes], _Feeder, _Complaint]]:
    """Runs a worker whose input is fed, and whose complaints are read, beside the reading of its output: whichever pipe
    is full, none waits for another. It does not outlive the block, nor this process."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_die_with_parent
        )
    except OSError as error:
        raise WorkerFailed(f"{command[0]} can't be run: {error.strerror}. Is it on this machine?") from None
    feeder, complaint = _Feeder(part, process.stdin), _Complaint(process.stderr)
    try:
        with process.stdout:
            yield process, feeder, complaint
    finally:
        process.kill()
        process.wait()
        feeder.join()
        complaint.join()


_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Linux kills the worker when this process dies, even if that is killed itself."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class _Feeder(threading.Thread):
    """Writes a part to a worker's standard input."""

    def __init__(self, part: Part, pipe: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._part = part
        self._pipe = pipe
        self._left = part.end - part.start
        self._error: OSError | None = None
        self.lines = 0
        self.start()

    def run(self) -> None:
        last = b"\n"
        try:
            with self._pipe, open(self._part.path, "rb") as file:
                file.seek(self._part.start)
                while block := file.read(min(self._left, BLOCK)):
                    self._pipe.write(block)
                    self._left -= len(block)
                    self.lines += block.count(b"\n")
                    last = block[-1:]
        except OSError as error:
            self._error = error
        self.lines += last != b"\n"

    def check(self) -> None:
        """Raises where the worker did not get all of the part, or where that is not what it was when it was cut."""
        self.join()
        if self._error or self._left:
            raise WorkerFailed(
                f"{self._part} could not be handed over whole: {self._error or 'the file is shorter now'}"
            )
        if self.lines != self._part.lines:
            raise WorkerFailed(f"{self._part} has {self.lines} lines now: was the file changed?")


class _Complaint(threading.Thread):
    """Reads a worker's standard error, and keeps the end of it."""

    def __init__(self, pipe: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._pipe = pipe
        self._end = b""
        self.start()

    def run(self) -> None:
        with self._pipe:
            while block := self._pipe.read1(COMPLAINT):
                self._end = (self._end + block)[-COMPLAINT:]

    @property
    def text(self) -> str:
        self.join()
        return self._end.decode(errors="replace").strip()


def _keep(lines: IO[bytes], schema: pyarrow.Schema, form: re.Pattern[bytes], path: Path) -> int:
    """Writes lines as rows of a Parquet file, some thousands at a time; returns how many."""
    count = 0
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        rows: list[tuple] = []
        size = 0
        for line in lines:
            match = form.fullmatch(line)
            if match is None:
                raise WorkerFailed(
                    f"line {count + 1} of the {path.stem} that the worker wrote broke off, or is of another version"
                )
            count += 1
            size += len(line)
            rows.append(_reject(match, line) if schema is REJECTS else _record(match))
            if len(rows) == 16384 or size > 16 * BLOCK:
                _flush(rows, writer)
                size = 0
        _flush(rows, writer)
    return count


def _record(match: re.Match[bytes]) -> tuple:
    id_, file, line, digest, format_, message_type, message = match.groups()
    return id_, _text(file), int(line), digest, format_, message_type, message


def _reject(match: re.Match[bytes], whole: bytes) -> tuple:
    id_, file, line, code = match.groups()
    return id_, _text(file), int(line), code, whole[:-1]


@lru_cache(maxsize=16)
def _text(json_text: bytes) -> str:
    return json.loads(json_text)


def _flush(rows: list[tuple], writer: pyarrow.parquet.ParquetWriter) -> None:
    if rows:
        columns = [
            pyarrow.array(column, field.type)
            for column, field in zip(zip(*rows, strict=True), writer.schema, strict=True)
        ]
        writer.write_batch(pyarrow.record_batch(columns, schema=writer.schema))
        rows.clear()


def sync(path: Path) -> None:
    """Has what was written reach the disk: it outlives the machine that wrote it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
