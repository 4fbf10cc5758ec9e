"""Finds the catalogue's phrases and patterns in a folded text, with their guards.

Phrases go through one Aho-Corasick automaton, patterns through an RE2 filter that names the few
worth searching; both accept whole words only. A match is dropped when a guard cancels it:

* a negation in the same clause, up to `REACH` words to the left ("tidak pernah memungut biaya pendaftaran"),
  inside the match but not in the pattern itself ("ijazah tidak ditahan"), or right behind it ("biaya: tidak ada");
  a cancelled match passes its negation on to the next of the same indicator in a list ("... , seragam, maupun tiket");
* a `do_not_trigger` pattern in the same sentence;
* a `requires` context that is missing, or an `unless` context that is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import re2
from ahocorasick_rs import AhoCorasick, MatchKind

from detector.assessment import Credential, Signal, Strength
from detector.indicators.catalogue import Catalogue, Entry, Rule
from detector.text.normalise import NormalisedText
from detector.text.segments import Segments

FILTER_SIZE = 1300  # patterns tried in one RE2 filter; a try that fails costs half a second of loading
REACH = 5  # words a negation reaches to the right
_UNSPACED = frozenset({"th", "zh", "km", "my"})  # written without blanks: no word boundaries to check
_SUFFIX = re.compile(r"(?:nya|mu|ku|lah|kah|pun|2)(?![^\W_])")
_CLAUSE_END = re.compile(r"[,;:()\n]|\b(?:tapi|tetapi|namun|but|however|tetapi|melainkan)\b")
_WORD = re.compile(r"[^\W_]+")
ORDER = {Strength.CRITICAL: 0, Strength.STRONG: 1, Strength.MEDIUM: 2, Strength.WEAK: 3}


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a phrase or pattern leads: its entry, rule and language."""

    entry: str
    strength: Strength
    rule: Rule
    language: str
    source: str
    literal: bool


@dataclass(frozen=True, slots=True)
class Match:
    """One accepted match in folded offsets."""

    entry: str
    strength: Strength
    start: int
    end: int


