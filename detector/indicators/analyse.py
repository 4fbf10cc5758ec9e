"""From folded text and facts to signals and credentials: the rules' half of an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detector.assessment import Credential, Facts, Signal
from detector.indicators import compiled
from detector.indicators.derived import derive, fact_contexts
from detector.indicators.matcher import Encoded, Matcher, strongest_per_place, to_credentials, to_signals
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
    return Matcher(compiled.load())


def analyse(text: NormalisedText, facts: Facts, segments: Segments, language: str) -> RuleResult:
    """Run every rule on `text`; `facts` supply the contexts that are not word lists, and the derived signals."""
    engine = matcher()
    encoded = Encoded(text.text)
    contexts = engine.contexts(encoded) | fact_contexts(facts, text.text, language)
    matches = strongest_per_place(engine.find(encoded, segments, contexts))
    signals = to_signals(matches, engine.catalogue, text)
    signals = _merged(signals, derive(text, facts, contexts, language))
    return RuleResult(tuple(signals), tuple(to_credentials(matches, engine.catalogue, text)), frozenset(contexts))


def _merged(signals: list[Signal], derived: list[Signal]) -> list[Signal]:
    """Both in text order; where a derived and a stated signal of one kind overlap, the stronger stays."""
    out = list(signals)
    for signal in derived:
        same = [s for s in out if s.indicator == signal.indicator and s.start < signal.end and signal.start < s.end]
        if any(s.strength.rank <= signal.strength.rank for s in same):
            continue
        out = [s for s in out if s not in same] + [signal]
    return sorted(out, key=lambda s: (s.start, s.end, s.indicator))
