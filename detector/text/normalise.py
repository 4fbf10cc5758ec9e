"""Folded text with a map back to the original.

`normalise` undoes what recruiters (and phones, and OCR) do to words, so that phrases can be written plainly:
compatibility forms, invisible marks, look-alike letters, leet digits, spaced or dotted letters, stretched letters and
common abbreviations. Links, mail addresses, phones and handles are recognised first and only lower-cased. Text in
Thai, Khmer, Burmese, Lao or Chinese script is never folded beyond NFKC.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from detector.assessment import Span
from detector.text.entities import Entity, find_entities
from detector.text.lookalikes import ALWAYS, FLAGS, FOREIGN

__all__ = ["Entity", "NormalisedText", "normalise"]


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


@dataclass(slots=True)
class _Char:
    """One folded character and the original stretch that it stands for."""

    text: str
    start: int
    end: int


def normalise(text: str) -> NormalisedText:
    """Fold `text`; any string is accepted, the empty one too."""
    entities = find_entities(text)
    chars = _fold_characters(text)
    chars = _fold_tokens(chars, entities)
    return NormalisedText(
        text, "".join(c.text for c in chars), tuple(c.start for c in chars), tuple(c.end for c in chars), entities
    )


# --- characters --------------------------------------------------------------------------------------------------


_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--[^<>]{0,300}-->|&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")


def _fold_characters(text: str) -> list[_Char]:
    folded: list[_Char] = []
    at = 0
    if "<" in text or "&" in text:
        for match in _MARKUP.finditer(text):
            folded += _fold_stretch(text, at, match.start())
            # A tag parts words like a line break; an entity stands for its character.
            meant = (
                "\n" if match.group()[0] == "<" else unicodedata.normalize("NFKC", html.unescape(match.group())).lower()
            )
            folded += [_Char(c, match.start(), match.end()) for c in meant]
            at = match.end()
    folded += _fold_stretch(text, at, len(text))
    out: list[_Char] = []
    for char in folded:
        if char.text.isspace():
            char.text = "\n" if char.text in "\n\r\v\f\x85\u2028\u2029" else " "
            if out and out[-1].text in " \n":
                # Two blanks in a row keep their width: they part words written in single letters.
                if char.text == "\n":
                    out[-1].text = "\n"
                out[-1].end = char.end
                continue
        elif char.text < " " or char.text == "\x7f":
            continue
        out.append(char)
    return out


def _fold_stretch(text: str, start: int, end: int) -> list[_Char]:
    if text.isascii():
        return [_Char(c, i, i + 1) for i, c in enumerate(text[start:end].lower(), start)]
    return [c for first, last in _clusters(text, start, end) for c in _fold_cluster(text, first, last)]


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


def _fold_cluster(text: str, start: int, end: int) -> list[_Char]:
    base = text[start]
    if base.isascii() and end == start + 1:
        return [_Char(base.lower(), start, end)]
    if end == start + 2 and _is_flag_letter(base) and _is_flag_letter(text[start + 1]):
        country = "".join(chr(ord(c) - 0x1F1E6 + 65) for c in text[start:end])
        return [_Char(c, start, end) for c in f" {FLAGS.get(country, country.lower())} "]
    if unicodedata.category(base) in ("Cf", "Cs", "Co", "Cn") or base in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0":
        return []
    folded = unicodedata.normalize("NFKC", text[start:end])
    if not _protected_script(base):
        # Marks that did not compose with their letter (struck-through, "zalgo") carry no meaning here.
        folded = "".join(c for c in folded if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    folded = "".join(ALWAYS.get(c, c) for c in folded).lower()
    folded = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    if "\u0307" in folded:  # what lower-casing leaves of a dotted capital I
        folded = folded.replace("\u0307", "")
    return [_Char(c, start, end) for c in folded]


def _protected_script(char: str) -> bool:
    code = ord(char)
    return 0x0E00 <= code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x1780 <= code <= 0x17FF or 0x2E80 <= code <= 0xD7FF


# --- tokens ------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[^\s,;:!?()\[\]{}\"“”'‘’/\\|•·…<>=+~#&^%]+")
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


def _fold_tokens(chars: list[_Char], entities: tuple[Entity, ...]) -> list[_Char]:
    text = "".join(c.text for c in chars)
    protected = _protected_indices(chars, entities)
    # Whole words in Cyrillic or Greek letters are a disguise only in a text of Latin letters.
    latin = any("a" <= c <= "z" for c in text)
    edits = _joined_letters(chars, text, protected)
    joined = [(start, end) for start, end, _ in edits]
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while end > start and text[end - 1] in ".-_*":
            end -= 1
        if end - start < 2 or protected[start] or any(s < end and start < e for s, e in joined):
            continue
        token = text[start:end]
        if (folded := _fold_token(token, latin)) != token:
            edits.append((start, end, folded))
        elif token in ("ga", "g") and chars[start].end - chars[start].start == 1 and _GA.match(text, end + 1):
            edits.append((start, end, "tidak"))
    for match in re.finditer(r"(?<![\w.])g (?=\w)", text):  # "g perlu": the shortest way to write "tidak"
        if not protected[match.start()] and _GA.match(text, match.end()):
            edits.append((match.start(), match.start() + 1, "tidak"))
    if not edits:
        return chars
    out: list[_Char] = []
    at = 0
    for start, end, folded in sorted(edits):
        if start < at:
            continue
        out.extend(chars[at:start])
        out.extend(_spread(folded, chars[start:end]))
        at = end
    out.extend(chars[at:])
    return out


def _protected_indices(chars: list[_Char], entities: tuple[Entity, ...]) -> bytearray:
    marks = bytearray(len(chars) + 1)
    if entities:
        starts = [c.start for c in chars]
        for entity in entities:
            for i in range(bisect_right(starts, entity.start - 1), bisect_right(starts, entity.end - 1)):
                marks[i] = 1
    return marks


def _spread(folded: str, chars: list[_Char]) -> list[_Char]:
    """Give each folded character its own original character where the lengths agree, else the whole stretch."""
    if len(folded) == len(chars):
        return [_Char(c, old.start, old.end) for c, old in zip(folded, chars, strict=True)]
    start, end = chars[0].start, max(c.end for c in chars)
    return [_Char(c, start, end) for c in folded]


def _joined_letters(chars: list[_Char], text: str, protected: bytearray) -> list[tuple[int, int, str]]:
    """Words written letter by letter: "k.a.m.b.o.j.a", "g a j i". Two blanks between letters part two words."""
    edits: list[tuple[int, int, str]] = []
    for match in _DOTTED.finditer(text):
        start, end = match.start(), match.end()
        word = text[start:end].replace(match.group(1), "")
        if not protected[start] and _is_word_like(word):
            edits.append((start, end, _fold_token(word)))
    for match in _SPACED.finditer(text):
        start = match.start()
        for piece in _pieces(chars, start, match.end()):
            word = text[piece[0] : piece[1]].replace(" ", "")
            if len(word) >= 4 and not protected[piece[0]] and _is_word_like(word):
                edits.append((*piece, _fold_token(word)))
    return edits


def _pieces(chars: list[_Char], start: int, end: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    first = start
    for i in range(start, end):
        if chars[i].text == " " and chars[i].end - chars[i].start > 1:
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
