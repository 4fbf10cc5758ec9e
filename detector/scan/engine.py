"""Scans files: rows in, one record a row out, in input order, exactly once, however often the scan is stopped.

The driver reads the rows and cuts them into parts, workers assess the parts, the driver keeps each finished part in the
state folder ``OUT.scan`` and merges them at the end. The output depends on the input and the options alone: not on the
number of workers, where they run, or what was interrupted. Memory is bounded by the parts in flight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any, Literal

from detector.scan.finish import Summary, Work, done_before, finish
from detector.scan.merge import Rejects
from detector.scan.options import LEVELS, Options
from detector.scan.parts import Part, Recipe, Result, cut, engine_here
from detector.scan.report import audit_of
from detector.scan.rows import InputError, Report, Row
from detector.scan.source import inventory, open_rows
from detector.scan.state import State, open_state
from detector.scan.workers import Cluster, Cores, InProcess, Pool, run
from detector.scan.writers import Target, target

Progress = Callable[[int], None]
"""Called with the number of rows done."""
ENGINES = ("local", "dask")


@dataclass(slots=True)
class _Reading:
    """The rows of the input, and what went wrong with it, if anything."""

    report: Report = field(default_factory=Report)
    problem: InputError | None = None

    def rows(self, rows: Iterator[Row]) -> Iterator[Row]:
        """`rows` up to where the input cannot be read any further."""
        try:
            yield from rows
        except InputError as problem:
            self.problem = problem


def scan(
    sources: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    date_column: str | None = None,
    place_column: str | None = None,
    keep: bool = False,
    only: Sequence[str] = (),
    redact: bool = False,
    redact_key: str | Path | None = None,
    campaigns: bool = False,
    jobs: int | None = None,
    engine: str = "local",
    scheduler: str | None = None,
    part_rows: int = Options().part_rows,
    resume: bool = False,
    overwrite: bool = False,
    partial: bool = False,
    report: str | Path | None = None,
    lang: Literal["id", "en"] = "id",
    contacts: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Assess every row of `sources` into `out`.

    Parameters
    ----------
    sources
        A file, a folder or a pattern, or several of them.
    out
        Ends in ``.jsonl``, ``.csv``, ``.xlsx`` or ``.parquet``; with a closing slash it is a folder of Parquet files.
        One that ends in ``.html`` is the audit report alone.
    text_column, id_column, date_column, place_column
        Columns of the input; None lets the reader choose. Several columns of text are joined with ``+``.
    keep
        Carry the input's own columns under ``source``.
    only
        Levels to write (``high``, ``check``, ``low``); empty for all.
    redact, redact_key
        Replace contacts by pseudonyms made with the key in this file, or with a random one for this scan.
    campaigns
        Group reposts and fill ``campaign``.
    jobs
        Processes on this machine; None for one a core.
    engine, scheduler
        ``local``, or ``dask`` with the address of its scheduler.
    part_rows
        Rows of a part: what is lost at most when a worker dies.
    resume
        Continue a stopped scan of the same input into the same output; begins one when there is none.
    overwrite
        Replace an output or a stopped scan that is there.
    partial
        When the input breaks off, write what was read before.
    report, lang, contacts
        Also write the audit report to this ``.html`` file, in Indonesian or English; groups campaigns too. Phone
        numbers lack their last digits there unless `contacts` is given.
    progress
        Called with the number of rows done.

    Raises
    ------
    InputError
        When input, output or options cannot be used; finished parts are kept.
    ModelError
        When the model cannot be used.
    """
    paths = [sources] if isinstance(sources, str | Path) else list(sources)
    _check(only, jobs, engine, scheduler, part_rows)
    place = target(out)
    options = Options(
        text_column=text_column,
        id_column=id_column,
        date_column=date_column,
        place_column=place_column,
        keep=keep,
        redact=redact,
        campaigns=campaigns or report is not None or place.writer is None,
        part_rows=part_rows,
    )
    files = inventory(paths)
    _not_the_input(place.path, paths, files)
    if place.writer is None:
        if report is not None or only:
            more = "--report" if report is not None else "--only"
            raise InputError(f"{place.path.name} is a report already, without records: leave out {more}.")
        report = place.path
    given = {**options.to_dict(), "only": ",".join(only), "contacts": contacts, "engine": engine}
    audit = None
    if report is not None:
        audit = audit_of(report, place.path, lang, contacts, files, _as_given(given), overwrite or resume)
    recipe, state = _begin(place, options, files, redact_key, resume, overwrite)
    try:
        if state.head["stage"] == "done":  # stopped between the last rename and the removal of the state
            summary = done_before(state, place)
        else:
            resumed = sum(part.rows for part in state.parts.values())
            reading = _Reading()
            rejects = Rejects(state)
            rows = reading.rows(open_rows(paths, options, reading.report, rejects))
            numbers = _assess(rows, recipe, state, reading, _pool(engine, scheduler, jobs), progress)
            work = Work(state, place, recipe, only, reading.report, reading.problem, rejects, resumed, jobs or 1, audit)
            summary = finish(work, numbers, partial)
    except BaseException:
        # Nothing to continue from: the next scan must not be told to.
        state.close() if state.parts else state.remove()
        raise
    with suppress(OSError):
        state.remove()
    return summary


