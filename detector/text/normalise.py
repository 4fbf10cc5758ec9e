"""Folded text with a map back to the original.

`normalise` undoes what recruiters (and phones, and OCR) do to words, so that phrases can be written plainly:
compatibility forms, invisible marks and markup here, disguised words in `disguises.py`. Links, mail addresses, phones
and handles are recognised first and only lower-cased. Text in Thai, Khmer, Burmese, Lao or Chinese script is never
folded beyond NFKC (and keeps the sara am whole that NFKC takes apart).
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from detector.assessment import Span
from detector.text.disguises import Characters, join, undo
from detector.text.entities import Entity, find_entities
from detector.text.lookalikes import ALWAYS, FLAGS

__all__ = ["Entity", "NormalisedText", "fold_name", "normalise"]


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """`text` is lower-cased and folded; `starts[i]`/`ends[i]` are the original offsets behind folded character i.

    Line breaks are kept as one ``\\n``; every other run of white space is one blank.
    """

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    entities: tuple[Entity, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The original stretch behind folded characters start..end (end exclusive, 0 <= start < end)."""
        first, last = self.starts[start], max(self.ends[start:end])
        return Span(first, last, self.original[first:last])

    def locate(self, offset: int) -> int:
        """Index of the folded character that stands for the original `offset` (or the last one before it)."""
        return max(0, bisect_right(self.starts, offset) - 1)


def normalise(text: str) -> NormalisedText:
    """Fold `text`; any string is accepted, the empty one too."""
    entities = find_entities(text)
    chars = undo(_one_blank(_fold_characters(text)), entities)
    return NormalisedText(text, chars.text, tuple(chars.starts), tuple(chars.ends), entities)


def fold_name(name: str) -> str:
    """A name from a list as it reads in a folded text; disguises are not undone."""
    return _fold_stretch(name, 0, len(name)).text


_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--[^<>]{0,300}-->|&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_SARA_AM_APART = re.compile("\u0e4d[\u0e48-\u0e4b]?\u0e32|\u0ecd[\u0ec8-\u0ecb]?\u0eb2")
_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
# White space and control characters, except where a single blank or line break stands alone.
_ODD_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]{2,}|[^\S \n]|[\x00-\x1f\x7f](?<!\n)")


def _fold_characters(text: str) -> Characters:
    if "<" not in text and "&" not in text:
        return _fold_stretch(text, 0, len(text))
    parts: list[Characters] = []
    at = 0
    for match in _MARKUP.finditer(text):
        start, end = match.span()
        # A tag parts words like a line break; an entity stands for its character.
        meant = "\n" if text[start] == "<" else unicodedata.normalize("NFKC", html.unescape(match.group())).lower()
        parts += (_fold_stretch(text, at, start), Characters(meant, [start] * len(meant), [end] * len(meant)))
        at = end
    return join([*parts, _fold_stretch(text, at, len(text))])


def _one_blank(chars: Characters) -> Characters:
    """Control characters dropped, a run of white space as one blank or line break.

    The blank keeps the width of its run: two blanks part words that are written in single letters.
    """
    text = chars.text
    parts: list[Characters] = []
    at = 0
    for match in _ODD_BLANKS.finditer(text):
        start, end = match.span()
        parts.append(chars.part(at, start))
        if blanks := [i for i in range(start, end) if text[i].isspace()]:
            blank = "\n" if not _BREAKS.isdisjoint(text[start:end]) else " "
            parts.append(Characters(blank, [chars.starts[blanks[0]]], [chars.ends[blanks[-1]]]))
        at = end
    return join([*parts, chars.part(at, len(text))]) if parts else chars


def _fold_stretch(text: str, start: int, end: int) -> Characters:
    """text[start:end] folded character by character."""
    if text.isascii():
        return Characters(text[start:end].lower(), list(range(start, end)), list(range(start + 1, end + 1)))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = start
    for match in _FOREIGN.finditer(text, start, end):
        first = match.start()
        if first > at and unicodedata.category(text[first]) in ("Mn", "Me"):
            first -= 1  # the mark belongs to the plain letter before it
        pieces.append(text[at:first].lower())
        starts += range(at, first)
        ends += range(at + 1, first + 1)
        at = match.end()
        for i, j in _clusters(text, first, at):
            folded = _fold_cluster(text[i:j])
            pieces.append(folded)
            starts += [i] * len(folded)
            ends += [j] * len(folded)
    pieces.append(text[at:end].lower())
    starts += range(at, end)
    ends += range(at + 1, end + 1)
    return _with_sara_am(Characters("".join(pieces), starts, ends))


def _with_sara_am(chars: Characters) -> Characters:
    """Thai and Lao sara am as the one letter that everybody types: NFKC takes it apart, and so do some keyboards."""
    text = chars.text
    parts: list[Characters] = []
    at = 0
    for match in _SARA_AM_APART.finditer(text):
        start, end = match.span()
        # The tone mark between the two halves comes before the letter.
        whole = text[start + 1 : end - 1] + ("\u0e33" if text[start] == "\u0e4d" else "\u0eb3")
        parts.append(chars.part(at, start))
        parts.append(Characters(whole, chars.starts[start : end - 1], chars.ends[start + 1 : end]))
        at = end
    return join([*parts, chars.part(at, len(text))]) if parts else chars


def _clusters(text: str, i: int, n: int) -> list[tuple[int, int]]:
    """(start, end) of each base character in text[i:n] with its combining marks; a flag's two letters together."""
    out: list[tuple[int, int]] = []
    while i < n:
        j = i + 1
        if _is_flag_letter(text[i]) and j < n and _is_flag_letter(text[j]):
            j += 1
        else:
            while j < n and unicodedata.category(text[j]) in ("Mn", "Me"):
                j += 1
        out.append((i, j))
        i = j
    return out


def _is_flag_letter(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def _fold_cluster(cluster: str) -> str:
    # Only short ones are remembered: a letter under a thousand marks would not come back.
    return _remembered(cluster) if len(cluster) <= 4 else _fold_marks(cluster)


def _fold_marks(cluster: str) -> str:
    base = cluster[0]
    if len(cluster) == 2 and _is_flag_letter(base) and _is_flag_letter(cluster[1]):
        country = "".join(chr(ord(c) - 0x1F1E6 + 65) for c in cluster)
        return f" {FLAGS.get(country, country.lower())} "
    if unicodedata.category(base) in ("Cf", "Cs", "Co", "Cn") or base in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0":
        return ""
    folded = unicodedata.normalize("NFKC", cluster)
    if not _protected_script(base):
        # Marks that did not compose with their letter (struck-through, "zalgo") carry no meaning here.
        folded = "".join(c for c in folded if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    folded = "".join(ALWAYS.get(c, c) for c in folded).lower()
    folded = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    if "\u0307" in folded:  # what lower-casing leaves of a dotted capital I
        folded = folded.replace("\u0307", "")
    return folded


_remembered = lru_cache(maxsize=8192)(_fold_marks)


def _protected_script(char: str) -> bool:
    code = ord(char)
    return 0x0E00 <= code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x1780 <= code <= 0x17FF or 0x2E80 <= code <= 0xD7FF
