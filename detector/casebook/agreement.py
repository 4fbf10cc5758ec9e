"""How far two reviewers agree: share of equal decisions, and Cohen's kappa, which takes off what chance would give."""

from __future__ import annotations

import sqlite3
from collections import Counter
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
    table: dict[tuple[Verdict, Verdict], int] = field(default_factory=dict)


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
    from sklearn.metrics import cohen_kappa_score  # takes a second to import

    first, second = ([pair[side] for pair in values] for side in (0, 1))
    equal = sum(a is b for a, b in values) / len(values)
    # Chance alone explains everything where only one verdict was given; then kappa has no value.
    kappa = float(cohen_kappa_score(first, second)) if len({*first, *second}) > 1 else 1.0
    return Pair(one, other, len(values), equal, kappa, dict(sorted(Counter(values).items())))


def _at(said: list[tuple[str, Verdict]], moment: str) -> Verdict:
    """The last of `said` that was said by `moment`."""
    return [verdict for decided_at, verdict in said if decided_at <= moment][-1]
