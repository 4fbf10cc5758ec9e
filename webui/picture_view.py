"""A poster as HTML: the picture alone, or with a numbered frame around every sign found in it.

The frames are numbered like the cards, and differ in the kind of line as well as in colour.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from detector.assessment import Strength
from detector.ocr import Box, Reading
from webui.cards import Finding
from webui.highlight import ORDER
from webui.markup import plain, section, tag, untrusted
from webui.pictures import Poster, Sheet
from webui.words import Say

_WORDS = re.compile(r"\s+|\S+")
_RETYPED = 80  # letters up to which a stretch can be a word or two that were read wrongly
_ALIKE = 0.5  # share of letters in common; below it the stretch was written anew and stands nowhere in the picture
_NEAR = (9.0, 5.0)  # per cent of width and height within which two numbers would cover each other

_MARGIN = 12.0  # per cent of the width left of which a number finds room beside the text


@dataclass(frozen=True, slots=True)
class Frame:
    """One box of one sign. `first`: the sign begins here; only there stands its number."""

    page: int
    box: Box
    number: int
    strength: Strength
    first: bool


class Alignment:
    """Where stretches of a text that was corrected by hand stood in what was read."""

    def __init__(self, text: str, read: str) -> None:
        mine, theirs = _WORDS.findall(text), _WORDS.findall(read)
        at, there = _offsets(mine), _offsets(theirs)
        matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
        self._pieces = [
            (kind == "equal", at[i], at[j], there[m], there[n])
            for kind, i, j, m, n in matcher.get_opcodes()
            if _alike(text[at[i] : at[j]], read[there[m] : there[n]])
        ]

    def stretches(self, start: int, end: int) -> list[tuple[int, int]]:
        """Stretches of what was read that start..end came from; a word that was retyped stands for the old one."""
        out = []
        for same, begin, stop, old, old_stop in self._pieces:
            first, last = max(start, begin), min(end, stop)
            if first < last:
                out.append((old + first - begin, old + last - begin) if same else (old, old_stop))
        return out


def _alike(new: str, old: str) -> bool:
    if not new.strip():  # a blank that is the same says nothing
        return False
    if new == old:
        return True
    if max(len(new), len(old)) > _RETYPED:
        return False
    return SequenceMatcher(None, new.lower(), old.lower(), autojunk=False).ratio() >= _ALIKE


def _offsets(words: Sequence[str]) -> list[int]:
    out = [0]
    for word in words:
        out.append(out[-1] + len(word))
    return out


def frames(reading: Reading, text: str, found: Iterable[Finding]) -> list[Frame]:
    """The frames of all sightings in `text`, what was read or a corrected form of it; the gravest last, on top."""
    alignment = Alignment(text, reading.text)
    out = []
    for finding in found:
        for signal in finding.signals:
            places = [p for a, b in alignment.stretches(signal.start, signal.end) for p in reading.boxes(a, b)]
            out += [Frame(p.page, p.box, finding.number, signal.strength, not i) for i, p in enumerate(places)]
    return sorted(out, key=lambda frame: -ORDER[frame.strength])


def bare(poster: Poster, say: Say) -> str:
    """The picture as it was given, in a box that scrolls, to compare the text with."""
    label = say("picture.alt")
    sheets = "".join(tag("div", _image(sheet, label), "sheet") for sheet in poster.sheets)
    box = tag("div", sheets, "compare", tabindex="0", role="group", aria_label=label)
    return tag("p", untrusted(poster.name), "filename") + box


def framed(poster: Poster, text: str, found: Sequence[Finding], say: Say) -> str:
    """The picture with the signs found in it; empty when none of them has a place there."""
    drawn = frames(poster.reading, text, found)
    sheets = [
        _framed_sheet(sheet, here, say)
        for sheet in poster.sheets
        if (here := [frame for frame in drawn if frame.page == sheet.number])
    ]
    return section(say("picture.signs"), "".join(sheets), "poster", say("picture.legend")) if sheets else ""


def _framed_sheet(sheet: Sheet, here: Sequence[Frame], say: Say) -> str:
    boxes = "".join(_box(sheet, frame) for frame in here)
    numbers = ", ".join(str(n) for n in sorted({frame.number for frame in here}))
    return tag("div", _image(sheet, say("picture.alt_signs", numbers=numbers)) + boxes + _pins(sheet, here), "sheet")


def _box(sheet: Sheet, frame: Frame) -> str:
    """A frame in shares of the picture, so that it keeps its place at every width; turned as the text is."""
    (left, top), (right, end), _, (below, bottom) = frame.box
    width, height = math.hypot(right - left, end - top), math.hypot(below - left, bottom - top)
    place = f"left:{100 * left / sheet.width:.2f}%;top:{100 * top / sheet.height:.2f}%;"
    size = f"width:{100 * width / sheet.width:.2f}%;height:{100 * height / sheet.height:.2f}%;"
    turn = f"transform:rotate({math.degrees(math.atan2(end - top, right - left)):.2f}deg)"
    return tag("span", "", f"box m-{frame.strength}", style=place + size + turn, aria_hidden="true")


def _pins(sheet: Sheet, here: Sequence[Frame]) -> str:
    """The numbers, at the corner where their sign begins; those that would cover each other stand side by side."""
    groups: list[tuple[float, float, dict[int, Strength]]] = []
    for frame in sorted(here, key=lambda f: f.number):
        if not frame.first:
            continue
        x = 100 * min(x for x, _ in frame.box) / sheet.width
        y = 100 * min(y for _, y in frame.box) / sheet.height
        for left, top, members in groups:
            if abs(left - x) < _NEAR[0] and abs(top - y) < _NEAR[1]:
                members.setdefault(frame.number, frame.strength)
                break
        else:
            groups.append((x, y, {frame.number: frame.strength}))
    return "".join(
        tag(
            "span",
            "".join(tag("b", plain(str(number)), f"m-{strength}") for number, strength in members.items()),
            "pins at-edge" if x < _MARGIN else "pins",
            style=f"left:{min(x, 94):.2f}%;top:{y:.2f}%",
            aria_hidden="true",
        )
        for x, y, members in groups
    )


def _image(sheet: Sheet, alt: str) -> str:
    return tag("img", "", src=sheet.source, alt=alt, width=str(sheet.width), height=str(sheet.height))
