"""Finished parts into the output: in order, under a name of its own until all is written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from detector.scan.rows import InputError
from detector.scan.state import Finished, State, disk, sync_folder
from detector.scan.writers import JsonLinesWriter, Target

_MOST_RAW = 2_000  # characters of a row that was left out


def rejects_path(out: Path) -> Path:
    """Where the rows that were left out are listed."""
    return out.with_name(f"{out.stem}.rejects.jsonl")


class Rejects:
    """Collects rows that are left out, in the state folder, until the scan is done."""

    def __init__(self, state: State) -> None:
        self.path = state.folder / "rejects.jsonl"
        self._place = state.folder.parent
        self._handle: IO[bytes] | None = None

    def __call__(self, reason: str, where: str, raw: str) -> None:
        """Note one row: why, where it stands in the input, the beginning of its content."""
        entry = {"reason": reason, "where": where, "raw": raw[:_MOST_RAW]}
        with disk(self._place):
            if self._handle is None:
                self._handle = self.path.open("wb")
            self._handle.write(json.dumps(entry, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")

    def close(self) -> None:
        """Close the file."""
        if self._handle:
            with disk(self._place):
                self._handle.close()

    def publish(self, out: Path) -> Path | None:
        """Move the list beside `out`; None, and nothing there, when no row was left out."""
        self.close()
        place = rejects_path(out)
        if self._handle is None:
            place.unlink(missing_ok=True)
            return None
        self.path.replace(place)
        return place


def kept_rows(parts: Sequence[Finished], only: Sequence[str]) -> int:
    """How many records the output will have."""
    return sum(sum(p.levels.get(level, 0) for level in only) if only else p.rows for p in parts)


def merge(
    state: State,
    parts: Sequence[Finished],
    target: Target,
    only: Sequence[str] = (),
    campaigns: Mapping[int, str] | None = None,
) -> int:
    """Write the records of `parts` into the output; returns how many.

    Parameters
    ----------
    state
        Where the parts lie.
    parts
        In input order.
    target
        The output and its writer.
    only
        Levels to keep; empty for all.
    campaigns
        Campaign id by number of the record in the run, from 0.

    Raises
    ------
    InputError
        When the output cannot hold them, or the disk is full or closed.
    """
    if target.writer is None:
        raise InputError(f"{target.path.name} holds no records.")
    rows = kept_rows(parts, only)
    most = target.writer.most_rows
    if most is not None and rows > most:
        raise InputError(
            f"{rows:,} records do not fit into {target.path.name} (at most {most:,}); continue with "
            "--resume --only high,check, or scan into a .csv or .parquet file."
        )
    columns = tuple(dict.fromkeys(name for part in parts for name in part.columns))
    draft = state.folder / f"draft{target.path.suffix}"
    with disk(target.path.parent):
        _remove(draft)
        writer = target.writer(draft, columns)
        try:
            whole = isinstance(writer, JsonLinesWriter) and not only and campaigns is None
            for line, number in _lines(state, parts):
                if whole and isinstance(writer, JsonLinesWriter):
                    writer.write_line(line)
                    continue
                record: dict[str, Any] = json.loads(line)
                if only and record["level"] not in only:
                    continue
                if campaigns:
                    record["campaign"] = campaigns.get(number)
                writer.write(record)
        except BaseException:
            writer.abandon()
            _remove(draft)
            raise
        writer.close()
        state.stage("merging")
        if target.path.is_dir():
            _remove(target.path)
        draft.replace(target.path)
        sync_folder(target.path.parent)
    return rows


def _lines(state: State, parts: Sequence[Finished]) -> Iterator[tuple[bytes, int]]:
    number = 0
    for part in parts:
        with state.records(part.number).open("rb") as handle:
            for line in handle:
                yield line.rstrip(b"\n"), number
                number += 1


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
