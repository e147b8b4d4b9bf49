"""Cuts archives with a message to a line into parts, and numbers each part's first line and record.

No part cuts a line. Where the parts lie is found out in two steps, so that machines can share the reading: each looks
at spans of bytes by themselves (`measure`), and one adds up what they found (`number`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WHITE_SPACE = b" \t\r\n"
# No more of a line is held at once, however long it is.
LONGEST_PIECE = 1 << 20
HEAD_SIZE = 512


@dataclass(frozen=True)
class Span:
    """Bytes of a file: the lines that begin in them are one part's."""

    # As records tell of it.
    file: str
    # Where machines find it.
    path: str
    start: int
    end: int


@dataclass(frozen=True)
class Measured:
    """The whole lines of a span."""

    file: str
    path: str
    start: int
    end: int
    lines: int
    # Lines that are not blank.
    records: int
    # Why the file can't be cut into lines, if it can't.
    problem: str | None = None


@dataclass(frozen=True)
class Part:
    """Whole lines of a file, and where they stand in the archive."""

    index: int
    file: str
    path: str
    start: int
    end: int
    lines: int
    records: int
    # In the file, from 1.
    first_line: int
    # How many records stand before it: in its file, and in the files before that.
    first_record: int

    def __str__(self) -> str:
        return f"part {self.index} ({self.file}, lines {self.first_line} to {self.first_line + self.lines - 1})"


def spans(file: str, size: int) -> Iterator[Span]:
    """Takes a file apart into spans of `size` bytes."""
    path = os.path.abspath(file)
    length = os.path.getsize(path)
    for start in range(0, length, size):
        yield Span(file, path, start, min(start + size, length))


def measure(span: Span) -> Measured:
    """Finds the lines that begin in a span, and counts them."""
    with open(span.path, "rb") as file:
        problem = _problem(file.read(HEAD_SIZE)) if span.start == 0 else None
        start, end = _cut(file, span.start), _cut(file, span.end)
        lines, records = _count(file, start, end)
    return Measured(span.file, span.path, start, end, lines, records, problem)


def number(measured: Iterable[Measured]) -> list[Part]:
    """Tells for each part how many lines and records stand before it. Spans without a line become no part.

    Records are counted on from file to file, as in one process that reads all of them: identifiers that are generated
    depend on a record's number, and no two records may get the same.
    """
    parts: list[Part] = []
    file, line, record = None, 1, 0
    for found in measured:
        if found.file != file:
            file, line = found.file, 1
        if found.lines:
            where = (found.file, found.path, found.start, found.end)
            parts.append(Part(len(parts), *where, found.lines, found.records, line, record))
        line += found.lines
        record += found.records
    return parts


def _cut(file: BinaryIO, offset: int) -> int:
    """Where the first line from `offset` on begins that can begin a part."""
    if offset == 0:
        return 0
    # The line before may end right here.
    file.seek(offset - 1)
    while _skip_line(file):
        head = file.read(HEAD_SIZE)
        file.seek(-len(head), os.SEEK_CUR)
        if _is_plain(head):
            break
    return file.tell()


def _skip_line(file: BinaryIO) -> bool:
    """Goes on behind the next line feed; false where the file ends before."""
    while piece := file.readline(LONGEST_PIECE):
        if piece.endswith(b"\n"):
            return True
    return False


def _is_plain(head: bytes) -> bool:
    """Whether an input that begins so is taken for text in ASCII's bytes.

    A damaged line may look like the beginning of UTF-16 or of an archive. In the midst of a part it is a bad record; at
    its beginning it would spoil the others.
    """
    return all(byte in WHITE_SPACE or 0x20 <= byte < 0x7F for byte in head[:4]) and head[257:262] != b"ustar"


def _count(file: BinaryIO, start: int, end: int) -> tuple[int, int]:
    lines = records = 0
    is_blank = True
    left = end - start
    file.seek(start)
    while left and (piece := file.readline(min(left, LONGEST_PIECE))):
        left -= len(piece)
        is_blank = is_blank and not piece.removeprefix(BYTE_ORDER_MARK).strip(WHITE_SPACE)
        if piece.endswith(b"\n") or not left:
            lines += 1
            records += not is_blank
            is_blank = True
    return lines, records


def _problem(head: bytes) -> str | None:
    packed = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"PK\x03\x04": "zip", b"BZh": "bzip2"}
    for beginning, name in packed.items():
        if head.startswith(beginning):
            return f"is compressed ({name}), and can't be read from the middle: unpack it first"
    if head[257:262] == b"ustar":
        return "is a tar archive, and no text with a message to a line: unpack it first"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:4]:
        return "is not in UTF-8: convert it first"
    return None
