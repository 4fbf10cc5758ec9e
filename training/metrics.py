"""The figures of the model's sidecar.

`flagged` is an advert with level high or check.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from detector import kind as kinds
from detector import policy
from detector.assessment import Kind, Level
from detector.model.classifier import Prediction
from training.dataset import Dataset


def decided(
    data: Dataset, predictions: list[Prediction], families: dict[str, str], thresholds: dict[str, float]
) -> list[tuple[Kind, Level, str]]:
    """(kind, level, pattern) of each row as the product would give it."""
    limits = policy.Thresholds(**thresholds)
    out = []
    for item, prediction in zip(data.prepared, predictions, strict=True):
        kind = kinds.decide(prediction, item, limits.advert)
        signals = policy.shown(item.signals, prediction, limits)
        decision = policy.decide(
            kind, prediction, signals, item.credentials, item.facts, item.contexts, families, limits
        )
        out.append((kind, decision.level, decision.pattern.value))
    return out


def measure(data: Dataset, predictions: list[Prediction], rows: list[tuple[Kind, Level, str]]) -> dict[str, Any]:
    """Recall, false flags and ranking figures of one set of rows (only those that its labels allow)."""
    flagged = np.array([k is Kind.ADVERT and lv is not Level.LOW for k, lv, _ in rows])
    high = np.array([k is Kind.ADVERT and lv is Level.HIGH for k, lv, _ in rows])
    gated = np.array([k is not Kind.ADVERT for k, _, _ in rows])
    label, lures = data.column("label"), data.lures()
    probability = np.array([p.lure if not g else min(p.lure, 0.05) for p, g in zip(predictions, gated, strict=True)])
    out: dict[str, Any] = {"n": len(rows)}

    def share(name: str, mask: np.ndarray, hit: np.ndarray) -> None:
        if mask.any():
            out[name] = round(float(hit[mask].mean()), 4)

    for name in ("trafficking_risk", "job_fraud_other"):
        mask = label == name
        share(f"recall.{name}", mask, flagged)
        share(f"recall_high.{name}", mask, high)
        share(f"recall_subtle.{name}", mask & data.column("subtle").astype(bool), flagged)
    honest = label == "no_pattern"
    share("false_flag.no_pattern", honest, flagged)
    share("false_high.no_pattern", honest, high)
    share("wrongly_gated.no_pattern", honest, gated)
    hard = honest & data.column("hard").astype(bool)
    share("false_flag.hard", hard, flagged)
    share("false_high.hard", hard, high)
    share("gated.non_ad", label == "non_ad", gated)
    share("false_flag.non_ad", label == "non_ad", flagged)
    if 0 < lures.sum() < len(lures):
        out["auc"] = round(float(roc_auc_score(lures, probability)), 4)
        out["ap"] = round(float(average_precision_score(lures, probability)), 4)
        out["ece"] = round(expected_calibration_error(lures, probability), 4)
    return out


def expected_calibration_error(lures: np.ndarray, probability: np.ndarray, bins: int = 10) -> float:
    """Mean gap between probability and share of lures over `bins` equally filled bins."""
    order = np.argsort(probability, kind="stable")
    parts = [b for b in np.array_split(order, bins) if len(b)]
    return float(sum(len(b) * abs(lures[b].mean() - probability[b].mean()) for b in parts) / len(order))


def by_source(
    data: Dataset, predictions: list[Prediction], families: dict[str, str], thresholds: dict[str, float]
) -> dict[str, dict[str, Any]]:
    """`measure` for each source apart: written and real texts are never pooled."""
    if not data.examples:
        return {}
    rows = decided(data, predictions, families, thresholds)
    out = {}
    for name in sorted(set(data.column("source"))):
        keep = data.column("source") == name
        index = np.flatnonzero(keep)
        out[str(name)] = measure(data.where(keep), [predictions[i] for i in index], [rows[i] for i in index])
    return out


def table(figures: dict[str, dict[str, dict[str, Any]]]) -> str:
    """The figures as plain text, one line a source."""
    lines = []
    for part, by_name in figures.items():
        for source, values in by_name.items():
            shown = "  ".join(f"{k} {v}" for k, v in values.items() if v is not None)
            lines.append(f"[{part}] {source}: {shown}")
    return "\n".join(lines)
