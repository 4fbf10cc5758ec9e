"""From finished parts to the output and the lists beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from detector.scan.grouping import campaigns_of, publish
from detector.scan.merge import Rejects, kept_rows, merge
from detector.scan.parts import Recipe
from detector.scan.report import Audit, write_report
from detector.scan.rows import InputError, Report
from detector.scan.state import Finished, State
from detector.scan.writers import Target


@dataclass(frozen=True, slots=True)
class Summary:
    """What a scan did.

    `rows` were assessed and `written` of them are in the output; `counts` says how many of each level (adverts) or
    kind (everything else); `rejects` lists the rows left out, None when there are none; `campaigns` lists the
    campaigns, None when nothing was grouped; `audit` is the report, None when none was asked for; `resumed` rows were
    finished before; `broken` says where the input broke off, None when it was read to its end.
    """

    rows: int
    written: int
    counts: Counter[str]
    report: Report
    out: Path
    rejects: Path | None = None
    campaigns: Path | None = None
    audit: Path | None = None
    resumed: int = 0
    broken: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A scan whose parts are all finished: where it stands, how its records are made, what was met on the way."""

    state: State
    target: Target
    recipe: Recipe
    only: Sequence[str]
    report: Report
    problem: InputError | None
    rejects: Rejects
    resumed: int
    jobs: int
    audit: Audit | None = None


def finish(work: Work, numbers: Sequence[int], partial: bool) -> Summary:
    """Group, merge, report and publish the parts with these numbers.

    Parameters
    ----------
    work
        The scan.
    numbers
        Its parts, in input order.
    partial
        Whether to write what was read of an input that broke off.

    Raises
    ------
    InputError
        When the input broke off and that was not asked for, or the output cannot be written.
    """
    state, out = work.state, work.target.path
    parts = [state.parts[number] for number in numbers]
    if work.problem is not None and not (partial and parts):
        raise _broken(work.problem, parts)
    for failure in (failure for part in parts for failure in part.failed):
        work.rejects(*failure)
        work.report.rejected[failure[0]] += 1
    work.rejects.close()
    options = work.recipe.options
    assigned = None
    audit = work.audit
    if options.campaigns:
        redactor = None
        if work.recipe.redact_key is not None:
            from detector.scan.redact import Redactor

            redactor = Redactor(work.recipe.redact_key)
        assigned = campaigns_of(state, parts, work.jobs, redactor, with_network=audit is not None)
    if work.target.writer is not None:
        merge(state, parts, work.target, work.only, assigned)
    broken = str(work.problem) if work.problem else None
    if audit is not None:
        records = out if work.target.writer is not None else None
        state.stage("merging")
        write_report(audit, state, parts, assigned or {}, work.recipe, work.report, broken, records)
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.counts)
    summary = Summary(
        rows=sum(part.rows for part in parts),
        written=kept_rows(parts, work.only),
        counts=counts,
        report=work.report,
        out=out,
        rejects=work.rejects.publish(out),
        campaigns=publish(state, out, options.campaigns),
        audit=audit.path if audit else None,
        resumed=work.resumed,
        broken=broken,
    )
    state.stage("done", summary=_to_json(summary))
    return summary


def done_before(state: State, target: Target) -> Summary:
    """The summary of a scan that was stopped when all but the removal of its state was done."""
    kept = state.head["summary"]
    paths = {name: Path(kept[name]) if kept[name] else None for name in ("rejects", "campaigns", "audit")}
    return Summary(
        rows=kept["rows"],
        written=kept["written"],
        counts=Counter(kept["counts"]),
        report=Report(),
        out=target.path,
        rejects=paths["rejects"],
        campaigns=paths["campaigns"],
        audit=paths["audit"],
        resumed=kept["rows"],
        broken=kept["broken"],
    )


def _to_json(summary: Summary) -> dict[str, object]:
    paths = {"rejects": summary.rejects, "campaigns": summary.campaigns, "audit": summary.audit}
    return {
        "rows": summary.rows,
        "written": summary.written,
        "counts": dict(summary.counts),
        "broken": summary.broken,
        **{name: str(path) if path else None for name, path in paths.items()},
    }


def _broken(problem: InputError, parts: Sequence[Finished]) -> InputError:
    if not parts:
        return problem
    return InputError(
        f"{problem} The {sum(p.rows for p in parts):,} rows that were read are kept: write them out with "
        "--resume --partial, or mend the file and start anew with --overwrite."
    )
