"""Holds the Spark job against one `nctsbridge convert`: the same records, rejects and counts, whatever dies on the way.

    NCTSBRIDGE=path/to/nctsbridge python3 samples/spark/test_spark.py

Needs pyspark, pyarrow and Java 17. All traffic is on 127.0.0.1.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet
import pyspark

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import archive_parts  # noqa: E402
import bridge_worker  # noqa: E402
from archive_parts import Part  # noqa: E402
from bridge_worker import Settings, WorkerFailed  # noqa: E402

BRIDGE = os.path.abspath(os.environ.get("NCTSBRIDGE", SAMPLES.parent / ".build/release/nctsbridge"))
CONTEXT = SAMPLES / "archive/context.yaml"
CLUSTER = "local-cluster[2,1,1024]"
PATIENCE = 150

# Lines that a part must not begin with, and others that are hard to count.
ODD_LINES = [
    b"\n",
    b" \t\r\n",
    b"\xef\xbb\xbf\n",
    b"\xff\xfe is no mark in the midst of a file\n",
    b"<\0C\0D\0\n",
    b"PK\x03\x04\n",
    b"\x1f\x8b\x08\n",
    b"x" * 257 + b"ustar\n",
    b'{"id":"cut","payload":"<CD034A><SynIde\n',
    b'{"id":"' + b'\\"' * 3 + b'","payload":"\xe9\xff"}\n',
    b'{"id":' + b"9" * 5000 + b',"payload":"<CD034A/>"}\r\n',
    b"nothing of the kind\n",
]


class Scratch(unittest.TestCase):
    def setUp(self) -> None:
        self.scratch = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="nctsbridge-spark-")))

    def script(self, text: str) -> str:
        """A program in the worker's place."""
        path = self.scratch / f"worker-{len(list(self.scratch.iterdir()))}"
        path.write_text("#!/bin/sh\n" + text + "\n")
        path.chmod(0o755)
        return str(path)


