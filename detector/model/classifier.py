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
from scipy import sparse

from detector.assessment import Term
from detector.model.features import Prepared, signal_rows, tokens, words

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
    """Wraps the stored scikit-learn parts: `vectoriser`, `signals` (DictVectorizer), `signal_scale`, `linear`
    (OneVsRestClassifier) and `calibration`.

    `calibration` is (slope, intercept) on the log-odds of the lure classes, fitted on held-out groups at
    `prevalence`.
    """

    def __init__(self, parts: dict[str, Any], prevalence: float) -> None:
        self.vectoriser = parts["vectoriser"]
        self.signals = parts["signals"]
        self.signal_scale: float = parts["signal_scale"]
        self.slope, self.intercept = parts["calibration"]
        self.trained_prevalence = prevalence
        linear = parts["linear"]
        self.names: list[str] = [str(c) for c in linear.classes_]
        # The nine estimators as one matrix: their own predict_proba checks its input nine times, 5 ms a text.
        coefficients = np.vstack([e.coef_[0] for e in linear.estimators_])
        self._coefficients = np.ascontiguousarray(coefficients.T)
        self._intercepts = np.array([e.intercept_[0] for e in linear.estimators_])
        lure = np.isin(self.names, LURES)
        self._lure_rows = np.flatnonzero(lure)
        self._lure_weights = coefficients[lure].mean(axis=0) - coefficients[~lure].mean(axis=0)

    def predict(self, batch: Sequence[Prepared]) -> list[Prediction]:
        """Predictions in order, `lure` calibrated at the prevalence of training."""
        if not batch:
            return []
        text = self.vectoriser.transform([words(p) for p in batch])
        rules = self.signals.transform(signal_rows(batch)) * self.signal_scale
        scores = sparse.hstack([text, rules], format="csr") @ self._coefficients + self._intercepts
        raw = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
        raw /= raw.sum(axis=1, keepdims=True)
        out = []
        for i, row in enumerate(raw.tolist()):
            lure = self.calibrated(sum(row[k] for k in self._lure_rows))
            span = slice(text.indptr[i], text.indptr[i + 1])
            used = dict(zip(text.indices[span].tolist(), text.data[span].tolist(), strict=True))
            out.append(Prediction(dict(zip(self.names, row, strict=True)), lure, used))
        return out

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
        vocabulary = self.vectoriser.vocabulary_
        value = {index: tfidf * self._lure_weights[index] for index, tfidf in prediction.words.items()}
        names = [token for token, _, _ in found]
        counts: dict[str, int] = {}
        pairs = [f"{a} {b}" for a, b in pairwise(names)]
        for name in (*names, *pairs):
            counts[name] = counts.get(name, 0) + 1
        share = [0.0] * len(found)
        for i, name in enumerate(names):
            share[i] += value.get(vocabulary.get(name, -1), 0.0) / counts[name]
        for i, name in enumerate(pairs):
            half = value.get(vocabulary.get(name, -1), 0.0) / counts[name] / 2
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
