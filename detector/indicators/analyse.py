"""From folded text and facts to signals and credentials: the rules' half of an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detector.assessment import Credential, Facts, Signal
from detector.indicators import catalogue
from detector.indicators.matcher import Matcher, strongest_per_place, to_credentials, to_signals
from detector.text.normalise import NormalisedText
from detector.text.segments import Segments


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What the rules found in one text, in text order."""

    signals: tuple[Signal, ...]
    credentials: tuple[Credential, ...]
    contexts: frozenset[str]


@cache
def matcher() -> Matcher:
    """The compiled catalogue that ships with the package (built once per process)."""
    return Matcher(catalogue.load())


def analyse(text: NormalisedText, facts: Facts, segments: Segments | None = None) -> RuleResult:
    """Run every rule on `text`; `facts` supply the contexts that are not word lists."""
    segments = segments or Segments(text.text)
    engine = matcher()
    contexts = engine.contexts(text.text)
    matches = strongest_per_place(engine.find(text.text, segments, contexts))
    return RuleResult(
        tuple(to_signals(matches, engine.catalogue, text)),
        tuple(to_credentials(matches, engine.catalogue, text)),
        frozenset(contexts),
    )
