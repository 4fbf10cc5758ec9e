"""Trains the finder of likely indicators on the spans that annotators marked, and sets its limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from detector.assessment import Strength
from detector.indicators.compiled import shipped
from detector.model.classifier import Prediction
from detector.model.features import blocks, tokens
from detector.model.finder import TOKENS, surroundings, windows
from training import linear
from training.dataset import Dataset

_OVERLAP = 0.6  # share of a mark (or of the stretch, if shorter) that a stretch must hold to count as showing it
_LOWEST = 0.1  # what is kept while the limits are not yet chosen
_TRIED = np.arange(0.1, 0.85, 0.025)


def train(data: Dataset, config: dict[str, Any]) -> dict[str, Any]:
    """Parts of a :class:`detector.model.finder.Finder` that keeps whatever is 0.1 or more likely.

    Only lures are shown to it: annotators mark signs in lures alone, and it is asked about nothing else.
    """
    features, named, targets = [], [], []
    for example, prepared in zip(data.examples, data.prepared, strict=True):
        if not example.marks:
            continue
        found = tokens(prepared.text)[:TOKENS]
        names = [token for token, _, _ in found]
        around = surroundings(prepared)
        for first, last in windows(found):
            start = prepared.text.starts[found[first][1]]
            end = prepared.text.ends[found[last - 1][2] - 1]
            features.append(blocks(names[first:last]))
            named.append(around)
            targets.append({name for name, a, b in example.marks if _shows(start, end, a, b)})
    indicators = shipped().indicators
    present = [name for name in indicators if any(name in row for row in targets)]
    marked = {name: np.array([name in row for row in targets]) for name in present}
    return {
        "linear": linear.fit(features, named, marked, {**config["finder"], "seed": config["seed"]}),
        "limits": dict.fromkeys(present, _LOWEST),
        "strengths": {
            # Wording that resembles a sign is not the sign itself: no more than medium.
            name: (Strength.WEAK if indicators[name].strength is Strength.WEAK else Strength.MEDIUM).value
            for name in present
        },
    }


def _shows(start: int, end: int, first: int, last: int) -> bool:
    shared = min(end, last) - max(start, first)
    return shared > 0 and shared >= _OVERLAP * min(last - first, end - start)


def choose_limits(data: Dataset, predictions: Sequence[Prediction], names: Sequence[str]) -> dict[str, float]:
    """For each indicator the limit with the best F1 of rules and finder together on out-of-fold lures."""
    rows = [
        ({m[0] for m in e.marks}, {s.indicator for s in item.signals}, {s.indicator: s.confidence for s in p.likely})
        for e, item, p in zip(data.examples, data.prepared, predictions, strict=True)
        if e.marks
    ]
    limits = {}
    for name in names:
        truth = np.array([name in marked for marked, _, _ in rows])
        ruled = np.array([name in ruled for _, ruled, _ in rows])
        chance = np.array([likely.get(name) or 0.0 for _, _, likely in rows])

        def f1(
            limit: float, truth: np.ndarray = truth, ruled: np.ndarray = ruled, chance: np.ndarray = chance
        ) -> float:
            said = ruled | (chance >= limit)
            return float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))

        limits[name] = round(float(max(_TRIED, key=f1)), 3)
    return limits


def within(prediction: Prediction, limits: dict[str, float]) -> Prediction:
    """`prediction` with only those likely signs that reach their limit."""
    kept = tuple(s for s in prediction.likely if (s.confidence or 0.0) >= limits[s.indicator])
    return replace(prediction, likely=kept)
