"""What sort of text this is: the classifier's word, held against the clearest cues.

A lure that is taken for a warning is lost, and a warning that is taken for a lure accuses the ministry, so the two
kinds of evidence must agree before an advert with an instruction to apply is called anything else.
"""

from __future__ import annotations

from detector.assessment import Kind
from detector.model.classifier import ADVERTS, Prediction, logit

_KINDS = (Kind.AWARENESS, Kind.NEWS, Kind.TESTIMONY, Kind.JOB_SEEKER, Kind.QUESTION, Kind.OTHER)
# Log-odds that a cue adds to "advert" (positive) or takes from it; the model has weighed them once already, so they
# only settle close calls.
_CUES = {
    "kind_apply": 0.8,
    "kind_offer": 0.4,
    "kind_warning": -0.3,
    "kind_report": -0.8,
    "kind_testimony": -0.8,
    "kind_seeking": -0.6,
    "kind_question": -0.8,
    "kind_promotion": -0.3,
}


def advert_score(prediction: Prediction, contexts: frozenset[str]) -> float:
    """Log-odds that the text is an advert, cues included."""
    return logit(prediction.advert) + sum(weight for cue, weight in _CUES.items() if cue in contexts)


def decide(prediction: Prediction, contexts: frozenset[str], threshold: float) -> Kind:
    """The kind of a text; an advert from `threshold` (log-odds, chosen in training) on."""
    if advert_score(prediction, contexts) >= threshold:
        return Kind.ADVERT
    return max(_KINDS, key=lambda kind: prediction.classes.get(kind.value, 0.0))


def classes() -> tuple[str, ...]:
    """Names of the classes a model must know: the advert labels, then the kinds of non-adverts."""
    return (*ADVERTS, *(kind.value for kind in _KINDS))
