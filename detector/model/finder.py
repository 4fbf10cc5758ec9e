"""Finds indicators in wording that no rule knows: a linear model over short stretches of the text.

Rules say a sign in the words they list; recruiters find others. The finder was trained on the spans that annotators
marked, looks at every stretch of ten tokens, and is only asked about texts that the classifier takes for a possible
lure. What it finds is shown as likely and never weighs more than medium.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from detector.assessment import Signal, Strength
from detector.model.features import Prepared, Token
from detector.model.linear import LinearModel, Weighed, probabilities

WINDOW, STEP = 10, 4  # tokens
TOKENS = 400  # looked at, of the beginning of the text


def windows(found: Sequence[Token]) -> list[tuple[int, int]]:
    """(first, last + 1) of the stretches of tokens that are looked at."""
    return (
        [(i, min(len(found), i + WINDOW)) for i in range(0, max(1, len(found) - WINDOW + STEP), STEP)] if found else []
    )


def surroundings(prepared: Prepared) -> dict[str, float]:
    """What the whole text says that bears on a stretch: the contexts that hold."""
    return {f"context={name}": 1.0 for name in prepared.contexts}


class Finder:
    """`parts`: `linear` (its names are indicator ids), `limits` (id -> least probability shown) and `strengths`
    (id -> strength of what is found)."""

    def __init__(self, parts: dict[str, Any]) -> None:
        self._linear = LinearModel(parts["linear"])
        self._limits = np.array([parts["limits"][name] for name in self._linear.names])
        self._strengths = [Strength(parts["strengths"][name]) for name in self._linear.names]

    def find(self, prepared: Prepared, found: Sequence[Token]) -> list[Signal]:
        """The best place of each indicator that reaches its limit and that no rule has found, in text order.

        `found`: the tokens of the text.
        """
        found = found[:TOKENS]
        places = windows(found)
        if not places:
            return []
        names = [token for token, _, _ in found]
        scores, columns, values = self._linear.scores_of_stretches(
            self._linear.columns(names), places, surroundings(prepared)
        )
        chances = probabilities(scores)
        best = chances.argmax(axis=0)
        known = {signal.indicator for signal in prepared.signals}
        out = []
        for k, indicator in enumerate(self._linear.names):
            chance = float(chances[best[k], k])
            if chance < self._limits[k] or indicator in known:
                continue
            first, last = places[best[k]]
            row = values[best[k]]
            used = Weighed(columns[row > 0], row[row > 0])
            here = self._linear.columns(names[first:last])
            start, end = heaviest(self._linear.shares(here, used, self._linear.coefficients[:, k]).tolist())
            span = prepared.text.span(found[first + start][1], found[first + end - 1][2])
            signal = Signal(span.start, span.end, span.evidence, indicator, self._strengths[k], round(chance, 3))
            out.append(signal)
        return sorted(out, key=lambda s: (s.start, s.end, s.indicator))


def heaviest(shares: Sequence[float]) -> tuple[int, int]:
    """(first, last + 1) of the stretch whose shares, each less a quarter of the largest, sum highest; never empty."""
    price = max(shares) / 4 if max(shares) > 0 else 0.0
    best, place = -np.inf, (0, 1)
    total, start = 0.0, 0
    for i, share in enumerate(shares):
        if total <= 0:
            total, start = 0.0, i
        total += share - price
        if total > best:
            best, place = total, (start, i + 1)
    return place