def _as_given(options: dict[str, Any]) -> str:
    """Options as on a command line, those left at their defaults not among them."""
    usual = {**Options().to_dict(), "engine": "local"}
    out = []
    for name, value in options.items():
        if value and value != usual.get(name):
            out.append(f"--{name.replace('_', '-')}" + ("" if value is True else f" {value}"))
    return " ".join(out)


def _check(only: Sequence[str], jobs: int | None, engine: str, scheduler: str | None, part_rows: int) -> None:
    if unknown := [level for level in only if level not in LEVELS]:
        raise InputError(f"There is no level {unknown[0]!r}; --only takes {', '.join(LEVELS)}, joined by commas.")
    if engine not in ENGINES:
        raise InputError(f"There is no engine {engine!r}; choose one of: {', '.join(ENGINES)}.")
    if (engine == "dask") != (scheduler is not None):
        raise InputError("Dask needs both: --engine dask --scheduler tcp://HOST:PORT")
    if jobs is not None and jobs < 1:
        raise InputError(f"--jobs must be 1 or more, not {jobs}.")
    if part_rows < 1:
        raise InputError(f"A part needs at least 1 row, not {part_rows}.")


def _not_the_input(out: Path, paths: Sequence[str | Path], files: list[list[Any]]) -> None:
    real = out.resolve()
    if any(Path(entry[0]).resolve() == real for entry in files):
        raise InputError(f"--out names the input itself ({out.name}); choose another file, or the input would be lost.")
    for path in map(Path, paths):
        if path.is_dir() and real.is_relative_to(path.resolve()):
            raise InputError(f"--out lies in the folder that is scanned ({path}); choose a place outside it.")


def _begin(
    place: Target, options: Options, files: list[list[Any]], key_file: str | Path | None, resume: bool, overwrite: bool
) -> tuple[Recipe, State]:
    """The recipe of the records, and the state to keep them in."""
    here = engine_here()
    key = None
    secret: str | None = None
    if options.redact:
        from detector.scan.redact import read_key

        key = read_key(key_file)
        secret = "of this scan" if key_file is None else sha256(key).hexdigest()
    fingerprint = {
        "inputs": files,
        "options": {**options.to_dict(), "redact_key": secret},
        "model": here.model,
        "version": here.version,
    }
    state = open_state(place.path, fingerprint, resume, overwrite)
    if key is not None and key_file is None:
        if "key" in state.head:
            key = bytes.fromhex(state.head["key"])
        else:
            state.stage("parts", key=key.hex())
    return Recipe(options, here, key), state


def _pool(engine: str, scheduler: str | None, jobs: int | None) -> Callable[[bool], Pool]:
    """Makes the workers: called with whether there is only one part."""

    def make(single: bool) -> Pool:
        if engine == "dask" and scheduler:
            return Cluster(scheduler)
        from joblib import cpu_count

        number = jobs or cpu_count()
        return InProcess() if single or number == 1 else Cores(number)

    return make


def _assess(
    rows: Iterator[Row],
    recipe: Recipe,
    state: State,
    reading: _Reading,
    pool_of: Callable[[bool], Pool],
    progress: Progress | None,
) -> list[int]:
    """Bring every part into `state`; returns the numbers of the parts in order."""
    numbers: list[int] = []
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(done)

    def missing() -> Iterator[Part]:
        for part in cut(rows, recipe.options):
            numbers.append(part.number)
            before = state.parts.get(part.number)
            if before is None:
                yield part
            elif before.digest != part.digest:
                raise InputError(
                    f"The rows from {part.rows[0].id} on are not those of the stopped scan; "
                    "start anew with --overwrite."
                )
            else:
                advance(before.rows)

    def finished(result: Result) -> None:
        state.save(result)
        advance(result.rows)

    parts = missing()
    first = list(islice(parts, 2))
    if first:
        pool = pool_of(len(first) == 1)
        complete = False
        try:
            run(chain(first, parts), recipe, pool, finished)
            complete = True
        finally:
            pool.close(kill=not complete)
    return numbers
