"""Candidates for the classifier, compared on unseen writers: the table that justifies ``training/config.yaml``.

Add a candidate by a line in `FEATURES` (changes to the config, by dotted path) or in `FAMILIES` (another learner on the
same features).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from detector.model.classifier import ADVERTS, LURES, logit
from detector.model.features import signal_features
from training import fit, intervals, linear
from training.dataset import Dataset, folds
from training.experiments import Setup
from training.intervals import Bootstrap
from training.refits import Refit, overridden, raw

_NO_PIECES = {"classifier.pieces.max_features": 1}  # one feature that nearly every text has says nothing
_NO_WORDS = {"classifier.words.max_features": 1}
_NO_SIGNALS = {"classifier.signal_scale": 0.0}
#: Title -> changes to the shipped config.
FEATURES: dict[str, dict[str, Any]] = {
    "words": {**_NO_PIECES, **_NO_SIGNALS},
    "words, signals": _NO_PIECES,
    "pieces, signals": _NO_WORDS,
    "words, pieces": _NO_SIGNALS,
    "words, pieces, signals (shipped)": {},
    "shipped, C 8": {"classifier.C": 8.0},
    "shipped, signals weighed 0.15": {"classifier.signal_scale": 0.15},
}
#: Title -> learner, all on the features of the shipped model; each gives probabilities.
FAMILIES: dict[str, Callable[[int], Any]] = {
    "logistic regression": lambda seed: LogisticRegression(C=30.0, max_iter=300, random_state=seed),
    "linear SVM, calibrated": lambda seed: CalibratedClassifierCV(
        LinearSVC(C=0.5, random_state=seed), cv=3, ensemble=False
    ),
    "ridge, calibrated": lambda seed: CalibratedClassifierCV(
        RidgeClassifier(alpha=1.0, solver="sparse_cg", random_state=seed), cv=3, ensemble=False
    ),
    "naive Bayes (complement)": lambda seed: ComplementNB(alpha=0.3),
}
_LOST = 0.01  # share of adverts that the gate may lose where its share of non-adverts is read


def compare(setup: Setup) -> dict[str, Any]:
    """Figures of each candidate by cross-validation on the written training texts, grouped by writer."""
    rows = np.flatnonzero(setup.training & (setup.source == "written"))
    data = setup.subset(rows)
    parts = folds(data, min(setup.folds, len(np.unique(data.groups))))
    out: dict[str, Any] = {"features": {}, "families": {}}
    for title, changes in FEATURES.items():
        config = overridden(setup.config, changes)
        tasks = [Refit(rows[a], rows[b], config, finder=False) for a, b in parts]
        lure, advert = np.zeros(len(rows)), np.zeros(len(rows))
        for (_, tested), found in zip(parts, setup.refits.run(f"candidate {title}", tasks), strict=True):
            lure[tested], advert[tested] = [raw(p) for p in found], [p.advert for p in found]
        out["features"][title] = figures(data, lure, advert, setup.draw)
    config, seed = setup.config["classifier"], setup.config["seed"]
    by_fold = setup.refits.map("learners", _families, [(rows[a], rows[b], config, seed) for a, b in parts])
    for title in FAMILIES:
        lure, advert = np.zeros(len(rows)), np.zeros(len(rows))
        for (_, tested), chances in zip(parts, by_fold, strict=True):
            lure[tested], advert[tested] = chances[title]
        out["families"][title] = figures(data, lure, advert, setup.draw)
    return out


def _families(
    data: Dataset, train: np.ndarray, test: np.ndarray, config: dict[str, Any], seed: int
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Title -> (P(lure), P(advert)) of the texts `test`, each of shape (len(test),)."""
    vectoriser = linear.Vectoriser(config)
    features = [fit.features(p) for p in data.prepared]
    named = [signal_features(p) for p in data.prepared]
    fitted = vectoriser.fit([features[i] for i in train], [named[i] for i in train])
    shown = vectoriser.rows([features[i] for i in test], [named[i] for i in test])
    out = {}
    for title, make in FAMILIES.items():
        model = make(seed).fit(fitted, data.classes()[train])
        chances = model.predict_proba(shown)
        known = model.classes_
        out[title] = chances[:, np.isin(known, LURES)].sum(axis=1), chances[:, np.isin(known, ADVERTS)].sum(axis=1)
    return out


def figures(data: Dataset, lure: np.ndarray, advert: np.ndarray, draw: Bootstrap) -> dict[str, Any]:
    """AUC, recall at 5 % of hard honest adverts, and non-adverts recognised where 1 % of adverts is lost.

    `lure` and `advert`: probabilities, shape (n,). Units of the intervals are writers.
    """
    lures, label, hard = data.lures(), data.column("label"), data.column("hard").astype(bool)
    score = np.array([logit(p) for p in advert])
    # Its own score, turned round: a non-advert is found where fewer than 1 % of adverts look less like one.
    gate = intervals.recall_at(label == "non_ad", label != "non_ad", -score, _LOST)
    return {
        "auc": draw.number(intervals.auc(lures, lure), data.groups),
        "recall_at_5_percent_hard": draw.number(
            intervals.recall_at(lures, (label == "no_pattern") & hard, lure), data.groups
        ),
        "gated_at_1_percent_lost": draw.number(gate, data.groups),
    }
