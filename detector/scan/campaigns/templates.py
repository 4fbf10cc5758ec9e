"""The template behind reposts: the most typical text, with the stretches that vary between the posts as slots."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from detector.scan.campaigns.records import Part

__all__ = ["MEMBERS", "template"]

MEMBERS = 12  # texts compared with the most typical one: more change no slot, but cost 1 ms each
MAX_TOKENS = 400  # the rest of a longer text is not compared and shown as it is
AGREE = 2 / 3  # share of the texts that must have a word for it to be no slot
FILLINGS = 5
_MAX_FILLING = 120  # characters

# Words, numbers, addresses and letters of scripts without blanks. Marks and emoji vary in every repost and say nothing:
# they stay in the text, but are not compared.
_TOKEN = re.compile(
    r"(?:https?://|www\.|@)[!-~]+|\+?\d(?:[.,\- ]?\d)*"
    r"|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
    r"|[^\W\d_]+"
)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in tokens: `words` to compare, `starts` and `ends` of each in `text`."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]


def template(typical: str, others: Sequence[str]) -> tuple[Part, ...]:
    """`typical` cut into parts that the `others` share and slots that they fill otherwise.

    At most `MEMBERS` of `others` are read, evenly spread over the sequence.
    """
    others = [other for other in others if other != typical]
    others = others[:: -(-len(others) // MEMBERS)] if others else []
    base = _read(typical)
    if not base.words or not others:
        return (Part(typical),) if typical else ()
    texts = [_read(other) for other in others]
    matches = [_align(base, text) for text in texts]
    total = len(texts) + 1
    fixed = [(1 + sum(m[i] >= 0 for m in matches)) / total >= AGREE for i in range(len(base.words))]
    added = [(sum(_gap(m, i) > 0 for m in matches)) / total > 1 - AGREE for i in range(len(base.words) + 1)]
    parts: list[Part] = []
    at = 0
    for first, last in _slots(fixed, added):
        start = base.starts[first] if first < len(base.words) else len(typical)
        end = base.ends[last - 1] if last > first else start
        if start > at:
            parts.append(Part(typical[at:start]))
        own = typical[start:end].strip()
        fillings = Counter(f for t, m in zip(texts, matches, strict=True) if (f := _filling(t, m, first, last)) != own)
        fillings.pop(None, None)
        common = sorted(fillings.items(), key=lambda item: (-item[1], item[0] or ""))[:FILLINGS]
        shown = tuple(filling for filling, _ in common if filling is not None)
        parts.append(Part(typical[start:end], shown))
        at = end
    if at < len(typical):
        parts.append(Part(typical[at:]))
    return tuple(_joined(part for part in parts if part.text or part.fillings))


def _read(text: str) -> _Text:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        if len(words) == MAX_TOKENS:
            break
        words.append(unicodedata.normalize("NFKC", match.group()).casefold())
        starts.append(match.start())
        ends.append(match.end())
    return _Text(text, words, starts, ends)


def _align(base: _Text, other: _Text) -> list[int]:
    """For each word of `base` the number of its counterpart in `other`, -1 where it has none; one more for the end."""
    out = [-1] * len(base.words) + [len(other.words)]
    # autojunk would take the commonest words of a long text for noise
    for i, j, size in SequenceMatcher(None, base.words, other.words, autojunk=False).get_matching_blocks():
        out[i : i + size] = range(j, j + size)
    out[len(base.words)] = len(other.words)
    return out


def _gap(match: list[int], i: int) -> int:
    """Words that the other text has before the counterpart of word i and behind that of word i - 1."""
    before = match[i - 1] if i else -1
    return match[i] - before - 1 if match[i] >= 0 and (i == 0 or before >= 0) else 0


def _slots(fixed: list[bool], added: list[bool]) -> list[tuple[int, int]]:
    """(first, last exclusive) word of each slot; an empty one stands where others put words in."""
    out: list[tuple[int, int]] = []
    i, n = 0, len(fixed)
    while i <= n:
        j = i
        while j < n and not fixed[j]:
            j += 1
        if j > i or added[i]:
            out.append((i, j))
        i = j + 1
    return out


def _filling(other: _Text, match: list[int], first: int, last: int) -> str | None:
    """What `other` writes in the slot; None where its neighbours there are not those of the slot."""
    before = match[first - 1] if first else -1
    after = match[last]
    if (first and before < 0) or after < 0 or after <= before:
        return None
    if after == before + 1:
        return ""
    start, end = other.starts[before + 1], other.ends[after - 1]
    return other.text[start:end] if end - start <= _MAX_FILLING else other.text[start : start + _MAX_FILLING] + "…"


def _joined(parts: Iterable[Part]) -> list[Part]:
    """Slots in which nobody writes anything else become fixed text again, and neighbours of fixed text one part."""
    out: list[Part] = []
    for part in parts:
        if out and not part.fillings and not out[-1].fillings:
            out[-1] = Part(out[-1].text + part.text)
        else:
            out.append(part)
    return out
