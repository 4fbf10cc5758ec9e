"""Finds the catalogue's phrases and patterns in a folded text, with their guards.

Phrases go through one Aho-Corasick automaton; patterns are RE2, and an automaton of the pieces they need names the few
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
from detector.indicators.compiled import Compiled
from detector.indicators.literals import Pieces
from detector.text.language import UNSPACED
from detector.text.normalise import NormalisedText
from detector.text.segments import Segments

REACH = 5  # words a negation reaches to the right
_SUFFIX = re.compile(r"(?:nya|mu|ku|lah|kah|pun|2)(?![^\W_])")
_CLAUSE_END = re.compile(r"[,;:()\n]|\b(?:tapi|tetapi|namun|but|however|tetapi|melainkan)\b")
_WORD = re.compile(r"[^\W_]+")


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
    """RE2 patterns behind an automaton of the pieces they need (`literals.py`), which picks the few worth searching.

    A set of all in one RE2 automaton is the obvious way and, with 1,900 patterns (there are twice as many now), took
    0.3 s a text: its states no longer fit. Patterns are compiled when first tried.
    """

    def __init__(self, needs: dict[str, list[Pieces]]) -> None:
        self._patterns = list(needs)
        self._number = {pattern: i for i, pattern in enumerate(self._patterns)}
        self._compiled: list[Any] = [None] * len(self._patterns)
        groups: dict[Pieces, int] = {}
        self._groups_of = [frozenset(groups.setdefault(p, len(groups)) for p in sets) for sets in needs.values()]
        self._always = [i for i, sets in enumerate(needs.values()) if not sets]
        self._first: list[list[int]] = [[] for _ in groups]  # group -> the patterns whose most telling set it is
        for i, sets in enumerate(needs.values()):
            if sets:
                self._first[groups[sets[0]]].append(i)
        pieces: dict[str, list[int]] = {}
        for group, number in groups.items():
            for piece in group:
                pieces.setdefault(piece, []).append(number)
        self._piece_groups = list(pieces.values())
        self._automaton = AhoCorasick(list(pieces), matchkind=MatchKind.Standard)

    def candidates(self, text: str) -> list[int]:
        """Patterns that may match, by number."""
        found: set[int] = set()
        for piece in {i for i, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}:
            found.update(self._piece_groups[piece])
        chosen = [i for group in found for i in self._first[group] if self._groups_of[i] <= found]
        return self._always + chosen

    def places(self, index: int, text: Encoded) -> list[tuple[int, int]]:
        """Where pattern `index` matches, in characters."""
        return [text.characters(*m.span()) for m in self._regexp(index).finditer(text.data)]

    def matches(self, index: int, text: Encoded) -> bool:
        """Whether pattern `index` matches somewhere."""
        return self._regexp(index).search(text.data) is not None

    def spells(self, pattern: str, words: str) -> bool:
        """Whether `pattern` matches `words` from end to end."""
        return self._regexp(self._number[pattern]).fullmatch(words.encode("utf-8", "surrogatepass")) is not None

    def _regexp(self, index: int) -> Any:
        if (compiled := self._compiled[index]) is None:
            options = re2.Options()
            options.never_capture = True  # only the whole match is asked for
            compiled = self._compiled[index] = re2.compile(self._patterns[index].encode(), options=options)
        return compiled


class Encoded:
    """A text in UTF-8, once for all patterns, with the way back from bytes to characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode("utf-8", "surrogatepass")
        self._at: list[int] | None = None if len(self.data) == len(text) else _character_of_byte(self.data)

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """Character offsets of the byte offsets."""
        return (start, end) if self._at is None else (self._at[start], self._at[end])


def _character_of_byte(data: bytes) -> list[int]:
    out, count = [], -1
    for byte in data:
        count += byte & 0xC0 != 0x80
        out.append(count)
    out.append(count + 1)
    return out


