"""The result card: one picture to send to a sister or a family group. Nothing of the advert is on it but, where asked
for, its contacts. Drawn in a font that ships with the page, so that it looks the same everywhere.

There is no card for an advert without strong signs: whoever wrote it could pass it round as an approval.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from detector.assessment import Assessment, Level
from detector.indicators.catalogue import Catalogue
from detector.words import RATED, headline, sentence
from webui import result
from webui.markup import shorten
from webui.words import Say

_WIDTH, _EDGE, _MOST_SIGNS, _MOST_CONTACTS = 1080, 72, 6, 4
_PAPER, _INK, _SOFT, _LINE, _GRAVE, _TEAL = "#fbf9f4", "#1c2b30", "#4a585c", "#d9d5c9", "#8f2f08", "#0b4f55"
_BANDS = {Level.HIGH: ("#8f2f08", "#ffffff"), Level.CHECK: ("#f4c94f", "#2a2000")}
_TALLEST = 3000


@dataclass(frozen=True, slots=True)
class Card:
    """The words of a card, top to bottom."""

    level: Level
    headline: str
    sentence: str
    signs: tuple[tuple[int, str], ...]
    more: str
    contacts: tuple[str, ...]
    help: tuple[tuple[str, str, str], ...]  # who, the number or address, and when it was last confirmed
    day: str


def card_words(assessment: Assessment, catalogue: Catalogue, say: Say, day: date, with_contacts: bool) -> Card | None:
    """What the card of `assessment` says; None when there is no card for it."""
    if assessment.kind not in RATED or assessment.level not in _BANDS:
        return None
    found = result.known(assessment, catalogue)
    names = list(zip((f.number for f in found), result.sign_names(found, catalogue, say), strict=True))
    rest = len(names) - _MOST_SIGNS
    written = result.contacts(assessment)[:_MOST_CONTACTS] if with_contacts else []
    return Card(
        assessment.level,
        headline(assessment, say),
        sentence(assessment, say),
        tuple(names[:_MOST_SIGNS]),
        say("card.more", n=rest) if rest > 0 else "",
        tuple(shorten(text, 48) for text in written),
        tuple(
            (say.pick(line.name), line.value, say("help.checked", date=say.month(line.checked)))
            for line in result.few_help_lines(assessment)
        ),
        result.day_words(day, say),
    )


def draw_card(card: Card, say: Say) -> bytes:
    """The card as a PNG, 1080 pixels wide and as high as its words need."""
    image = Image.new("RGB", (_WIDTH, _TALLEST), _PAPER)
    pen = _Pen(image)
    ground, ink = _BANDS[card.level]
    bottom = pen.measure(card.headline, 64, bold=True, indent=104) + pen.measure(card.sentence, 36) + 2 * 60 + 22
    pen.draw.rectangle((0, 0, _WIDTH, bottom), ground)
    pen.y = 60
    _icon(pen.draw, card.level, _EDGE, pen.y + 8, 72, ink, ground)
    pen.text(card.headline, 64, ink, bold=True, indent=104)
    pen.y += 22
    pen.text(card.sentence, 36, ink)
    pen.y = bottom + 48
    if card.signs:
        pen.text(say("cards.title"), 32, _TEAL, bold=True)
        for number, name in card.signs:
            pen.y += 14
            pen.chip(str(number))
            pen.text(name, 40, _INK, bold=True, indent=76)
        if card.more:
            pen.y += 10
            pen.text(card.more, 34, _SOFT, indent=76)
        pen.rule()
    if card.contacts:
        pen.text(say("card.contacts"), 32, _TEAL, bold=True)
        for contact in card.contacts:
            pen.text(contact, 36, _INK)
        pen.text(say("card.contacts_note"), 28, _SOFT)
        pen.rule()
    pen.text(say("card.help"), 32, _TEAL, bold=True)
    for name, value, checked in card.help:
        pen.y += 8
        pen.pair(name, value)
        pen.text(checked, 26, _SOFT)
    pen.rule()
    pen.text(say("card.limits"), 30, _SOFT)
    pen.y += 8
    pen.text(say("card.made", day=card.day), 30, _SOFT)
    out = io.BytesIO()
    image.crop((0, 0, _WIDTH, min(pen.y + 56, _TALLEST))).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Pen:
    """Writes lines of text below each other."""

    def __init__(self, image: Image.Image) -> None:
        self.draw = ImageDraw.Draw(image)
        self.y = 0

    def text(self, words: str, size: int, ink: str, *, bold: bool = False, indent: int = 0) -> None:
        """`words` over as many lines as they need."""
        for line in _wrapped(words, size, bold, _WIDTH - 2 * _EDGE - indent):
            self.draw.text((_EDGE + indent, self.y), line, fill=ink, font=_font(size, bold))
            self.y += _step(size)

    def measure(self, words: str, size: int, *, bold: bool = False, indent: int = 0) -> int:
        """How high `words` will stand."""
        return _step(size) * len(_wrapped(words, size, bold, _WIDTH - 2 * _EDGE - indent))

    def pair(self, name: str, value: str) -> None:
        """A name with its number, on one line where both fit."""
        width = _font(40, True).getlength(value)
        if _font(36, False).getlength(name) + width + 40 > _WIDTH - 2 * _EDGE:
            self.text(name, 36, _INK)
            self.text(value, 40, _TEAL, bold=True)
            return
        self.draw.text((_EDGE, self.y + 4), name, fill=_INK, font=_font(36, False))
        self.draw.text((_WIDTH - _EDGE - width, self.y), value, fill=_TEAL, font=_font(40, True))
        self.y += _step(40)

    def chip(self, number: str) -> None:
        """The number of a sign, left of its name."""
        top = self.y + 4
        self.draw.rounded_rectangle((_EDGE, top, _EDGE + 52, top + 48), 8, _GRAVE)
        self.draw.text((_EDGE + 26, top + 24), number, fill="#ffffff", font=_font(32, True), anchor="mm")

    def rule(self) -> None:
        """A line between two parts."""
        self.y += 26
        self.draw.line((_EDGE, self.y, _WIDTH - _EDGE, self.y), _LINE, 3)
        self.y += 26


def _icon(draw: ImageDraw.ImageDraw, level: Level, x: int, y: int, size: int, ink: str, ground: str) -> None:
    """The level's shape: an eight-cornered stop sign or a triangle, with an exclamation mark."""
    third = size * 0.29
    corners = {
        Level.HIGH: [(third, 0), (size - third, 0), (size, third), (size, size - third), (size - third, size),
                     (third, size), (0, size - third), (0, third)],
        Level.CHECK: [(size / 2, 0), (size, size * 0.92), (0, size * 0.92)],
    }[level]  # fmt: skip
    draw.polygon([(x + a, y + b) for a, b in corners], ink)
    draw.text((x + size / 2, y + size * (0.5 if level is Level.HIGH else 0.58)), "!", ground, _font(50, True), "mm")


def _wrapped(words: str, size: int, bold: bool, width: int) -> list[str]:
    """`words` in lines of at most `width` pixels; a word that is longer than a line is cut."""
    font, lines = _font(size, bold), [""]
    for word in words.split():
        while font.getlength(word) > width:
            cut = next(n for n in range(len(word), 0, -1) if font.getlength(word[:n]) <= width)
            lines += [word[:cut]]
            word = word[cut:]
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [line for line in lines if line] or [""]


def _step(size: int) -> int:
    return round(size * 1.36)


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    weight: Literal["Bold", "Regular"] = "Bold" if bold else "Regular"
    return ImageFont.truetype(Path(__file__).parent / "fonts" / f"NotoSans-{weight}.ttf", size)
