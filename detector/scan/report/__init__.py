"""The audit report of a scan: one HTML file, in Indonesian or English, to be read on a screen or on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from detector.scan.rows import InputError, Report

if TYPE_CHECKING:
    from detector.scan.parts import Recipe
    from detector.scan.state import Finished, State

__all__ = ["ENDINGS", "Audit", "audit_of", "write_report"]

ENDINGS = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Audit:
    """A report that is asked for: where, in which language, whether phone numbers are shown in full; `files` are the
    inputs (path, bytes, time), `options` those of the scan as on a command line."""

    path: Path
    lang: Literal["id", "en"]
    contacts: bool
    files: Sequence[Sequence[Any]]
    options: str = ""


def audit_of(
    path: str | Path,
    out: Path,
    lang: Literal["id", "en"],
    contacts: bool,
    files: Sequence[Sequence[Any]],
    options: str = "",
    replace: bool = False,
) -> Audit:
    """A report to `path`, checked before the scan begins.

    Parameters
    ----------
    path, lang, contacts, files, options
        As in :class:`Audit`.
    out
        The output of the scan; may be the report itself.
    replace
        Whether a report that is there may be replaced.

    Raises
    ------
    InputError
        When it cannot be written there.
    """
    place = Path(path)
    if place.suffix.lower() not in ENDINGS:
        raise InputError(f"A report is a web page: name it {place.stem or 'report'}.html instead of {place.name}.")
    if lang not in ("id", "en"):
        raise InputError(f"A report is written in id or en, not {lang!r}.")
    if not place.parent.is_dir():
        raise InputError(f"There is no folder {place.parent}; make it, or choose another --report.")
    real = place.resolve()
    if any(Path(entry[0]).resolve() == real for entry in files):
        raise InputError(f"--report names the input itself ({place.name}); choose another file.")
    if place.is_dir():
        raise InputError(f"{place.name} is a folder; choose another --report.")
    if real != out.resolve() and place.exists() and not replace:
        raise InputError(f"{place.name} exists already; name another --report, or add --overwrite to replace it.")
    return Audit(place, lang, contacts, files, options)


def write_report(
    audit: Audit,
    state: State,
    parts: Sequence[Finished],
    assigned: Mapping[int, str],
    recipe: Recipe,
    report: Report,
    broken: str | None = None,
    out: Path | None = None,
) -> None:
    """Write the report of a finished scan; it appears under its name when it is whole.

    Parameters
    ----------
    audit
        What is asked for.
    state, parts
        The finished parts in input order, grouped with ``with_network``.
    assigned
        Campaign id by number of the record in the run, from 0.
    recipe
        How the records were made.
    report
        What the readers noticed.
    broken
        Where the input broke off.
    out
        The records, when there are any.

    Raises
    ------
    InputError
        When the disk is full or closed.
    """
    from detector.scan.grouping import campaigns_path
    from detector.scan.parts import detector
    from detector.scan.report.hide import masked, plainly, pseudonyms
    from detector.scan.report.inputs import hashed, sha256_of
    from detector.scan.report.material import About, gather
    from detector.scan.report.page import render
    from detector.scan.report.view import View
    from detector.scan.state import disk, write_whole

    about = About(
        inputs=hashed(audit.files),
        report=report,
        options=audit.options,
        version=recipe.engine.version,
        model=recipe.engine.model,
        sidecar=detector().sidecar,
        made=datetime.now().astimezone().isoformat(timespec="minutes"),
        output=(out.name, sha256_of(out)) if out else None,
        broken=broken,
    )
    material = gather(state, parts, assigned, about)
    if recipe.redact_key is not None:
        from detector.scan.redact import Redactor

        shown, view = "redacted", View(audit.lang, plainly, pseudonyms(Redactor(recipe.redact_key)))
    elif audit.contacts:
        shown, view = "open", View(audit.lang, plainly)
    else:
        shown, view = "masked", View(audit.lang, masked)
    page = render(material, view, shown, campaigns_path(out or audit.path).name)
    with disk(audit.path.parent):
        write_whole(audit.path, page.encode("utf-8"))
