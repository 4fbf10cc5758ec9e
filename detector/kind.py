"""What sort of text this is: the classifier's word, and one rule for lures that it must not lose.

A lure that is taken for something else is lost. The classifier needs words to go by; in a line or two with a strong
sign and nothing that warns, reports, tells of harm or asks, the sign speaks for an advert, and so does a critical sign
beside an instruction to apply, at any length. It speaks, it does not decide: headlines and jokes hold signs as well
(where 1 % of the lures is lost, out of fold, 91.8 % of the non-adverts are recognised this way, 90.6 % without such
signs, 90.8 % where the sign decides). A long quotation inside a warning or report is not the writer's own
offer, unless the words around it ask to apply.
"""

from __future__ import annotations

import re

from detector.assessment import Kind, Strength
from detector.indicators.analyse import matcher
from detector.indicators.matcher import Encoded
from detector.model.classifier import ADVERTS, Prediction, logit
from detector.model.features import Prepared

_KINDS = (Kind.AWARENESS, Kind.NEWS, Kind.TESTIMONY, Kind.JOB_SEEKER, Kind.QUESTION, Kind.OTHER)
# Contexts that frame what they quote; without one of them a strong sign is said by the advertiser.
_FRAMES = frozenset({"kind_warning", "kind_report", "kind_testimony", "kind_question"})
_SHORT = 16  # words
_SAID, _TOLD = 1.0, 3.0  # what a plain offer adds to the log-odds: a sign alone, or with a word that offers or invites
_TELLS = frozenset({"kind_apply", "kind_offer"})


def advert_score(prediction: Prediction, prepared: Prepared) -> float:
    """Log-odds that the text is an advert, and more where the signs themselves make a plain offer."""
    return logit(prediction.advert) + _plain_offer(prepared)


_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{40,}[\"”»]")


def _only_quotes(prepared: Prepared) -> bool:
    """Whether a warning or report stands around a long quotation, and nothing outside it asks to apply."""
    outside, count = _QUOTED.subn(" ", prepared.text.text)
    if not count:
        return False
    found = matcher().contexts(Encoded(outside))
    return not found.isdisjoint({"kind_warning", "kind_report"}) and "kind_apply" not in found


def decide(prediction: Prediction, prepared: Prepared, threshold: float) -> Kind:
    """The kind of a text; an advert from `threshold` (log-odds, chosen in training) on."""
    if advert_score(prediction, prepared) >= threshold and not _only_quotes(prepared):
        return Kind.ADVERT
    return max(_KINDS, key=lambda kind: prediction.classes.get(kind.value, 0.0))


def _plain_offer(prepared: Prepared) -> float:
    """What the signs add to the log-odds that a text is an advert."""
    contexts = prepared.contexts
    if not contexts.isdisjoint(_FRAMES):
        return 0.0
    strengths = {s.strength for s in prepared.signals}
    if Strength.CRITICAL in strengths and "kind_apply" in contexts:
        return _TOLD
    strong = Strength.CRITICAL in strengths or Strength.STRONG in strengths
    if not strong or len(prepared.text.text.split()) > _SHORT or "kind_seeking" in contexts:
        return 0.0
    return _SAID if contexts.isdisjoint(_TELLS) else _TOLD


def classes() -> tuple[str, ...]:
    """Names of the classes a model must know: the advert labels, then the kinds of non-adverts."""
    return (*ADVERTS, *(kind.value for kind in _KINDS))
