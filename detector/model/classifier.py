"""The classifier at work: probabilities of the classes, calibrated, with the words that decided.

One multi-class linear model (one-vs-rest logistic regression) over masked words, word pairs and the rules' findings.
The classes are the three advert labels and the kinds of non-adverts, so that one model answers both "is this an advert"
and "is it a lure".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from detector.assessment import Term
from detector.model.features import Prepared, signal_features, tokens, words

LURES = ("trafficking_risk", "job_fraud_other")
ADVERTS = (*LURES, "no_pattern")


@dataclass(frozen=True, slots=True)
class Prediction:
    """`classes`: class -> probability as the linear model gives it (sums to 1); `lure`: calibrated P(lure);
    `words`: vocabulary number -> tf-idf value, kept for the explanation."""

    classes: dict[str, float]
    lure: float
    words: dict[int, float]

    @property
    def advert(self) -> float:
        """P(the text is an advert)."""
        return sum(self.classes[name] for name in ADVERTS)


class Classifier:
    """The linear model as arrays, fitted by scikit-learn in ``training.fit``.

    `parts`: `vocabulary` (tokens, in column order), `idf` (one per token), `signals` (names of the rules' features,
    columns behind the tokens), `signal_scale`, `classes`, `coefficients` (columns x classes), `intercepts`, and
    `calibration`: (slope, intercept) on the log-odds of the lure classes, fitted on held-out groups at `prevalence`.

    Arithmetic is that of TfidfVectorizer (sublinear, smooth, L2) and one-vs-rest logistic regression; doing it here
    spares every start a second of imports and every text 1.5 ms of input checks (a test compares the two).
    """

    def __init__(self, parts: dict[str, Any], prevalence: float) -> None:
        self.vocabulary = {token: i for i, token in enumerate(parts["vocabulary"])}
        self._signals = {name: i for i, name in enumerate(parts["signals"], len(self.vocabulary))}
        self._idf: np.ndarray = parts["idf"]
        self._scale: float = parts["signal_scale"]
        self.slope, self.intercept = parts["calibration"]
        self.trained_prevalence = prevalence
        self.names: list[str] = list(parts["classes"])
        self._coefficients: np.ndarray = parts["coefficients"]
        self._intercepts: np.ndarray = parts["intercepts"]
        lure = np.isin(self.names, LURES)
        self._lure_columns = np.flatnonzero(lure)
        self._lure_weights = self._coefficients[:, lure].mean(axis=1) - self._coefficients[:, ~lure].mean(axis=1)

    def predict(self, batch: Sequence[Prepared]) -> list[Prediction]:
        """Predictions in order, `lure` calibrated at the prevalence of training."""
        return [self._predict(prepared) for prepared in batch]

    def _predict(self, prepared: Prepared) -> Prediction:
        columns, values = self._tfidf(prepared)
        rules = [(self._signals[k], v) for k, v in signal_features(prepared).items() if k in self._signals]
        scores = values @ self._coefficients[columns] + self._intercepts
        if rules:
            at, amounts = zip(*rules, strict=True)
            scores = scores + (np.array(amounts) * self._scale) @ self._coefficients[list(at)]
        raw = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
        raw = raw / raw.sum()
        lure = self.calibrated(float(raw[self._lure_columns].sum()))
        used = dict(zip(columns, values.tolist(), strict=True))
        return Prediction(dict(zip(self.names, raw.tolist(), strict=True)), lure, used)

    def _tfidf(self, prepared: Prepared) -> tuple[list[int], np.ndarray]:
        """Columns of the text's known tokens and their weights, of unit length."""
        counts: dict[int, int] = {}
        for token in words(prepared):
            if (column := self.vocabulary.get(token)) is not None:
                counts[column] = counts.get(column, 0) + 1
        columns = list(counts)
        if not columns:
            return [], np.zeros(0)
        values = (1 + np.log(list(counts.values()))) * self._idf[columns]
        return columns, values / np.sqrt(values @ values)

    def calibrated(self, lure: float) -> float:
        """Calibrated P(lure) from the raw sum of the lure classes."""
        return expit(self.slope * logit(lure) + self.intercept)

    def shifted(self, probability: float, prevalence: float) -> float:
        """`probability` at another share of lures, by Bayes' rule."""
        return expit(logit(probability) + logit(prevalence) - logit(self.trained_prevalence))

    def terms(self, prepared: Prepared, prediction: Prediction, limit: int = 12) -> list[Term]:
        """The words that moved the score most, in text order.

        A word pair shares its weight between its two words. `weight` is in log-odds of the lure classes against the
        others, so positive speaks for a lure; signals are left out (they are shown as indicators).
        """
        found = list(tokens(prepared.text))
        if not found:
            return []
        value = {index: tfidf * self._lure_weights[index] for index, tfidf in prediction.words.items()}
        names = [token for token, _, _ in found]
        counts: dict[str, int] = {}
        pairs = [f"{a} {b}" for a, b in pairwise(names)]
        for name in (*names, *pairs):
            counts[name] = counts.get(name, 0) + 1
        share = [0.0] * len(found)
        for i, name in enumerate(names):
            share[i] += value.get(self.vocabulary.get(name, -1), 0.0) / counts[name]
        for i, name in enumerate(pairs):
            half = value.get(self.vocabulary.get(name, -1), 0.0) / counts[name] / 2
            share[i] += half
            share[i + 1] += half
        strongest = sorted(range(len(found)), key=lambda i: -abs(share[i]))[:limit]
        terms = []
        for i in sorted(strongest):
            if abs(share[i]) >= 0.02:
                span = prepared.text.span(found[i][1], found[i][2])
                terms.append(Term(span.start, span.end, span.evidence, round(float(share[i]), 3)))
        return terms


def logit(p: float) -> float:
    """Log-odds of `p`, clipped so that 0 and 1 stay finite."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def expit(score: float) -> float:
    """Inverse of :func:`logit`, for scores cut at +-30."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