class Matcher:
    """Compiled form of a catalogue; build once, use from any thread."""

    def __init__(self, made: Compiled) -> None:
        self.catalogue = catalogue = made.catalogue
        self._phrases: dict[str, list[_Target]] = {}
        self._patterns: dict[str, list[_Target]] = {}
        seen: set[tuple[str, str, Strength, tuple[str, ...], tuple[str, ...]]] = set()
        guards: dict[str, set[str]] = {}
        for entry in (*catalogue.indicators.values(), *catalogue.credibility.values()):
            self._add_entry(entry, seen, guards)
        contexts: dict[str, set[str]] = {}
        for name, patterns in catalogue.contexts.items():
            for pattern in patterns:
                contexts.setdefault(pattern, set()).add(name)
        self._automaton = AhoCorasick(list(self._phrases), matchkind=MatchKind.Standard)
        self._phrase_targets = list(self._phrases.values())
        self._set = _PatternSet({p: made.needs[p] for p in self._patterns})
        self._pattern_targets = list(self._patterns.values())
        self._guards = _PatternSet({p: made.needs[p] for p in guards})
        self._guard_owners = list(guards.values())
        self._contexts = _PatternSet({p: made.needs[p] for p in contexts})
        self._context_names = list(contexts.values())
        self._negator = re.compile(r"(?<![^\W_])(?:" + "|".join(catalogue.negators or ("(?!)",)) + r")(?![^\W_])")
        self._negator_after = re.compile(
            r"[\s:=(\"'\-]*(?:" + "|".join(catalogue.negators_after or ("(?!)",)) + r")(?![^\W_])"
        )

    def _add_entry(self, entry: Entry, seen: set, guards: dict[str, set[str]]) -> None:
        default = getattr(entry, "strength", Strength.WEAK)
        for language, rules in entry.languages.items():
            for pattern in rules.do_not_trigger:
                guards.setdefault(pattern, set()).add(entry.id)
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

    def contexts(self, text: Encoded) -> set[str]:
        """Names of the word-list contexts that hold in the folded `text`."""
        found: set[str] = set()
        for i in self._contexts.candidates(text.text):
            if not self._context_names[i] <= found and self._contexts.matches(i, text):
                found |= self._context_names[i]
        return found

    def find(self, encoded: Encoded, segments: Segments, contexts: set[str]) -> list[Match]:
        """All accepted matches in the folded `text`, in text order.

        `contexts` are the names that hold for this text (word lists and facts together).
        """
        text = encoded.text
        flat = text.replace("\n", " ")
        found = [
            (start, end, self._phrase_targets[i])
            for i, start, end in self._automaton.find_matches_as_indexes(flat, overlapping=True)
        ]
        for i in self._set.candidates(text):
            targets = self._pattern_targets[i]
            if any(_holds(target, contexts) for target in targets):
                found.extend((start, end, targets) for start, end in self._set.places(i, encoded))
        raw = [
            (s, e, target)
            for s, e, targets in found
            for target in targets
            if _holds(target, contexts) and (target.language in UNSPACED or _whole_word(text, s, e))
        ]
        if not raw:
            return []
        raw.sort(key=lambda m: (m[0], -m[1], m[2].entry, m[2].source))  # a whole order: candidates come as sets
        blocked = self._blocked(encoded, {t.entry for _, _, t in raw})
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

    def _blocked(self, text: Encoded, entries: set[str]) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for i in self._guards.candidates(text.text):
            if owners := self._guard_owners[i] & entries:
                places = self._guards.places(i, text)
                for owner in owners:
                    found.setdefault(owner, []).extend(places)
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
        if not target.literal and self._negated_inside(text[start:end], target.source):
            return True
        if self._negator_after.match(text, end, right):
            return True
        last = negated.get(target.entry)
        return last is not None and left <= last <= start and len(_WORD.findall(text[last:start])) <= 4

    def _negated_inside(self, words: str, source: str) -> bool:
        """Whether `words`, a match of the pattern, hold a negation that the pattern does not ask for itself.

        It does not ask for it when any other word in its place would do.
        """
        other = self._negator.sub(lambda hit: "q" * len(hit.group()), words)
        return other != words and self._set.spells(source, other)


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
    for match in sorted(matches, key=lambda m: (m.strength.rank, m.start - m.end, m.start)):
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
