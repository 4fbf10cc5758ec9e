"""Thresholds from stated costs: the cheapest on out-of-fold predictions within the limits for honest adverts."""

from __future__ import annotations

from typing import Any

import numpy as np

from detector import kind as kinds
from detector.model.classifier import Prediction
from training import sources
from training.dataset import Dataset
from training.outcomes import of_predictions

_CHECK = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
_HIGH = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)


def choose(
    data: Dataset, predictions: list[Prediction], families: dict[str, str], config: dict[str, Any]
) -> dict[str, float]:
    """Thresholds for `check`, `high` (probabilities) and `advert` (log-odds).

    `advert`: as high as ``limits.wrongly_gated`` allows.

    Cost of `check`: missed lures and false flags on the written corpus, weighted by ``costs``; among those within
    ``limits`` on ordinary and hard honest adverts, the cheapest wins. `high`: the lowest value within its limit.
    """
    costs, limits = config["costs"], config["limits"]
    source = data.column("source")
    written = source == "written"
    ordinary = np.isin(source, sources.ORDINARY)
    lures = data.lures()
    hard = data.column("hard").astype(bool)
    advert = _advert(data, predictions, limits["wrongly_gated"])
    best: tuple[float, float] | None = None
    for check in _CHECK:
        flagged = of_predictions(data, predictions, families, {"check": check, "high": 0.9, "advert": advert}).flagged
        missed = (lures & written & ~flagged).sum() / max(1, (lures & written).sum())
        false = (~lures & written & flagged).sum() / max(1, (~lures & written).sum())
        cost = costs["missed_lure"] * missed + costs["false_flag"] * false
        excess = max(0.0, _worst(source, ordinary, flagged) - limits["ordinary_flagged"])
        excess += max(0.0, (flagged & hard).sum() / max(1, hard.sum()) - limits["hard_flagged"])
        # A limit that cannot be kept by any threshold is kept as nearly as possible.
        key = cost + 100 * excess
        if best is None or key < best[0]:
            best = (key, check)
    assert best is not None
    check = best[1]
    for high in _HIGH:
        if high < check:
            continue
        alarm = of_predictions(data, predictions, families, {"check": check, "high": high, "advert": advert}).high
        if _worst(source, ordinary, alarm) <= limits["ordinary_high"]:
            return {"check": check, "high": high, "advert": advert}
    return {"check": check, "high": _HIGH[-1], "advert": advert}


def _advert(data: Dataset, predictions: list[Prediction], limit: float) -> float:
    """Highest log-odds at which neither lures nor honest written adverts are gated more often than `limit`."""
    score = np.array([kinds.advert_score(p, item) for p, item in zip(predictions, data.prepared, strict=True)])
    written = (data.column("source") == "written") & (data.column("kind") == "advert")
    lures = data.lures()
    return round(float(min(np.quantile(score[written & part], limit, method="lower") for part in (lures, ~lures))), 2)


def _worst(source: np.ndarray, rows: np.ndarray, hit: np.ndarray) -> float:
    """Highest share of hits in any one source among `rows`."""
    names = np.unique(source[rows])
    return max((float(hit[rows & (source == name)].mean()) for name in names), default=0.0)