def archive(path: Path, count: int) -> Path:
    """Writes the sample's records over and over, with odd lines among them and no line feed at the end."""
    lines = (SAMPLES / "archive/archive.ndjson").read_bytes().splitlines(keepends=True)
    with path.open("wb") as file:
        for number in range(count):
            if number % 499 == 0:
                file.write(ODD_LINES[number // 499 % len(ODD_LINES)])
            file.write(lines[number % len(lines)])
        file.write(lines[0].rstrip())
    return path


def parts(files: list[Path], size: int) -> list[Part]:
    spans = [span for file in files for span in archive_parts.spans(str(file), size)]
    return archive_parts.number(map(archive_parts.measure, spans))


class Cutting(Scratch):
    def test_no_line_is_cut_lost_or_counted_twice(self) -> None:
        seed = int(os.environ.get("SEED", random.randrange(1 << 32)))
        print(f"SEED={seed}")
        pick = random.Random(seed)
        for _ in range(200):
            lines = [
                pick.choice([*ODD_LINES, b"{}\n", b'{"id":1}\n', b"z" * 700 + b"\n"]) for _ in range(pick.randrange(30))
            ]
            whole = b"".join(lines) + pick.choice([b"", b"the last"])
            file = self.scratch / "archive"
            file.write_bytes(whole)
            found = parts([file], pick.choice([1, 7, 100, 1000, 100_000]))
            self.assertEqual(b"".join(whole[part.start : part.end] for part in found), whole)
            line, record = 1, 0
            for part in found:
                self.assertEqual((part.first_line, part.first_record), (line, record))
                line += part.lines
                record += part.records
                if part.start:
                    self.assertEqual(whole[part.start - 1 : part.start], b"\n")
                    head = whole[part.start : part.start + 4]
                    self.assertTrue(head.isascii() and b"\0" not in head and not head.startswith(b"PK\x03"), head)
            every = whole.removesuffix(b"\n").split(b"\n") if whole else []
            self.assertEqual(line - 1, len(every))
            self.assertEqual(record, sum(bool(each.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n")) for each in every))

    def test_what_is_no_text_by_line_is_refused(self) -> None:
        for head in (b"\x1f\x8b\x08", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\xff\xfe{\0", b"\0" * 257 + b"ustar"):
            file = self.scratch / "packed"
            file.write_bytes(head + b" and more\n")
            self.assertIsNotNone(archive_parts.measure(archive_parts.Span("packed", str(file), 0, 5)).problem)


class Worker(Scratch):
    def setUp(self) -> None:
        super().setUp()
        self.file = archive(self.scratch / "archive.ndjson", 3000)
        self.part = parts([self.file], 1 << 30)[0]
        (self.scratch / "attempts").mkdir()

    def convert(self, program: str) -> bridge_worker.Done:
        arguments = ("--to", "v2-json", "--context", str(CONTEXT))
        return bridge_worker.convert(self.part, Settings(program, arguments, str(self.scratch / "attempts")))

    def test_a_worker_that_works(self) -> None:
        done = self.convert(BRIDGE)
        self.assertEqual(done.records + done.rejects, self.part.records)
        self.assertEqual(done.lines, self.part.lines)

    def test_neither_noise_nor_a_full_pipe_holds_it_up(self) -> None:
        noise = "head -c 1000000 /dev/zero | tr '\\0' x >&2"
        done = self.convert(self.script(f'{noise}; {BRIDGE} "$@"; code=$?; {noise}; exit $code'))
        self.assertEqual(done.records + done.rejects, self.part.records)

    def test_what_fails_is_told_and_leaves_nothing(self) -> None:
        for program, complaint in [
            (str(self.scratch / "missing"), "can't be run"),
            (self.script("echo out of luck >&2; exit 70"), "exit code 70.*\nout of luck"),
            (self.script("kill -9 $$"), "killed by signal 9"),
            (self.script(f'{BRIDGE} "$@" | sed 5d; exit 1'), "does not add up"),
            (self.script(f'{BRIDGE} "$@" | head -c 9000; exit 1'), "broke off"),
            (self.script(f'head -n 100 | {BRIDGE} "$@"; exit 1'), "handed over whole|does not add up"),
        ]:
            with self.subTest(complaint):
                self.assertRaisesRegex(WorkerFailed, complaint, self.convert, program)
                self.assertEqual(list((self.scratch / "attempts").iterdir()), [])

    def test_a_file_that_is_changed_meanwhile_is_told(self) -> None:
        os.truncate(self.file, 5000)
        self.assertRaisesRegex(WorkerFailed, "shorter now", self.convert, BRIDGE)


class Shell(Scratch):
    def test_the_page_s_script_does_as_one_process_does(self) -> None:
        page = (SAMPLES.parent / "docs/scale-out.md").read_text(encoding="utf-8")
        script = next(block for block in re.findall(r"```sh\n(.*?)```", page, re.S) if "xargs" in block)
        file = archive(self.scratch / "archive.ndjson", 5000)
        shutil.copy(CONTEXT, self.scratch)
        (self.scratch / "samples").symlink_to(SAMPLES)
        path = self.scratch / "bin"
        path.mkdir()
        (path / "nctsbridge").symlink_to(BRIDGE)
        environment = os.environ | {"PATH": f"{path}:{os.environ['PATH']}"}
        short = script.replace("100000", "700")
        run = subprocess.run(["bash", "-e", "-c", short], cwd=self.scratch, env=environment, timeout=PATIENCE)
        self.assertEqual(run.returncode, 0)
        whole = ["convert", file.name, "--to", "v2-json", "--context", "context.yaml", "--quiet"]
        outputs = ["--output", "whole", "--rejects", "whole.rejects", "--report", "whole.json"]
        subprocess.run([BRIDGE, *whole, *outputs], cwd=self.scratch, timeout=PATIENCE)
        for one, other in ("v2.ndjson", "whole"), ("rejects.ndjson", "whole.rejects"), ("report.json", "whole.json"):
            self.assertTrue((self.scratch / one).read_bytes() == (self.scratch / other).read_bytes(), one)


class Job:
    """A run of the job, under spark-submit."""

    def __init__(self, master: str, scratch: Path, *arguments: str) -> None:
        work = scratch / "work"
        work.mkdir(exist_ok=True)
        self.log = scratch / "log"
        environment = os.environ | {
            "SPARK_LOCAL_IP": "127.0.0.1",
            # Else an executor's files land in the folder that pyspark is installed in.
            "SPARK_WORKER_DIR": str(work),
            "SPARK_LOCAL_DIRS": str(work),
            "SPARK_HOME": str(Path(pyspark.__file__).parent),
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        settings = {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        command = [
            *("timeout", str(PATIENCE), f"{environment['SPARK_HOME']}/bin/spark-submit", "--master", master),
            *(f"--conf={name}={value}" for name, value in settings.items()),
            *(str(HERE / "convert_archive.py"), "--output", str(scratch / "output"), *arguments),
        ]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    def finish(self) -> int:
        return self.process.wait(PATIENCE + 30)

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def driver(self) -> int:
        """The process that runs the job's own code."""
        script = b"convert_archive.py"
        every = below(self.process.pid)
        return next(pid for pid in every if program(pid).startswith("python") and script in told(pid, "cmdline"))

    def executors(self) -> Iterator[int]:
        """Executors of this run that have a worker under way."""
        for pid in below(self.process.pid):
            if b"CoarseGrainedExecutorBackend" in told(pid, "cmdline"):
                if any(program(each) == "nctsbridge" for each in below(pid)):
                    yield pid


def below(pid: int) -> list[int]:
    """The processes that a process began, and those that they did."""
    parents = {}
    for each in filter(str.isdigit, os.listdir("/proc")):
        if match := re.search(rb"\) \S (\d+) ", told(int(each), "stat")):
            parents[int(each)] = int(match[1])
    found = [pid]
    for parent in found:
        found += [child for child, its in parents.items() if its == parent]
    return found[1:]


def told(pid: int, what: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""


def program(pid: int) -> str:
    return os.path.basename(told(pid, "cmdline").split(b"\0")[0].decode(errors="replace"))


class Spark(Scratch):
    """The same through Spark and through one process."""

    def setUp(self) -> None:
        super().setUp()
        self.files = [str(archive(self.scratch / "one.ndjson", 60_000)), str(archive(self.scratch / "two.ndjson", 700))]
        self.common = [*self.files, "--context", str(CONTEXT)]

    def whole(self, *arguments: str) -> dict[str, bytes]:
        """What one process makes of the files."""
        paths = {name: self.scratch / f"whole-{name}" for name in ("output", "rejects", "report")}
        options = [word for name, path in paths.items() for word in (f"--{name}", str(path))]
        command = [BRIDGE, "convert", *self.common, "--quiet", *arguments, *options]
        self.assertEqual(subprocess.run(command, timeout=PATIENCE).returncode, 1)
        return {name: path.read_bytes() for name, path in paths.items()}

    def through_spark(self) -> dict[str, bytes]:
        """What the job wrote, as one process would have written it."""
        output = self.scratch / "output"
        records = (
            f'{{"id":{row["id"]},"source":{{"file":{json.dumps(row["file"])},"line":{row["line"]},"digest":"{row["digest"]}",'
            f'"format":"{row["format"]}","message":"{row["message_type"]}"}},"message":{row["message"]}}}\n'
            for row in rows(output / "records")
        )
        return {
            "output": "".join(records).encode(),
            "rejects": "".join(row["reject"] + "\n" for row in rows(output / "rejects")).encode(),
            "report": (output / "report.json").read_bytes(),
        }

    def assert_same(self, job: Job, whole: dict[str, bytes]) -> None:
        self.assertEqual(job.finish(), 0, job.said[-3000:])
        for name, content in self.through_spark().items():
            # Not assertEqual, which would print them.
            self.assertTrue(content == whole[name], f"{name}: not what one process writes")
        for row in rows(self.scratch / "output/rejects"):
            # A record may be called by a number of any length.
            line = json.loads(row["reject"], parse_int=float)
            self.assertEqual((row["file"], row["line"], row["code"]), (line["file"], line["line"], line["code"]))
        records = json.loads(whole["report"])["records"]
        self.assertEqual(records["read"], records["converted"] + records["noCounterpart"] + records["rejected"])
        self.assert_nothing_is_left()

    def assert_nothing_is_left(self) -> None:
        names = [path.name for path in self.scratch.iterdir()]
        self.assertFalse([name for name in names if name.startswith(".")], "a draft is left")
        until = time.monotonic() + 10
        while left := self.workers_left():
            self.assertLess(time.monotonic(), until, f"workers outlive the job: {left}")
            time.sleep(0.1)

    def workers_left(self) -> list[int]:
        mine = str(self.scratch).encode()
        every = [int(pid) for pid in os.listdir("/proc") if pid.isdigit()]
        return [pid for pid in every if program(pid) == "nctsbridge" and mine in told(pid, "cmdline")]

    def test_undisturbed(self) -> None:
        whole = self.whole("--to", "v2-json")
        job = Job(
            CLUSTER, self.scratch, *self.common, "--to", "v2-json", "--partition-size=3000000", "--nctsbridge", BRIDGE
        )
        self.assert_same(job, whole)

    def test_an_executor_is_killed_in_mid_run(self) -> None:
        # To v1.0, where identifiers are made up by a record's number. Each worker pauses in the midst of its part, so
        # that the executor is sure to die with one under way that has written much of what it will.
        whole = self.whole("--to", "v1-xml")
        starts = self.scratch / "starts"
        slow = self.script(f'echo >> {starts}; {{ head -c 1500000; sleep 0.7; cat; }} | {BRIDGE} "$@"')
        job = Job(
            CLUSTER, self.scratch, *self.common, "--to", "v1-xml", "--partition-size=3000000", "--nctsbridge", slow
        )
        try:
            victim = self.executor_in_mid_run(job)
            os.kill(victim, signal.SIGKILL)
            self.assert_same(job, whole)
        finally:
            job.process.kill()
            job.process.wait()
        self.assertRegex(job.said, r"Lost executor \d+ on")
        lost = re.search(r"Lost task .*ExecutorLostFailure", job.said)
        self.assertIsNotNone(lost, "no task was lost with the executor")
        count = len((self.scratch / "output/partitions.ndjson").read_text().splitlines())
        self.assertGreater(len(starts.read_text()), count, "no part was begun twice")
        print(f"executor {victim} was killed; {lost[0][:60]}; {count} parts, begun {len(starts.read_text())} times")

    def executor_in_mid_run(self, job: Job) -> int:
        """An executor with a worker under way, once some part is done."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            self.assertIsNone(job.process.poll(), "the job ended before an executor could be killed")
            if any(self.scratch.glob(".output-*/attempts/*/report.json")):
                if (victim := next(job.executors(), None)) is not None:
                    return victim
            time.sleep(0.02)
        self.fail("no executor with a worker under way was seen")

    def test_a_worker_that_fails_once_is_tried_again(self) -> None:
        self.common = [self.files[1], "--context", str(CONTEXT)]
        whole = self.whole("--to", "v2-json")
        flag = self.scratch / "failed"
        worker = self.script(
            f'{BRIDGE} "$@"; code=$?; mkdir {flag} 2>/dev/null || exit $code; echo hiccup >&2; exit 70'
        )
        job = Job(
            "local[2,4]",
            self.scratch,
            *self.common,
            "--to",
            "v2-json",
            "--partition-size=100000",
            "--nctsbridge",
            worker,
        )
        self.assert_same(job, whole)
        self.assertTrue(flag.exists())
        self.assertIn("hiccup", job.said)

    def test_a_worker_that_always_fails_fails_the_job(self) -> None:
        worker = self.script("cat > /dev/null; echo the licence to convert has run out >&2; exit 70")
        job = Job("local[2,4]", self.scratch, *self.common, "--to", "v2-json", "--nctsbridge", worker)
        self.assertEqual(job.finish(), 70, job.said[-3000:])
        told = re.search(r"^convert_archive: (.|\n)*", job.said, re.M)[0]
        self.assertRegex(
            told, r"failed 4 times, at last with: .*exit code 70 on part \d+ (.|\n)*the licence to convert has run out"
        )
        self.assertFalse((self.scratch / "output").exists())
        self.assert_nothing_is_left()

    def test_a_driver_that_is_told_to_end_leaves_nothing(self) -> None:
        slow = self.script(f'{{ head -c 100000; sleep 5; cat; }} | {BRIDGE} "$@"')
        job = Job(
            "local[2]", self.scratch, *self.common, "--to", "v2-json", "--partition-size=3000000", "--nctsbridge", slow
        )
        until = time.monotonic() + 60
        while not list(self.scratch.glob(".output-*/attempts/*/*")):
            self.assertIsNone(job.process.poll(), "the job ended before it could be told to")
            self.assertLess(time.monotonic(), until, "no part was begun")
            time.sleep(0.02)
        os.kill(job.driver(), signal.SIGTERM)
        self.assertNotEqual(job.finish(), 0)
        self.assertFalse((self.scratch / "output").exists())
        self.assert_nothing_is_left()


def rows(folder: Path) -> Iterator[dict[str, object]]:
    for file in sorted(folder.iterdir()):
        yield from pyarrow.parquet.read_table(file).to_pylist()


if __name__ == "__main__":
    if not shutil.which(BRIDGE):
        sys.exit(f"{BRIDGE} is not there: build it, or name another in NCTSBRIDGE")
    unittest.main(verbosity=2)
