"""What came out for a set of texts, and the figures of it: each figure with its interval.

`flagged` is an advert with level high or check; `high` an advert with level high; `gated` is any kind but advert.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from detector.assessment import Assessment, Kind, Level
from detector.model.classifier import LURES, Prediction
from detector.policy import Thresholds
from detector.rating import rate
from training import corpus, intervals
from training.dataset import Dataset
from training.intervals import Bootstrap

SETTLED = corpus.FOLDER.parent / "annotation" / "settled.jsonl"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Arrays of shape (n,), one value a text; `units` is what is drawn in a bootstrap."""

    label: np.ndarray
    subtle: np.ndarray
    hard: np.ndarray
    flagged: np.ndarray
    high: np.ndarray
    gated: np.ndarray
    probability: np.ndarray
    units: np.ndarray

    @property
    def lures(self) -> np.ndarray:
        """True where the text is a lure."""
        return np.isin(self.label, LURES)

    def where(self, keep: np.ndarray) -> Outcomes:
        """The texts for which `keep`, boolean of shape (n,), is true."""
        return Outcomes(*(getattr(self, name)[keep] for name in self.__slots__))


def of_assessments(data: Dataset, assessments: Sequence[Assessment]) -> Outcomes:
    """Outcomes of the product as it ships, each text its own unit."""
    advert = np.array([a.kind is Kind.ADVERT for a in assessments], dtype=bool)
    low = np.array([a.level is Level.LOW for a in assessments], dtype=bool)
    high = np.array([a.level is Level.HIGH for a in assessments], dtype=bool)
    probability = np.array([a.probability for a in assessments])
    return _outcomes(data, advert & ~low, advert & high, ~advert, probability, np.arange(len(assessments)))


def of_predictions(
    data: Dataset,
    predictions: list[Prediction],
    families: dict[str, str],
    thresholds: dict[str, float],
    units: np.ndarray | None = None,
) -> Outcomes:
    """Outcomes that the policy draws from `predictions`; `units` defaults to the groups of the data."""
    limits = Thresholds(**thresholds)
    ratings = [rate(item, p, families, limits) for item, p in zip(data.prepared, predictions, strict=True)]
    flagged = np.array([r.flagged for r in ratings], dtype=bool)
    high = np.array([r.high for r in ratings], dtype=bool)
    gated = np.array([r.kind is not Kind.ADVERT for r in ratings], dtype=bool)
    probability = np.array([r.reported(p.lure) for r, p in zip(ratings, predictions, strict=True)])
    return _outcomes(data, flagged, high, gated, probability, data.groups if units is None else units)


def _outcomes(
    data: Dataset, flagged: np.ndarray, high: np.ndarray, gated: np.ndarray, probability: np.ndarray, units: np.ndarray
) -> Outcomes:
    subtle, hard = (data.column(name).astype(bool) for name in ("subtle", "hard"))
    return Outcomes(data.column("label"), subtle, hard, flagged, high, gated, probability, units)


def figures(found: Outcomes, draw: Bootstrap) -> dict[str, dict[str, Any]]:
    """Name -> number with interval: whatever the labels of these texts allow."""
    out: dict[str, dict[str, Any]] = {}

    def share(name: str, mask: np.ndarray, hit: np.ndarray) -> None:
        if mask.any():
            out[name] = draw.share(hit[mask], found.units[mask])

    for label in LURES:
        mask = found.label == label
        share(f"recall.{label}", mask, found.flagged)
        share(f"recall_high.{label}", mask, found.high)
        share(f"recall_subtle.{label}", mask & found.subtle, found.flagged)
    share("wrongly_gated.lures", found.lures, found.gated)
    honest = found.label == "no_pattern"
    share("false_flag.no_pattern", honest, found.flagged)
    share("false_high.no_pattern", honest, found.high)
    share("wrongly_gated.no_pattern", honest, found.gated)
    share("false_flag.hard", honest & found.hard, found.flagged)
    share("false_high.hard", honest & found.hard, found.high)
    share("gated.non_ad", found.label == "non_ad", found.gated)
    share("false_flag.non_ad", found.label == "non_ad", found.flagged)
    if 0 < found.lures.sum() < len(found.lures):
        out["auc"] = draw.number(intervals.auc(found.lures, found.probability), found.units)
        out["ap"] = draw.number(intervals.average_precision(found.lures, found.probability), found.units)
        out["ece"] = draw.number(intervals.calibration_error(found.lures, found.probability), found.units)
    return out