class _PatternSet:
    """RE2 patterns behind filters: literal pieces that a match must contain pick the few patterns worth searching.

    One RE2 set of them all is the obvious way, and with 1,900 patterns took 0.3 s a text (its states no longer fit);
    the filters take 2 ms. A filter whose table outgrows RE2's limit does not compile: then its patterns are halved.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = list(patterns)
        self._filters: list[tuple[int, re2.Filter]] = []
        self._compiled: list[Any] = []
        for first in range(0, len(self.patterns), FILTER_SIZE):
            self._add(first, min(first + FILTER_SIZE, len(self.patterns)))

    def _add(self, first: int, last: int) -> None:
        chosen = re2.Filter()
        for pattern in self.patterns[first:last]:
            chosen.Add(pattern)
        try:
            chosen.Compile()
        except re2.error:
            if last - first == 1:
                raise
            middle = (first + last) // 2
            self._add(first, middle)
            self._add(middle, last)
            return
        self._filters.append((first, chosen))
        self._compiled += [chosen.re(i) for i in range(last - first)]

    def candidates(self, text: str) -> list[int]:
        """Patterns that may match, by number."""
        return [first + i for first, chosen in self._filters for i in chosen.Match(text, True) or ()]

    def matching(self, text: str) -> list[int]:
        """Patterns that match somewhere, by number."""
        return [first + i for first, chosen in self._filters for i in chosen.Match(text) or ()]

    def places(self, index: int, text: str) -> list[tuple[int, int]]:
        """Where pattern `index` matches."""
        return [m.span() for m in self._compiled[index].finditer(text)]


class Matcher:
    """Compiled form of a catalogue; build once, use from any thread."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._phrases: dict[str, list[_Target]] = {}
        self._patterns: dict[str, list[_Target]] = {}
        seen: set[tuple[str, str, Strength, tuple[str, ...], tuple[str, ...]]] = set()
        guards: list[tuple[str, str]] = []
        for entry in (*catalogue.indicators.values(), *catalogue.credibility.values()):
            self._add_entry(entry, seen, guards)
        contexts = [(name, p) for name, patterns in catalogue.contexts.items() for p in patterns]
        self._automaton = AhoCorasick(list(self._phrases), matchkind=MatchKind.Standard)
        self._phrase_targets = list(self._phrases.values())
        self._set = _PatternSet(self._patterns)
        self._pattern_targets = list(self._patterns.values())
        self._guard_owner = [owner for owner, _ in guards]
        self._guards = _PatternSet([p for _, p in guards])
        self._context_name = [name for name, _ in contexts]
        self._contexts = _PatternSet([p for _, p in contexts])
        self._negator = re.compile(r"(?<![^\W_])(?:" + "|".join(catalogue.negators or ("(?!)",)) + r")(?![^\W_])")
        self._negator_after = re.compile(
            r"[\s:=(\"'\-]*(?:" + "|".join(catalogue.negators_after or ("(?!)",)) + r")(?![^\W_])"
        )

    def _add_entry(self, entry: Entry, seen: set, guards: list[tuple[str, str]]) -> None:
        default = getattr(entry, "strength", Strength.WEAK)
        for language, rules in entry.languages.items():
            guards.extend((entry.id, p) for p in rules.do_not_trigger)
            for rule in rules.rules:
                strength = rule.strength or default
                for literal, sources in ((True, rule.phrases), (False, rule.patterns)):
                    for source in sources:
                        key = (entry.id, source, strength, rule.requires, rule.unless)
                        if key in seen:  # the same words in Indonesian and Malay
                            continue
                        seen.add(key)
                        target = _Target(entry.id, strength, rule, language, source, literal)
                        (self._phrases if literal else self._patterns).setdefault(source, []).append(target)

    def contexts(self, text: str) -> set[str]:
        """Names of the word-list contexts that hold in the folded `text`."""
        return {self._context_name[i] for i in self._contexts.matching(text)}

    def find(self, text: str, segments: Segments, contexts: set[str]) -> list[Match]:
        """All accepted matches in the folded `text`, in text order.

        `contexts` are the names that hold for this text (word lists and facts together).
        """
        flat = text.replace("\n", " ")
        found = [
            (start, end, self._phrase_targets[i])
            for i, start, end in self._automaton.find_matches_as_indexes(flat, overlapping=True)
        ]
        for i in self._set.candidates(text):
            targets = self._pattern_targets[i]
            if any(_holds(target, contexts) for target in targets):
                found.extend((start, end, targets) for start, end in self._set.places(i, text))
        raw = [
            (s, e, target)
            for s, e, targets in found
            for target in targets
            if _holds(target, contexts) and (target.language in _UNSPACED or _whole_word(text, s, e))
        ]
        if not raw:
            return []
        raw.sort(key=lambda m: (m[0], -m[1]))
        blocked = self._blocked(text, {t.entry for _, _, t in raw})
        negated: dict[str, int] = {}  # entry -> end of its last negated match
        accepted: list[Match] = []
        for start, end, target in raw:
            left, right = segments.around(start, end)
            if any(left < e and s < right for s, e in blocked.get(target.entry, ())):
                continue
            if target.rule.negatable and self._is_negated(text, start, end, left, right, target, negated):
                negated[target.entry] = end
                continue
            accepted.append(Match(target.entry, target.strength, start, end))
        return accepted

    def _blocked(self, text: str, entries: set[str]) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for i in self._guards.candidates(text):
            if (owner := self._guard_owner[i]) in entries:
                found.setdefault(owner, []).extend(self._guards.places(i, text))
        return found

    def _is_negated(
        self, text: str, start: int, end: int, left: int, right: int, target: _Target, negated: dict[str, int]
    ) -> bool:
        before = text[left:start]
        breaks = [m.end() for m in _CLAUSE_END.finditer(before)]
        clause = before[breaks[-1] :] if breaks else before
        for hit in self._negator.finditer(clause):
            if len(_WORD.findall(clause[hit.end() :])) <= REACH:
                return True
        for hit in self._negator.finditer(text[start:end]):
            if hit.group() not in target.source:
                return True
        if self._negator_after.match(text, end, right):
            return True
        last = negated.get(target.entry)
        return last is not None and last >= left and len(_WORD.findall(text[last:start])) <= 4


def _holds(target: _Target, contexts: set[str]) -> bool:
    return contexts.issuperset(target.rule.requires) and contexts.isdisjoint(target.rule.unless)


def _whole_word(text: str, start: int, end: int) -> bool:
    if start and text[start].isalnum() and text[start - 1].isalnum():
        return False
    if end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        return _SUFFIX.match(text, end) is not None
    return True


def strongest_per_place(matches: Iterable[Match]) -> list[Match]:
    """Drop a match that overlaps a stronger or longer one of the same entry; the rest in text order."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (ORDER[m.strength], m.start - m.end, m.start)):
        if not any(k.entry == match.entry and k.start < match.end and match.start < k.end for k in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: (m.start, m.end))


def to_signals(matches: Iterable[Match], catalogue: Catalogue, text: NormalisedText) -> list[Signal]:
    """Matches of indicators as signals in original offsets."""
    signals = []
    for match in matches:
        if match.entry in catalogue.indicators:
            span = text.span(match.start, match.end)
            signals.append(Signal(span.start, span.end, span.evidence, match.entry, match.strength))
    return signals


def to_credentials(matches: Iterable[Match], catalogue: Catalogue, text: NormalisedText) -> list[Credential]:
    """Matches of credibility signs in original offsets."""
    credentials = []
    for match in matches:
        if match.entry in catalogue.credibility:
            span = text.span(match.start, match.end)
            credentials.append(Credential(span.start, span.end, span.evidence, match.entry))
    return credentials
