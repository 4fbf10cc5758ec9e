"""``python benchmarks/scan.py [--full] [--kills N]``: speed, memory and endurance of bulk scans on this machine.

Posts are texts of the corpus, perturbed and joined to about 600 characters, so that no two are alike.

* rows a second with one and two workers, their ratio, and the peak memory of the driver and of each worker, for 10,000
  posts; with ``--full`` for 100,000 and 1,000,000 too, and how the time per row grows;
* with ``--kills N``: N kills of the driver and N of a worker at random moments, then whether the output equals that of
  an undisturbed scan byte for byte.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from training import corpus

LENGTH = 600  # characters of a post
SEED = 11
KILL_ROWS = 3_000
WORKER = "popen_loky"  # in the command line of a worker process


@dataclass(frozen=True, slots=True)
class Measured:
    """One scan: seconds of it all and from the first finished part to the last, peak resident bytes."""

    seconds: float
    rate: float
    driver: int
    worker: int


def posts(number: int) -> Iterator[str]:
    """`number` different posts of about 600 characters."""
    chance = random.Random(SEED)
    texts = [row["text"] for row in corpus.rows()]
    for _ in range(number):
        pieces: list[str] = []
        while sum(map(len, pieces)) < LENGTH:
            words = chance.choice(texts).split(" ")
            for _ in range(max(1, len(words) // 20)):
                words[chance.randrange(len(words))] = str(chance.randrange(10**6))
            pieces.append(" ".join(words))
        yield "\n".join(pieces)[:LENGTH]


def write(path: Path, number: int) -> Path:
    """`number` posts as JSON Lines."""
    with path.open("w", encoding="utf-8") as handle:
        for i, text in enumerate(posts(number)):
            handle.write(json.dumps({"id": i, "text": text}, ensure_ascii=False) + "\n")
    return path


def start(source: Path, out: Path, jobs: int, *more: str) -> subprocess.Popen[bytes]:
    """A scan of `source` as its own process."""
    command = [sys.executable, "-m", "detector.cli", "scan", str(source), "--out", str(out), "--jobs", str(jobs), *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def workers_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The worker processes of a scan."""
    try:
        return [p for p in psutil.Process(process.pid).children() if WORKER in " ".join(p.cmdline())]
    except psutil.Error:
        return []


def measure(source: Path, out: Path, jobs: int) -> Measured:
    """Scan and watch."""
    begun = time.perf_counter()
    process = start(source, out, jobs)
    driver = worker = 0
    marks: list[tuple[float, int]] = []  # (time, parts finished)
    while process.poll() is None:
        try:
            driver = max(driver, psutil.Process(process.pid).memory_info().rss)
            worker = max([worker, *(p.memory_info().rss for p in workers_of(process))])
        except psutil.Error:
            pass
        finished = len(list(out.with_name(out.name + ".scan").glob("part-*.json")))
        if finished and (not marks or finished > marks[-1][1]):
            marks.append((time.perf_counter(), finished))
        time.sleep(0.1)
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"the scan ended with {process.returncode}")
    # The rate without the start of the processes: from the first part to the last whole one.
    (first, few), (last, many) = marks[0], marks[-2]
    return Measured(seconds, 1024 * (many - few) / (last - first), driver, worker)


def speed(folder: Path, sizes: list[int]) -> None:
    """Print rows a second, ratio and memory."""
    per_row: dict[int, float] = {}
    for size in sizes:
        source = write(folder / f"{size}.jsonl", size)
        one = measure(source, folder / "one.jsonl", 1)
        two = measure(source, folder / "two.jsonl", 2)
        same = (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes() if size <= 10**5 else "-"
        per_row[size] = two.seconds / size
        print(
            f"{size:>9,} posts: one worker {one.rate:.0f} rows/s ({one.seconds:.0f} s in all), two {two.rate:.0f} "
            f"({two.seconds:.0f} s), ratio {two.rate / one.rate:.2f}; same bytes: {same}; peak memory: one process "
            f"{one.driver >> 20} MB, driver {two.driver >> 20} MB, each worker {two.worker >> 20} MB",
            flush=True,
        )
        for path in (source, folder / "one.jsonl", folder / "two.jsonl"):
            path.unlink()
    for size in sizes[1:]:
        print(f"time per row at {size:,}: {per_row[size] / per_row[sizes[0]]:.2f} of that at {sizes[0]:,}")


def endurance(folder: Path, kills: int) -> None:
    """Print whether the output survives the kills."""
    chance = random.Random(SEED)
    source = write(folder / "kills.jsonl", KILL_ROWS)
    parts = ("--part-rows", "50")
    start(source, folder / "calm.jsonl", 2, *parts).wait()
    calm = (folder / "calm.jsonl").read_bytes()
    right = done = 0
    while done < kills:
        out = folder / f"driver{done}.jsonl"
        process = start(source, out, 2, *parts, "--resume")
        time.sleep(chance.uniform(2, 15))
        process.kill()
        process.wait()
        start(source, out, 2, *parts, "--resume").wait()
        right += out.read_bytes() == calm
        done += 1
    print(f"driver killed {kills} times: {right} outputs equal the undisturbed one", flush=True)
    out = folder / "worker.jsonl"
    right = struck = 0
    while struck < kills:
        process = start(source, out, 2, *parts, "--overwrite")
        for _ in range(2):
            time.sleep(chance.uniform(3, 8))
            for worker in workers_of(process)[:1]:
                worker.kill()
                struck += 1
        right += process.wait() == 0 and out.read_bytes() == calm
    print(f"workers killed {struck} times: {right} of the scans gave the same bytes", flush=True)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description="Speed, memory and endurance of bulk scans.")
    arguments.add_argument("--full", action="store_true", help="also 100,000 and 1,000,000 posts: hours")
    arguments.add_argument("--kills", type=int, default=0, help="kill driver and workers so many times each")
    given = arguments.parse_args()
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).resolve().parents[1]))
    with tempfile.TemporaryDirectory() as folder:
        if given.kills:
            endurance(Path(folder), given.kills)
        else:
            speed(Path(folder), [10**4, *([10**5, 10**6] if given.full else [])])


if __name__ == "__main__":
    main()
