"""The state of a scan on disk: what it is a scan of, and its finished parts, so that a stopped one can continue.

``OUT.scan/state.json`` holds the fingerprint; ``part-N.jsonl`` the records of a part, ``part-N.parquet`` what grouping
needs of it, ``part-N.json`` what it counted. The last is written last: a part is finished when it is there.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from detector.scan.parts import Result
from detector.scan.rows import InputError

STATE = "state.json"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Finished:
    """What is known of a finished part without reading it."""

    number: int
    digest: str
    rows: int
    counts: dict[str, int]
    levels: dict[str, int]
    columns: tuple[str, ...]
    size: int
    failed: tuple[tuple[str, str, str], ...] = field(default=())


@contextmanager
def disk(place: Path) -> Iterator[None]:
    """Turn a disk that is full or closed to us into one sentence."""
    try:
        yield
    except OSError as problem:
        if problem.errno in _FULL:
            raise InputError(
                f"There is no room left in {place}; free some, then run the same command with --resume "
                "(finished parts are kept)."
            ) from None
        raise InputError(f"Cannot write to {place} ({problem.strerror}); choose another --out.") from None


def sync(handle: IO[Any]) -> None:
    """Bring what was written to the disk itself."""
    handle.flush()
    os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` lasting; not every system has that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there wholly or not at all, whatever happens."""
    partial = path.with_name(path.name + ".part")
    with partial.open("wb") as handle:
        handle.write(content)
        sync(handle)
    partial.replace(path)


class State:
    """The folder of one scan; made or taken up with :func:`open_state`."""

    def __init__(self, folder: Path, head: dict[str, Any], parts: dict[int, Finished]) -> None:
        self.folder = folder
        self.head = head
        self.parts = parts
        self._lock: IO[str] | None = None

    def lock(self) -> None:
        """Hold the folder, so that two scans do not write into it; freed when this process ends, however it ends."""
        try:
            import fcntl
        except ImportError:  # Windows
            return
        self._lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InputError(
                f"Another scan is writing into {self.folder.name}; wait for it, or choose another --out."
            ) from None

    def save(self, result: Result) -> None:
        """Keep a finished part.

        Raises
        ------
        InputError
            When the disk is full or closed.
        """
        with disk(self.folder.parent):
            if result.posts is not None:
                write_whole(self.posts(result.number), result.posts)
            write_whole(self.records(result.number), result.records)
            done = Finished(
                result.number, result.digest, result.rows, result.counts, result.levels, result.columns,
                len(result.records), result.failed,
            )  # fmt: skip
            content = {name: getattr(done, name) for name in Finished.__slots__}
            write_whole(self.folder / f"part-{done.number:06d}.json", json.dumps(content).encode())
            sync_folder(self.folder)
        self.parts[done.number] = done

    def stage(self, name: str, **more: Any) -> None:
        """Note how far the scan is: "parts", then "merging", then "done"."""
        self.head |= {"stage": name, **more}
        with disk(self.folder.parent):
            write_whole(self.folder / STATE, json.dumps(self.head, indent=1).encode())
            sync_folder(self.folder)

    def records(self, number: int) -> Path:
        """JSON lines of part `number`."""
        return self.folder / f"part-{number:06d}.jsonl"

    def posts(self, number: int) -> Path:
        """What grouping needs of part `number`."""
        return self.folder / f"part-{number:06d}.parquet"

    def close(self) -> None:
        """Let go of the folder; what is in it stays."""
        if self._lock:
            self._lock.close()
            self._lock = None

    def remove(self) -> None:
        """Remove the folder; the head goes last, so that an interrupted removal is still known for what it is."""
        self.close()
        for entry in self.folder.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name != STATE:
                entry.unlink(missing_ok=True)
        (self.folder / STATE).unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()


def folder_of(out: Path) -> Path:
    """The state folder that belongs to an output."""
    return out.with_name(out.name + ".scan")


def finished_rows(folder: Path) -> int:
    """How many rows the finished parts in a state folder hold."""
    return sum(part.rows for part in _parts(folder).values())


def open_state(out: Path, fingerprint: dict[str, Any], resume: bool, overwrite: bool) -> State:
    """Make the state of a new scan, or take up that of a stopped one.

    Raises
    ------
    InputError
        When the output or a stopped scan is there and nothing was said about it, when the stopped scan was of
        something else, or when nothing can be written.
    """
    folder = folder_of(out)
    head = _head(folder)
    if head is None and out.exists() and not overwrite:
        done = "is finished already" if resume else "exists already"
        raise InputError(f"{out.name} {done}; name another --out, or add --overwrite to replace it.")
    if head is not None and not resume and not overwrite:
        raise InputError(
            f"A stopped scan of {out.name} is kept in {folder.name}; continue it with --resume, "
            "or start anew with --overwrite."
        )
    if resume and head is not None:
        if head["stage"] == "parts" and out.exists() and not overwrite:
            raise InputError(f"{out.name} exists already; name another --out, or add --overwrite to replace it.")
        if changed := _difference(head["fingerprint"], fingerprint):
            raise InputError(f"{changed}; start anew with --overwrite.")
        state = State(folder, head, _parts(folder))
        state.lock()
        return state
    with disk(out.parent if out.parent.is_dir() else out.parent.parent):
        if not out.parent.is_dir():
            raise InputError(f"There is no folder {out.parent}; make it, or choose another --out.")
        folder.mkdir(mode=0o700, exist_ok=True)
        state = State(folder, {"fingerprint": fingerprint, "stage": "parts"}, {})
        state.lock()
        for stale in folder.glob("part-*"):
            stale.unlink()
    state.stage("parts")
    return state


def _head(folder: Path) -> dict[str, Any] | None:
    try:
        head = json.loads((folder / STATE).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise InputError(f"{folder.name} is not readable as a stopped scan; remove it and start anew.") from None
    if not isinstance(head, dict) or "fingerprint" not in head or "stage" not in head:
        raise InputError(f"{folder.name} is not a stopped scan; remove it and start anew.")
    return head


def _parts(folder: Path) -> dict[int, Finished]:
    """The finished parts; one whose records are not whole counts as not done."""
    parts = {}
    for path in sorted(folder.glob("part-*.json")):
        try:
            content = json.loads(path.read_bytes())
            content["columns"] = tuple(content["columns"])
            content["failed"] = tuple(map(tuple, content["failed"]))
            done = Finished(**content)
            whole = (folder / f"part-{done.number:06d}.jsonl").stat().st_size == done.size
        except (OSError, ValueError, TypeError, KeyError):
            continue
        if whole:
            parts[done.number] = done
    return parts


def _difference(before: dict[str, Any], now: dict[str, Any]) -> str | None:
    """One clause on what differs between two fingerprints, None when nothing does."""
    if before == now:
        return None
    if before.get("inputs") != now["inputs"]:
        kept = {tuple(entry) for entry in before.get("inputs", [])}
        other = [str(entry[0]) for entry in now["inputs"] if tuple(entry) not in kept]
        name = Path(other[0]).name if other else "the list of files"
        return f"The input ({name}) is not the one of the stopped scan"
    if before.get("options") != now["options"]:
        then = before.get("options", {})
        names = [name.replace("_", "-") for name, value in now["options"].items() if then.get(name) != value]
        return f"The stopped scan had other options ({', '.join(names)}): give the same"
    if before.get("model") != now["model"]:
        return "The stopped scan was made with another model"
    return f"The stopped scan was made with version {before.get('version')}, this is {now['version']}"
