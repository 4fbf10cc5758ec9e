"""The classifier at work: probabilities of the classes, calibrated, with the words that decided.

One multi-class linear model (one-vs-rest logistic regression) over masked words, word pairs, pieces of words and the
rules' findings.
The classes are the three advert labels and the kinds of non-adverts, so that one model answers both "is this an advert"
and "is it a lure".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from detector.assessment import Signal, Term
from detector.model.features import Prepared, Token, frame, signal_features, tokens
from detector.model.finder import Finder
from detector.model.linear import Columns, LinearModel, Weighed, probabilities

LURES = ("trafficking_risk", "job_fraud_other")
ADVERTS = (*LURES, "no_pattern")
FINDER_FROM = 0.2  # raw P(lure) below which no sign is looked for in the wording: it would only be noise


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the linear model saw it: its tokens, their columns, and what these weighed."""

    tokens: list[Token]
    columns: Columns
    used: Weighed


@dataclass(frozen=True, slots=True)
class Prediction:
    """`classes`: class -> probability as the linear model gives it (sums to 1); `lure`: calibrated P(lure);
    `likely`: indicators that the finder takes the wording for (only where a lure is possible at all);
    `read`: what the explanation needs (none without a model behind it)."""

    classes: dict[str, float]
    lure: float
    likely: tuple[Signal, ...] = ()
    read: Read | None = None

    @property
    def advert(self) -> float:
        """P(the text is an advert)."""
        return sum(self.classes[name] for name in ADVERTS)


class Classifier:
    """The trained model: the linear model of the classes, its calibration, and the finder of likely indicators.

    `parts`: `linear` (see :class:`LinearModel`; its names are the classes), `finder` (see :class:`Finder`) and
    `calibration`: (slope, intercept) on the log-odds of the lure classes, fitted on held-out groups at `prevalence`.
    """

    def __init__(self, parts: dict[str, Any], prevalence: float) -> None:
        self._linear = LinearModel(parts["linear"])
        self._finder = Finder(parts["finder"])
        self.slope, self.intercept = parts["calibration"]
        self.trained_prevalence = prevalence
        lure = np.isin(self._linear.names, LURES)
        self._lure_columns = np.flatnonzero(lure)
        weights = self._linear.coefficients
        self._lure_weights = weights[:, lure].mean(axis=1) - weights[:, ~lure].mean(axis=1)

    def predict(self, batch: Sequence[Prepared]) -> list[Prediction]:
        """Predictions in order, `lure` calibrated at the prevalence of training."""
        return [self._predict(prepared) for prepared in batch]

    def _predict(self, prepared: Prepared) -> Prediction:
        found = tokens(prepared.text)
        names = [token for token, _, _ in found]
        columns = self._linear.columns(names, frame(names, prepared.text))
        scores, used = self._linear.scores(columns, signal_features(prepared))
        raw = probabilities(scores)
        raw = raw / raw.sum()
        lure = float(raw[self._lure_columns].sum())
        likely = self._finder.find(prepared, found) if lure >= FINDER_FROM else ()
        return Prediction(
            dict(zip(self._linear.names, raw.tolist(), strict=True)),
            self.calibrated(lure),
            tuple(likely),
            Read(found, columns, used),
        )

    def calibrated(self, lure: float) -> float:
        """Calibrated P(lure) from the raw sum of the lure classes."""
        return expit(self.slope * logit(lure) + self.intercept)

    def shifted(self, probability: float, prevalence: float) -> float:
        """`probability` at another share of lures, by Bayes' rule."""
        return expit(logit(probability) + logit(prevalence) - logit(self.trained_prevalence))

    def terms(self, prepared: Prepared, prediction: Prediction, limit: int = 12) -> list[Term]:
        """The words that moved the score most, in text order.

        A word pair shares its weight between its two words, a piece of a word gives its own to the word. `weight` is in
        log-odds of the lure classes against the others, so positive speaks for a lure; signals are left out (they are
        shown as indicators).
        """
        if prediction.read is None:
            return []
        found = prediction.read.tokens
        share = self._linear.shares(prediction.read.columns, prediction.read.used, self._lure_weights).tolist()
        strongest = sorted(range(len(found)), key=lambda i: -abs(share[i]))[:limit]
        terms = []
        for i in sorted(strongest):
            if abs(share[i]) >= 0.02:
                span = prepared.text.span(found[i][1], found[i][2])
                terms.append(Term(span.start, span.end, span.evidence, round(share[i], 3)))
        return terms


def logit(p: float) -> float:
    """Log-odds of `p`, clipped so that 0 and 1 stay finite."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def expit(score: float) -> float:
    """Inverse of :func:`logit`, for scores cut at +-30."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
