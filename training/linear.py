"""Fits a :class:`detector.model.linear.LinearModel` with scikit-learn."""

from __future__ import annotations

import os
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


class Vectoriser:
    """Features as columns: the tf-idf blocks of `features.BLOCKS`, then the plain numbers times ``signal_scale``.

    `config`: `words` and `pieces` (options of TfidfVectorizer) and `signal_scale`. A row's features are a mapping from
    block name to what is counted; its numbers a mapping from name to value.
    """

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.blocks = {
            name: TfidfVectorizer(analyzer=_as_is, sublinear_tf=True, dtype=np.float32, **config[name])
            for name in BLOCKS
        }
        self.numbers = DictVectorizer(dtype=np.float32)
        self.scale = config["signal_scale"]

    def fit(
        self, features: Sequence[Mapping[str, list[str]]], named: Sequence[Mapping[str, float]]
    ) -> sparse.csr_matrix:
        """Learn the columns; the rows (n, columns)."""
        blocks = [v.fit_transform([f[name] for f in features]) for name, v in self.blocks.items()]
        return sparse.hstack([*blocks, self.numbers.fit_transform(named) * self.scale], format="csr")

    def rows(
        self, features: Sequence[Mapping[str, list[str]]], named: Sequence[Mapping[str, float]]
    ) -> sparse.csr_matrix:
        """Other texts in the columns that were learnt, (n, columns)."""
        blocks = [v.transform([f[name] for f in features]) for name, v in self.blocks.items()]
        return sparse.hstack([*blocks, self.numbers.transform(named) * self.scale], format="csr")


def fit(
    features: Sequence[Mapping[str, list[str]]],
    named: Sequence[Mapping[str, float]],
    targets: Mapping[str, np.ndarray],
    config: Mapping[str, Any],
    weights: np.ndarray | None = None,
) -> dict[str, Any]:
    """One logistic regression for each name in `targets` (name -> boolean array, one value a row) on shared features.

    `features` and `named` hold a row each (see :class:`Vectoriser`). `config`: that of the vectoriser, and `C`,
    `max_iter`, `tol` and `seed` of the solver.

    Returns the parts that ``LinearModel`` reads.
    """
    vectoriser = Vectoriser(config)
    rows = vectoriser.fit(features, named)
    # The solver sorts the matrix in place, so workers get copies.
    fitted = Parallel(n_jobs=os.cpu_count(), max_nbytes=None)(
        delayed(_one)(rows, target, config, weights) for target in targets.values()
    )
    coefficients = np.vstack([coefficient for coefficient, _ in fitted]).T.astype(np.float32, order="C")
    coefficients[np.abs(coefficients) < _LEAST] = 0
    return {
        "blocks": {
            name: {"vocabulary": v.get_feature_names_out().tolist(), "idf": v.idf_.astype(np.float32)}
            for name, v in vectoriser.blocks.items()
        },
        "named": vectoriser.numbers.get_feature_names_out().tolist(),
        "scale": vectoriser.scale,
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
