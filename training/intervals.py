"""Bootstrap intervals for the figures of the evaluation, and ranking figures that take a weight for each row.

A draw is a weight for each row: how often its unit (a text, a group of near-duplicates, a writer) was drawn. Every
figure here is a function of such weights, so a draw costs a few sums, and a thousand of them a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Statistic = Callable[[np.ndarray], float]  # weights, shape (n,) -> figure; NaN where a draw does not allow it
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How often to draw, and from which seed; the same seed gives the same interval."""

    draws: int = 1000
    seed: int = 7

    def weights(self, units: np.ndarray) -> Iterator[np.ndarray]:
        """One array of shape (n,) a draw: how often the unit of each row was drawn.

        `units`, shape (n,): the unit that each row belongs to; rows of one unit are drawn together.
        """
        _, unit = np.unique(units, return_inverse=True)
        count = int(unit.max()) + 1
        random = np.random.default_rng(self.seed)
        for _ in range(self.draws):
            yield np.bincount(random.integers(0, count, count), minlength=count)[unit]

    def number(
        self, statistic: Statistic, units: np.ndarray | Sequence[int], counted: int | None = None
    ) -> dict[str, Any]:
        """`value` with the ends of its percentile interval, `low` and `high`.

        `n` is the number of rows (or `counted`), `units` how many independent units they are: with one unit there is
        nothing to draw from, and no interval is given.
        """
        units = np.asarray(units)
        count = len(np.unique(units))
        value = statistic(np.ones(len(units), dtype=int))
        out: dict[str, Any] = {"value": _rounded(value), "low": None, "high": None}
        if count > 1:
            drawn = np.array([statistic(w) for w in self.weights(units)])
            drawn = drawn[~np.isnan(drawn)]
            if len(drawn):
                edge = (1 - LEVEL) / 2
                out["low"], out["high"] = (_rounded(float(q)) for q in np.quantile(drawn, [edge, 1 - edge]))
        return out | {"n": len(units) if counted is None else counted, "units": count}

    def share(self, hit: np.ndarray, units: np.ndarray) -> dict[str, Any]:
        """Interval of the share of true values in `hit`, shape (n,)."""
        number = self.number(share(hit), units)
        return _exact(number, number["units"])

    def part(self, part: np.ndarray, rest: np.ndarray, units: np.ndarray) -> dict[str, Any]:
        """Interval of part / (part + rest), counts a text of shape (n,): precision and recall over all texts."""
        counted = int(part.sum() + rest.sum())
        return _exact(self.number(ratio(part, rest), units, counted), counted)


def _exact(number: dict[str, Any], trials: int) -> dict[str, Any]:
    """`number` with the exact (Clopper-Pearson) interval where all `trials` agree: there, every draw gives the same."""
    unlikely = ((1 - LEVEL) / 2) ** (1 / max(1, trials))  # share at which as many agreeing trials would be a surprise
    if number["value"] == 0.0:
        return number | {"low": 0.0, "high": _rounded(1 - unlikely)}
    if number["value"] == 1.0:
        return number | {"low": _rounded(unlikely), "high": 1.0}
    return number


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)


def share(hit: np.ndarray) -> Statistic:
    """Weighted share of true values."""
    values = np.asarray(hit, dtype=float)
    return lambda w: float(w @ values / w.sum()) if w.sum() else float("nan")


def micro_f1(tp: np.ndarray, fp: np.ndarray, fn: np.ndarray) -> Statistic:
    """F1 over all (text, indicator) pairs; `tp`, `fp`, `fn`: counts a text, shape (n,)."""
    return lambda w: float(2 * (w @ tp) / max(1, 2 * (w @ tp) + w @ fp + w @ fn))


def ratio(part: np.ndarray, rest: np.ndarray) -> Statistic:
    """part / (part + rest) over all texts: precision and recall from counts a text; NaN where nothing is counted."""

    def figure(w: np.ndarray) -> float:
        total = w @ part + w @ rest
        return float(w @ part / total) if total else float("nan")

    return figure


def auc(positive: np.ndarray, score: np.ndarray) -> Statistic:
    """Area under the ROC curve: P(a lure scores above a text that is none), ties count half."""
    _, rank = np.unique(score, return_inverse=True)
    yes = np.asarray(positive, dtype=bool)

    def figure(w: np.ndarray) -> float:
        lures = np.bincount(rank, weights=w * yes)
        others = np.bincount(rank, weights=w * ~yes)
        pairs = lures.sum() * others.sum()
        below = np.cumsum(others) - others / 2
        return float(lures @ below / pairs) if pairs else float("nan")

    return figure


def average_precision(positive: np.ndarray, score: np.ndarray) -> Statistic:
    """Average precision as scikit-learn defines it: precision at each score, weighted by the recall it adds."""
    _, rank = np.unique(-np.asarray(score, dtype=float), return_inverse=True)
    yes = np.asarray(positive, dtype=bool)

    def figure(w: np.ndarray) -> float:
        found = np.bincount(rank, weights=w * yes)
        taken = np.cumsum(np.bincount(rank, weights=w))
        if not found.sum():
            return float("nan")
        precision = np.cumsum(found) / np.maximum(taken, 1e-12)
        return float(found @ precision / found.sum())

    return figure


def calibration_error(positive: np.ndarray, score: np.ndarray, bins: int = 10) -> Statistic:
    """Mean gap between probability and share of lures over `bins` equally filled bins."""
    order = np.argsort(score, kind="stable")
    yes, probability = np.asarray(positive, dtype=float)[order], np.asarray(score, dtype=float)[order]

    def figure(w: np.ndarray) -> float:
        index = np.repeat(np.arange(len(order)), w[order])
        parts = [b for b in np.array_split(index, bins) if len(b)]
        gap = sum(len(b) * abs(yes[b].mean() - probability[b].mean()) for b in parts)
        return float(gap / len(index)) if len(index) else float("nan")

    return figure


def recall_at(positive: np.ndarray, honest: np.ndarray, score: np.ndarray, allowed: float = 0.05) -> Statistic:
    """Share of lures whose score lies above the threshold that at most `allowed` of `honest` texts pass.

    `positive`, `honest`: boolean, shape (n,).
    """
    values = np.asarray(score, dtype=float)
    down = np.argsort(-values[honest], kind="stable")

    def figure(w: np.ndarray) -> float:
        order, mine = values[honest][down], w[honest][down]
        passed = np.cumsum(mine)
        if not passed.size or not passed[-1] or not w[positive].sum():
            return float("nan")
        # The highest honest score that must stay below: a lure has to score above it.
        first = int(np.searchsorted(passed, allowed * passed[-1] + 1e-9, side="right"))
        limit = order[min(first, len(order) - 1)]
        return float(w[positive] @ (values[positive] > limit) / w[positive].sum())

    return figure


def difference(first: Statistic, second: Statistic) -> Statistic:
    """How much `first` exceeds `second` on the same draw: a paired comparison."""
    return lambda w: first(w) - second(w)