def by_source(data: Dataset, found: Outcomes) -> dict[str, dict[str, float]]:
    """Source -> its figures without intervals: written and real texts are never pooled."""
    source = data.column("source")
    plain = Bootstrap(draws=0)
    return {
        str(name): {"n": int((source == name).sum())}
        | {key: number["value"] for key, number in figures(found.where(source == name), plain).items()}
        for name in np.unique(source)
    }


def breakdown(found: Outcomes, column: np.ndarray, draw: Bootstrap) -> dict[str, dict[str, Any]]:
    """For each value of `column`, shape (n,): lures flagged, honest adverts flagged, non-adverts gated."""
    out: dict[str, dict[str, Any]] = {}
    for value in sorted({str(v) for v in column}):
        part = found.where(column == value)
        rows = {
            "lures.flagged": (part.lures, part.flagged),
            "lures.high": (part.lures, part.high),
            "honest.flagged": (part.label == "no_pattern", part.flagged),
            "non_ad.gated": (part.label == "non_ad", part.gated),
        }
        out[value] = {name: draw.share(hit[mask], part.units[mask]) for name, (mask, hit) in rows.items() if mask.any()}
    return out


def calibration(found: Outcomes, draw: Bootstrap, bins: int = 10) -> list[dict[str, Any]]:
    """Equally filled bins in order of probability: mean probability and share of lures."""
    order = np.argsort(found.probability, kind="stable")
    out = []
    for part in np.array_split(order, bins):
        if len(part):
            mean = round(float(found.probability[part].mean()), 4)
            out.append({"probability": mean, "lures": draw.share(found.lures[part], found.units[part])})
    return out


@dataclass(frozen=True, slots=True)
class Marks:
    """Indicators of one lure: what it shows, what annotators left doubtful, what the detector says."""

    gold: frozenset[str]
    doubtful: frozenset[str]
    said: frozenset[str]


def doubtful_marks(path: Path = SETTLED) -> dict[str, frozenset[str]]:
    """Text id -> indicators whose settlement is ``doubtful``."""
    out: dict[str, frozenset[str]] = {}
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["decision"] == "doubtful":
                out[row["id"]] = out.get(row["id"], frozenset()) | {row["indicator"]}
    return out


def marks(data: Dataset, assessments: Sequence[Assessment], folder: Path = corpus.FOLDER) -> list[Marks]:
    """The marks of the lures among `data`, in order."""
    gold = {row["id"]: frozenset(mark["id"] for mark in row["indicators"]) for row in corpus.rows(folder)}
    doubtful = doubtful_marks()
    return [
        Marks(gold[e.id], doubtful.get(e.id, frozenset()), frozenset(s.indicator for s in a.signals))
        for e, a in zip(data.examples, assessments, strict=True)
        if e.label in LURES
    ]


def indicator_figures(rows: Sequence[Marks], draw: Bootstrap) -> dict[str, Any]:
    """Micro precision, recall and F1 over (text, indicator), then each indicator's own with its coverage.

    Only indicators that annotators marked in at least one of these texts are counted, and a doubtful one counts neither
    for nor against the detector.
    """
    scope = sorted({name for row in rows for name in row.gold - row.doubtful})
    shape = (len(rows), len(scope))
    counts = {kind: np.zeros(shape, dtype=int) for kind in ("tp", "fp", "fn")}
    for i, row in enumerate(rows):
        for j, name in enumerate(scope):
            if name not in row.doubtful and (name in row.gold or name in row.said):
                kind = "fn" if name not in row.said else "tp" if name in row.gold else "fp"
                counts[kind][i, j] = 1
    units = np.arange(len(rows))

    def of(tp: np.ndarray, fp: np.ndarray, fn: np.ndarray) -> dict[str, Any]:
        return {
            "precision": draw.part(tp, fp, units),
            "recall": draw.part(tp, fn, units),
            "f1": draw.number(intervals.micro_f1(tp, fp, fn), units, int(tp.sum() + fp.sum() + fn.sum())),
        }

    out: dict[str, Any] = {
        "micro": of(*(counts[kind].sum(axis=1) for kind in ("tp", "fp", "fn"))) if rows else {},
        "each": {},
    }
    for j, name in enumerate(scope):
        shown = counts["tp"][:, j] + counts["fn"][:, j] > 0
        out["each"][name] = {"coverage": draw.share(shown, units)} | of(*(counts[k][:, j] for k in ("tp", "fp", "fn")))
    return out
