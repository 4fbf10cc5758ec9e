"""The engine: the same bytes whoever assesses and whatever dies on the way; stopped scans go on; mistakes are one sentence."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from detector.scan import InputError, scan
from detector.scan.options import Options
from detector.scan.parts import Part, Recipe, Result, assess, cut, engine_here
from detector.scan.rows import Row
from detector.scan.state import folder_of
from detector.scan.workers import Cores, run

resource = pytest.importorskip("resource", reason="needs limits and signals of POSIX systems")

LURE = "Admin slot Kamboja gaji {} juta, tiket ditanggung, paspor dipegang kantor, WA 0812-0000-{}"
HONEST = "Dibutuhkan kasir toko nomor {} di Klaten, gaji UMK, antar lamaran ke Jl. Pemuda {}"
ROWS = 400
PART = 20


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("input") / "in.jsonl"
    with path.open("w", encoding="utf-8") as handle:
        for i in range(ROWS):
            text = (LURE if i % 3 == 0 else HONEST).format(i % 40 + 2, 1000 + i)
            handle.write(json.dumps({"id": f"r{i}", "text": text, "town": "Klaten"}) + "\n")
    return path


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("undisturbed") / "out.jsonl"
    summary = scan(source, out, keep=True, jobs=1, part_rows=PART)
    assert summary.rows == ROWS
    assert not folder_of(out).exists()
    return out.read_bytes()


def command(source: Path, out: Path, *more: str, keep: bool = True, jobs: int = 2) -> list[str]:
    kept = ["--keep"] if keep else []
    rest = ["--part-rows", str(PART), "--jobs", str(jobs), *kept, *more]
    return [sys.executable, "-m", "detector.cli", "scan", str(source), "--out", str(out), *rest]


def start(*words: str) -> subprocess.Popen[str]:
    # A background job ignores Ctrl-C, and so would its children.
    return subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def parts_done(out: Path) -> int:
    return len(list(folder_of(out).glob("part-*.json")))


def wait_until(condition: Callable[[], object], process: subprocess.Popen[str], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def workers_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    try:
        return [p for p in psutil.Process(process.pid).children() if "popen_loky" in " ".join(p.cmdline())]
    except psutil.NoSuchProcess:
        return []


# --- the same bytes ----------------------------------------------------------------------------------------------------


def test_two_workers_give_the_bytes_of_one(source: Path, undisturbed: bytes, tmp_path: Path) -> None:
    seen: list[int] = []
    scan(source, tmp_path / "out.jsonl", keep=True, jobs=2, part_rows=PART, progress=seen.append)
    assert (tmp_path / "out.jsonl").read_bytes() == undisturbed
    assert seen == sorted(seen)
    assert seen[-1] == ROWS
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_the_records_do_not_depend_on_the_size_of_the_parts(source: Path, undisturbed: bytes, tmp_path: Path) -> None:
    scan(source, tmp_path / "out.jsonl", keep=True, jobs=1, part_rows=137)
    assert (tmp_path / "out.jsonl").read_bytes() == undisturbed


def test_a_killed_driver_goes_on_where_it_was(source: Path, undisturbed: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    chance = random.Random(7)
    kills = 0
    for attempt in range(12):
        before = parts_done(out)
        process = start(*command(source, out, "--resume", jobs=1 + attempt % 2))
        goal = before + chance.randint(1, 8)
        wait_until(lambda goal=goal: parts_done(out) >= goal, process)  # type: ignore[misc]
        time.sleep(chance.random() * 0.2)
        orphans = workers_of(process)
        process.kill()
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
        assert parts_done(out) >= before or out.exists(), "finished parts are kept"
        _, alive = psutil.wait_procs(orphans, timeout=10)
        assert not alive, "workers do not outlive their driver"
        if out.exists() and not folder_of(out).exists():
            break
    assert kills >= 2
    assert out.read_bytes() == undisturbed
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_killed_workers_cost_only_time(source: Path, undisturbed: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    process = start(*command(source, out))
    chance = random.Random(3)
    kills = 0
    for goal in (2, 9):
        wait_until(lambda goal=goal: parts_done(out) >= goal and workers_of(process), process)  # type: ignore[misc]
        time.sleep(chance.random() * 0.2)
        for worker in workers_of(process)[:1]:
            worker.kill()
            kills += 1
    _, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    assert kills == 2
    assert out.read_bytes() == undisturbed
    assert "Traceback" not in errors


@contextmanager
def dask_cluster(folder: Path, number: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler on loopback with `number` workers, each a process: its address, and [scheduler, worker, ...]."""
    file = folder / "scheduler.json"
    paths = [str(Path(__file__).resolve().parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}

    def begin(*words: str) -> subprocess.Popen[bytes]:
        options = ["--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1"]
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
        )

    processes = [begin("scheduler", "--port", "0")]
    deadline = time.monotonic() + 60
    while not file.is_file():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    processes += [begin("worker", "--nthreads", "1", "--no-nanny", "--local-directory", ".") for _ in range(number)]
    try:
        yield json.loads(file.read_text())["address"], processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_dask_cluster_gives_the_same_bytes_also_when_a_worker_is_killed(
    source: Path, undisturbed: bytes, tmp_path: Path
) -> None:
    with dask_cluster(tmp_path, 2) as (address, (_, worker, _)):
        scan(source, tmp_path / "a.jsonl", keep=True, engine="dask", scheduler=address, part_rows=PART)
        assert (tmp_path / "a.jsonl").read_bytes() == undisturbed
        out = tmp_path / "b.jsonl"

        def kill_one(done: int) -> None:
            if done >= ROWS // 4 and worker.poll() is None:
                worker.kill()

        scan(source, out, keep=True, engine="dask", scheduler=address, part_rows=PART, progress=kill_one)
        assert worker.wait(timeout=10) == -signal.SIGKILL
    assert out.read_bytes() == undisturbed


