"""How far two reviewers agree: share of equal decisions, Cohen's kappa, Krippendorff's alpha."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from detector.casebook.records import Verdict


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reviewers on the `cases` that both decided by looking at them.

    What counts is what each said when both had decided for the first time: before that neither saw the other's
    decision, after it one may have followed the other. `table` counts (verdict of first, verdict of second); the
    measures are None without a case.
    """

    first: str
    second: str
    cases: int
    equal: float | None = None
    kappa: float | None = None
    alpha: float | None = None
    table: dict[tuple[Verdict, Verdict], int] = field(default_factory=dict)


def agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> dict[str, float]:
    """Share of equal values, Cohen's kappa and Krippendorff's alpha of two annotators' values in the same order."""
    from nltk.metrics.agreement import AnnotationTask

    items = [("first", str(i), value) for i, value in enumerate(first)]
    items += [("second", str(i), value) for i, value in enumerate(second)]
    task = AnnotationTask(items)
    same = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    # Both measures divide by the expected disagreement, which is nought when only one value was used.
    one_value = len({*first, *second}) == 1
    kappa, alpha = (1.0, 1.0) if one_value else (task.kappa(), task.alpha())
    return {"alpha": _short(alpha), "equal": _short(same), "kappa": _short(kappa)}


def pairs(connection: sqlite3.Connection) -> list[Pair]:
    """Every two reviewers, by name."""
    said: dict[str, dict[int, list[tuple[str, Verdict]]]] = {}
    rows = connection.execute(
        "SELECT reviewer, number, decided_at, verdict FROM decisions WHERE campaign IS NULL ORDER BY decided_at, uuid"
    )
    for reviewer, number, decided_at, verdict in rows:
        said.setdefault(reviewer, {}).setdefault(number, []).append((decided_at, Verdict(verdict)))
    return [_pair(one, other, said[one], said[other]) for one, other in combinations(sorted(said), 2)]


def _pair(
    one: str,
    other: str,
    mine: dict[int, list[tuple[str, Verdict]]],
    theirs: dict[int, list[tuple[str, Verdict]]],
) -> Pair:
    values = []
    for number in sorted(mine.keys() & theirs.keys()):
        both = max(mine[number][0][0], theirs[number][0][0])
        values.append((_at(mine[number], both), _at(theirs[number], both)))
    if not values:
        return Pair(one, other, 0)
    measures = agreement([a for a, _ in values], [b for _, b in values])
    return Pair(one, other, len(values), table=dict(sorted(Counter(values).items())), **measures)


def _at(said: list[tuple[str, Verdict]], moment: str) -> Verdict:
    """The last of `said` that was said by `moment`."""
    return [verdict for decided_at, verdict in said if decided_at <= moment][-1]


def _short(value: float) -> float:
    return round(float(value), 4)
