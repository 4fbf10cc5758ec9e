"""Fits a :class:`detector.model.linear.LinearModel` with scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from detector.model.features import BLOCKS

_LEAST = 1e-4  # a coefficient below this is noise of the solver


def fit(
    features: Sequence[Mapping[str, list[str]]],
    named: Sequence[Mapping[str, float]],
    targets: Mapping[str, np.ndarray],
    config: Mapping[str, Any],
    weights: np.ndarray | None = None,
) -> dict[str, Any]:
    """One logistic regression for each name in `targets` (name -> boolean array, one value a row) on shared features.

    `features` and `named` hold a row each: block name -> features to count, and plain numbers. `config`: `words` and
    `pieces` (options of TfidfVectorizer), `C`, `max_iter`, `signal_scale`, `seed`.

    Returns the parts that ``LinearModel`` reads.
    """
    vectorisers = {
        name: TfidfVectorizer(analyzer=_as_is, sublinear_tf=True, dtype=np.float32, **config[name]) for name in BLOCKS
    }
    numbers = DictVectorizer(dtype=np.float32)
    scale = config["signal_scale"]
    rows = sparse.hstack(
        [
            *(vectorisers[name].fit_transform([f[name] for f in features]) for name in BLOCKS),
            numbers.fit_transform(named) * scale,
        ],
        format="csr",
    )
    # The solver sorts the matrix in place, so workers get copies.
    fitted = Parallel(n_jobs=2, max_nbytes=None)(
        delayed(_one)(rows, target, config, weights) for target in targets.values()
    )
    coefficients = np.vstack([coefficient for coefficient, _ in fitted]).T.astype(np.float32, order="C")
    coefficients[np.abs(coefficients) < _LEAST] = 0
    return {
        "blocks": {
            name: {"vocabulary": v.get_feature_names_out().tolist(), "idf": v.idf_.astype(np.float32)}
            for name, v in vectorisers.items()
        },
        "named": numbers.get_feature_names_out().tolist(),
        "scale": scale,
        "names": list(targets),
        "coefficients": coefficients,
        "intercepts": np.array([intercept for _, intercept in fitted]),
    }


def _one(
    rows: sparse.csr_matrix, target: np.ndarray, config: Mapping[str, Any], weights: np.ndarray | None
) -> tuple[np.ndarray, float]:
    model = LogisticRegression(
        C=config["C"],
        solver="liblinear",
        dual=True,
        max_iter=config["max_iter"],
        tol=config["tol"],
        random_state=config["seed"],
    )
    model.fit(rows, target, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def _as_is(items: list[str]) -> list[str]:
    return items  # features come ready-made
