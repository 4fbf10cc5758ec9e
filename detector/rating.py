"""A text's rating from what the rules and the model found: the detector and its training decide by the same lines."""

from __future__ import annotations

from dataclasses import dataclass

from detector import kind as kinds
from detector import policy
from detector.assessment import Kind, Level, Signal
from detector.model.classifier import Prediction
from detector.model.features import Prepared
from detector.policy import Decision, Thresholds
from detector.text.language import UNSPACED

_MIN_WORDS = 4
_MIN_UNSPACED = 8  # letters of a script that is written without blanks
GATED = 0.05  # a text that is no advert is reported with at most this probability


@dataclass(frozen=True, slots=True)
class Rating:
    """What is decided of one text; `signals`: those of the rules, joined by likely ones where the text is flagged;
    `too_little`: why the text could not be judged (a note of the assessment), if so."""

    kind: Kind
    decision: Decision
    signals: tuple[Signal, ...] = ()
    too_little: str | None = None

    @property
    def flagged(self) -> bool:
        """Taken for an advert and worth a closer look."""
        return self.kind is Kind.ADVERT and self.decision.level is not Level.LOW

    @property
    def high(self) -> bool:
        """Taken for an advert and rated high."""
        return self.kind is Kind.ADVERT and self.decision.level is Level.HIGH

    def reported(self, probability: float) -> float:
        """P(lure) as it is shown for a text of this kind."""
        if self.too_little:
            return 0.0
        return probability if self.kind is Kind.ADVERT else min(probability, GATED)


def rate(item: Prepared, prediction: Prediction, families: dict[str, str], thresholds: Thresholds) -> Rating:
    """Rate one text; `families` maps indicator ids to their family."""
    if note := _too_little(item):
        return Rating(Kind.OTHER, policy.NOTHING, too_little=note)
    kind = kinds.decide(prediction, item, thresholds.advert)
    signals = policy.shown(item.signals, prediction, thresholds)
    decision = policy.decide(kind, prediction, signals, item.credentials, item.contexts, families, thresholds)
    return Rating(kind, decision, signals)


def _too_little(item: Prepared) -> str | None:
    folded = item.text.text
    words = sum(1 for word in folded.split() if any(c.isalpha() for c in word))
    unspaced = item.language in UNSPACED and sum(c.isalpha() for c in folded) >= _MIN_UNSPACED
    if words >= _MIN_WORDS or unspaced or item.signals:
        return None
    if not item.text.original.strip():
        return "empty"
    return "too_short" if any(c.isalpha() for c in item.text.original) else "no_words"