def test_a_cluster_that_goes_away_is_one_sentence_and_the_cores_take_over(
    source: Path, undisturbed: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    with dask_cluster(tmp_path, 1) as (address, (scheduler, _)):
        cluster = ["--engine", "dask", "--scheduler", address]
        process = start(*command(source, out, *cluster))
        wait_until(lambda: parts_done(out) >= 2, process)
        scheduler.kill()
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "does not answer any more; start it again, then continue with --resume" in errors
    assert "Traceback" not in errors
    scan(source, out, keep=True, part_rows=PART, resume=True, jobs=1)
    assert out.read_bytes() == undisturbed


def test_no_scheduler_is_one_sentence(source: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No Dask scheduler answers at"):
        scan(source, tmp_path / "out.jsonl", engine="dask", scheduler="tcp://127.0.0.1:9")
    assert not list(tmp_path.iterdir())


class Deadly(Cores):
    """Workers that die under the third part."""

    def submit(self, part: Part, recipe: Recipe) -> Future[Result]:
        future: Future[Result] = self._executor.submit(die_or_assess, part, recipe)
        return future


def die_or_assess(part: Part, recipe: Recipe) -> Result:
    if part.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return assess(part, recipe)


def test_a_part_that_kills_its_worker_is_named_and_the_others_are_finished() -> None:
    options = Options(part_rows=2)
    rows = [Row(f"r{i}", HONEST.format(i, i), {}) for i in range(8)]
    results: dict[int, Result] = {}
    pool = Deadly(2)
    try:
        with pytest.raises(InputError, match=r"r4 to r5 \(part 2\) ended their worker 3 times"):
            run(cut(rows, options), Recipe(options, engine_here()), pool, lambda r: results.update({r.number: r}))
    finally:
        pool.close(kill=True)
    assert 2 not in results
    assert {0, 1} <= results.keys()


def test_a_worker_with_another_model_is_refused() -> None:
    options = Options()
    part = next(cut([Row(1, HONEST, {})], options))
    here = engine_here()
    with pytest.raises(InputError, match="install the same on all"):
        assess(part, Recipe(options, type(here)(here.version, "0" * 64)))


# --- stopping and going on ---------------------------------------------------------------------------------------------


@pytest.fixture
def stopped(source: Path, tmp_path: Path) -> Path:
    """A scan killed after some parts: its output's name, which is not there yet."""
    out = tmp_path / "out.jsonl"
    process = start(*command(source, out, jobs=1))
    wait_until(lambda: parts_done(out) >= 3, process)
    process.kill()
    process.communicate()
    assert parts_done(out) >= 3
    return out


def test_a_stopped_scan_is_not_overlooked(source: Path, stopped: Path, undisturbed: bytes) -> None:
    with pytest.raises(InputError, match="continue it with --resume, or start anew with --overwrite"):
        scan(source, stopped, keep=True, part_rows=PART)
    with pytest.raises(InputError, match=r"other options \(keep\): give the same"):
        scan(source, stopped, part_rows=PART, resume=True)
    with pytest.raises(InputError, match="other options"):
        scan(source, stopped, keep=True, part_rows=PART + 1, resume=True)
    assert parts_done(stopped) >= 3
    summary = scan(source, stopped, keep=True, part_rows=PART, resume=True, jobs=1)
    assert PART * 3 <= summary.resumed < ROWS
    assert stopped.read_bytes() == undisturbed


def test_another_input_is_not_mixed_in(source: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(source.read_bytes())
    out = tmp_path / "out.jsonl"
    process = start(*command(copy, out, jobs=1))
    wait_until(lambda: parts_done(out) >= 2, process)
    process.kill()
    process.communicate()
    entry = copy.stat()
    changed = copy.read_bytes().replace(b"Klaten", b"Madiun", 1)
    copy.write_bytes(changed)
    with pytest.raises(InputError, match=r"The input \(copy.jsonl\) is not the one of the stopped scan"):
        scan(copy, out, keep=True, part_rows=PART, resume=True)
    os.utime(copy, ns=(entry.st_atime_ns, entry.st_mtime_ns))  # same size, same time: the rows themselves tell
    with pytest.raises(InputError, match="not those of the stopped scan"):
        scan(copy, out, keep=True, part_rows=PART, resume=True)


def test_a_damaged_part_is_made_again(source: Path, stopped: Path, undisturbed: bytes) -> None:
    records = folder_of(stopped) / "part-000001.jsonl"
    records.write_bytes(records.read_bytes()[:-40])
    (folder_of(stopped) / "part-000002.json").write_text("{")
    scan(source, stopped, keep=True, part_rows=PART, resume=True, jobs=1)
    assert stopped.read_bytes() == undisturbed


def test_an_output_is_replaced_only_when_asked(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("mine\n")
    for resume in (False, True):
        with pytest.raises(InputError, match="add --overwrite to replace it"):
            scan(source, out, resume=resume)
    assert out.read_text() == "mine\n"
    scan(source, out, overwrite=True, jobs=1)
    assert len(out.read_bytes().splitlines()) == ROWS


def test_two_scans_do_not_share_a_state(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    first = start(*command(source, out, jobs=1))
    wait_until(lambda: parts_done(out) >= 1, first)
    for more in ({"resume": True}, {"overwrite": True}):
        with pytest.raises(InputError, match="Another scan is writing"):
            scan(source, out, keep=True, part_rows=PART, **more)  # type: ignore[arg-type]
    _, errors = first.communicate(timeout=120)
    assert first.returncode == 0, errors


def test_ctrl_c_says_how_to_go_on(source: Path, tmp_path: Path, undisturbed: bytes) -> None:
    out = tmp_path / "out.jsonl"
    process = start(*command(source, out))
    wait_until(lambda: parts_done(out) >= 2, process)
    workers = workers_of(process)
    for target in (process, *workers):  # as a terminal does: to the whole group
        target.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert errors.splitlines()[-1].startswith("Stopped: ")
    assert "rows are kept in out.jsonl.scan; run the same command with --resume" in errors
    assert not out.exists()
    scan(source, out, keep=True, part_rows=PART, resume=True, jobs=1)
    assert out.read_bytes() == undisturbed


# --- the disk ----------------------------------------------------------------------------------------------------------


def test_a_closed_folder_is_one_sentence(source: Path) -> None:
    if not Path("/sys/kernel").is_dir():
        pytest.skip("no folder here that is closed to everyone")
    with pytest.raises(InputError, match=r"Cannot write to /sys/kernel .*; choose another --out"):
        scan(source, "/sys/kernel/out.jsonl")
    with pytest.raises(InputError, match="There is no folder"):
        scan(source, source.parent / "none" / "out.jsonl")


@pytest.mark.parametrize("limit", [4_000, 60_000], ids=["a part", "the output"])
def test_a_full_disk_keeps_the_finished_parts(source: Path, undisturbed: bytes, tmp_path: Path, limit: int) -> None:
    out = tmp_path / "out.jsonl"

    def no_larger_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        command(source, out, jobs=1), capture_output=True, text=True, preexec_fn=no_larger_files, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("There is no room left in ")
    assert "--resume" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
    scan(source, out, keep=True, part_rows=PART, resume=True, jobs=1)
    assert out.read_bytes() == undisturbed


# --- rows that are left out, inputs that break off ---------------------------------------------------------------------


def test_rows_left_out_are_listed_once_also_after_a_stop(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    good = json.dumps({"text": HONEST.format(1, 2)}) + "\n"
    source.write_text("".join(f"bad {i} {'x' * 5000}\n" + good * 5 for i in range(30)), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    process = start(*command(source, out, jobs=1))
    wait_until(lambda: parts_done(out) >= 2, process)
    process.kill()
    process.communicate()
    summary = scan(source, out, keep=True, part_rows=PART, resume=True, jobs=1)
    assert summary.resumed
    assert summary.rejects == tmp_path / "out.rejects.jsonl"
    listed = [json.loads(line) for line in summary.rejects.read_text(encoding="utf-8").splitlines()]
    assert len(listed) == 30
    assert set(listed[0]) == {"reason", "where", "raw"}
    assert listed[0]["raw"].startswith("bad 0 xxx")
    assert max(len(entry["raw"]) for entry in listed) <= 2000
    assert summary.rows == len(out.read_bytes().splitlines()) == 150
    source.write_text(good, encoding="utf-8")
    assert scan(source, out, overwrite=True, jobs=1).rejects is None
    assert not (tmp_path / "out.rejects.jsonl").exists(), "the list of an earlier scan"


def test_an_input_that_breaks_off_keeps_what_was_read(source: Path, undisturbed: bytes, tmp_path: Path) -> None:
    cut_off = tmp_path / "in.jsonl.gz"
    packed = gzip.compress(source.read_bytes())
    cut_off.write_bytes(packed[: len(packed) // 2])
    out = tmp_path / "out.jsonl"
    done = subprocess.run(command(cut_off, out, jobs=1), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "write them out with --resume --partial" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
    assert parts_done(out)
    summary = scan(cut_off, out, keep=True, part_rows=PART, resume=True, partial=True, jobs=1)
    assert 0 < summary.rows < ROWS
    assert summary.resumed == summary.rows
    assert summary.broken
    assert undisturbed.startswith(out.read_bytes())
