"""Undoes disguised words in a folded text: leet digits, spaced, dotted or stretched letters, look-alike letters and
common abbreviations. The lists are data: ``resources/text/folding.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from detector.text.entities import Entity
from detector.text.lookalikes import FOREIGN

__all__ = ["Characters", "join", "undo"]


@dataclass(slots=True)
class Characters:
    """Folded characters and the original stretch behind each, in three rows of one length.

    An object per character would be plainer; it took three times as long.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def part(self, start: int, end: int) -> Characters:
        """The characters start..end (end exclusive)."""
        return Characters(self.text[start:end], self.starts[start:end], self.ends[start:end])


def join(parts: Iterable[Characters]) -> Characters:
    """One row after the other."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for part in parts:
        texts.append(part.text)
        starts += part.starts
        ends += part.ends
    return Characters("".join(texts), starts, ends)


_TOKEN = re.compile(r"[^\s,;:!?()\[\]{}\"“”'‘’/\\|•·…<>=+~#&^%]+")
_LATIN = re.compile("[a-z]")
_LONE_G = re.compile(r"(?<![\w.])g (?=\w)")
_STRETCH = re.compile(r"([a-z])\1{2,}")
_LETTER_OR_LEET = "[a-z0134579@$]"
_DOTTED = re.compile(
    rf"(?<![a-z0-9]){_LETTER_OR_LEET}(?:([.\-_*|·~/])(?:{_LETTER_OR_LEET}\1){{2,}}{_LETTER_OR_LEET})(?![a-z0-9])\1?"
)
_SPACED = re.compile(rf"(?<![^\s,;:!?()]){_LETTER_OR_LEET}(?: {_LETTER_OR_LEET}){{3,}}(?![^\s,;:!?().])")
_LEET = str.maketrans("013456789@$", "oieasgtbgas")
_SKELETON = str.maketrans("01l|3456789@$", "oiiieasgtbgas")
_GA = re.compile(
    r"(?:perlu|ada|usah|pakai|pake|harus|butuh|boleh|bisa|wajib|dipungut|ditahan|di\w+|mesti|bayar|ribet|repot)\b"
)


@dataclass(frozen=True, slots=True)
class _Folding:
    disguised: dict[str, str]
    keep: re.Pattern[str]
    abbreviations: dict[str, str]


@cache
def _folding() -> _Folding:
    raw: dict[str, Any] = yaml.safe_load(
        (files("detector") / "resources" / "text" / "folding.yaml").read_text(encoding="utf-8")
    )
    return _Folding(
        {_skeleton(word): word for word in raw["disguised"]},
        re.compile("|".join(f"(?:{p})" for p in raw["keep"])),
        raw["abbreviations"],
    )


def _skeleton(word: str) -> str:
    return word.translate(_SKELETON).replace("rn", "m").replace("vv", "w")


def undo(chars: Characters, entities: tuple[Entity, ...]) -> Characters:
    """Read disguised words as what they stand for; `entities` are left as they are."""
    text, starts, ends = chars.text, chars.starts, chars.ends
    protected = _protected_indices(starts, entities)
    # Whole words in Cyrillic or Greek letters are a disguise only in a text of Latin letters.
    latin = _LATIN.search(text) is not None
    edits = _joined_letters(chars, protected)
    joined = [(start, end) for start, end, _ in edits]
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while end > start and text[end - 1] in ".-_*":
            end -= 1
        if end - start < 2 or protected[start] or (joined and any(s < end and start < e for s, e in joined)):
            continue
        token = text[start:end]
        # Only short ones are remembered: a text without blanks would fill the memory.
        folded = _remembered(token, latin) if end - start <= 24 else _fold_token(token, latin)
        if folded != token:
            edits.append((start, end, folded))
        elif token == "ga" and ends[start] - starts[start] == 1 and _GA.match(text, end + 1):
            edits.append((start, end, "tidak"))
    for match in _LONE_G.finditer(text):  # "g perlu": the shortest way to write "tidak"
        if not protected[match.start()] and _GA.match(text, match.end()):
            edits.append((match.start(), match.start() + 1, "tidak"))
    return _edited(chars, edits) if edits else chars


def _edited(chars: Characters, edits: list[tuple[int, int, str]]) -> Characters:
    parts: list[Characters] = []
    at = 0
    for start, end, folded in sorted(edits):
        if start < at:
            continue
        parts += (chars.part(at, start), _spread(folded, chars.part(start, end)))
        at = end
    parts.append(chars.part(at, len(chars.text)))
    return join(parts)


def _protected_indices(starts: list[int], entities: tuple[Entity, ...]) -> bytearray:
    marks = bytearray(len(starts) + 1)
    for entity in entities:
        first, last = bisect_left(starts, entity.start), bisect_left(starts, entity.end)
        marks[first:last] = b"\1" * (last - first)
    return marks


def _spread(folded: str, chars: Characters) -> Characters:
    """Give each folded character its own original character where the lengths agree, else the whole stretch."""
    if len(folded) == len(chars.text):
        return Characters(folded, chars.starts, chars.ends)
    return Characters(folded, [chars.starts[0]] * len(folded), [max(chars.ends)] * len(folded))


def _joined_letters(chars: Characters, protected: bytearray) -> list[tuple[int, int, str]]:
    """Words written letter by letter: "k.a.m.b.o.j.a", "g a j i". Two blanks between letters part two words."""
    edits: list[tuple[int, int, str]] = []
    text = chars.text
    for match in _DOTTED.finditer(text):
        start, end = match.start(), match.end()
        word = text[start:end].replace(match.group(1), "")
        if not protected[start] and _is_word_like(word):
            edits.append((start, end, _fold_token(word)))
    for match in _SPACED.finditer(text):
        for first, last in _parted(chars, match.start(), match.end()):
            word = text[first:last].replace(" ", "")
            if len(word) >= 4 and not protected[first] and _is_word_like(word):
                edits.append((first, last, _fold_token(word)))
    return edits


def _parted(chars: Characters, start: int, end: int) -> list[tuple[int, int]]:
    """start..end cut where a blank stands for more than one."""
    out: list[tuple[int, int]] = []
    first = start
    for i in range(start, end):
        if chars.text[i] == " " and chars.ends[i] - chars.starts[i] > 1:
            out.append((first, i))
            first = i + 1
    out.append((first, end))
    return out


def _is_word_like(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    # "A B C D" lists driving licences, "1 2 3 4" counts; a word has unsorted letters and most of them are letters.
    return len(letters) * 2 > len(word) and letters != sorted(letters)


def _fold_token(token: str, latin: bool = True) -> str:
    folding = _folding()
    if latin and not token.isascii():
        token = _fold_foreign(token)
    if token.isalpha():
        if expansion := folding.abbreviations.get(token):
            return expansion
        if _STRETCH.search(token):
            token = _unstretch(token, folding)
        if (word := folding.disguised.get(_skeleton(token))) and word != token:
            return word  # "Ioker" with a capital I, "garne"
    elif any(c.isalpha() for c in token):
        token = _fold_leet(token, folding)
    return token


_remembered = lru_cache(maxsize=32768)(_fold_token)


def _fold_foreign(token: str) -> str:
    letters = [c for c in token if c.isalpha()]
    foreign = [c for c in letters if c in FOREIGN]
    if foreign and (len(foreign) == len(letters) or any("a" <= c <= "z" for c in letters)):
        token = "".join(FOREIGN.get(c, c) for c in token)
    if token.isascii():
        return token
    # Accents stay (Vietnamese), unless without them the token is a word that is often disguised.
    bare = "".join(c for c in unicodedata.normalize("NFD", token) if unicodedata.category(c) != "Mn")
    return _folding().disguised.get(_skeleton(bare), token) if bare.isascii() and bare != token else token


def _unstretch(token: str, folding: _Folding) -> str:
    if set(token) <= set("ivx") or token.startswith("www"):
        return token
    twice, once = _STRETCH.sub(r"\1\1", token), _STRETCH.sub(r"\1", token)
    known = folding.disguised.values()
    return twice if twice in known else folding.abbreviations.get(once, once)


def _fold_leet(token: str, folding: _Folding) -> str:
    if any(not (c.isalnum() or c in "@$|") for c in token):
        return token
    plain = _STRETCH.sub(r"\1", token)
    if word := folding.disguised.get(_skeleton(plain)):
        return word
    if folding.keep.fullmatch(token) or not re.search(r"[a-z][013456789@$]+[a-z]", token):
        return token
    # Digits between letters are leet; a leading number ("5jt", "2x") or one with a 2 in it is not.
    if token[0].isdigit() or "2" in token or sum(c.isdigit() for c in token) * 2 > len(token):
        return token
    return plain.translate(_LEET)
