"""The words that explain an assessment, in Indonesian and English, from ``resources/text/words.yaml``.

Kept out of the code so that somebody who knows the readers can improve the wording without touching Python.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal, cast

import yaml

from detector.assessment import Assessment, Kind
from detector.indicators.catalogue import Entry, Source
from detector.indicators.catalogue import Words as Pair
from detector.policy import REASONS

Lang = Literal["id", "en"]
RATED = (Kind.ADVERT, Kind.QUESTION)
# Notes after which there was nothing to judge: the note is the answer.
NOTHING_READ = ("empty", "too_short", "no_words")


@cache
def table() -> dict[str, dict[str, str]]:
    """Every shared string: key -> language -> text."""
    text = (files("detector") / "resources" / "text" / "words.yaml").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, str]], yaml.safe_load(text))


class Say:
    """Speaks one language: ``say("form.button")``."""

    def __init__(self, lang: Lang, more: dict[str, dict[str, str]] | None = None) -> None:
        self.lang = lang
        self._table = {**table(), **(more or {})}

    def __call__(self, key: str, **values: object) -> str:
        """The string `key` with `values` filled in; a missing key is a mistake in the code and raises KeyError."""
        return self._table[key][self.lang].format(**values)

    def has(self, key: str) -> bool:
        """Whether there are words for `key` (ids of notes may be newer than the words)."""
        return key in self._table

    def pick(self, pair: Pair | dict[str, str]) -> str:
        """The side of a two-language text from the catalogue."""
        return pair[self.lang] if isinstance(pair, dict) else cast(str, getattr(pair, self.lang))

    def month(self, stamp: str) -> str:
        """``2025-12`` as "Desember 2025"; a bare year stays."""
        year, _, month = stamp.partition("-")
        return f"{self('month.' + month)} {year}" if month else year

    def number(self, value: float, digits: int = 1) -> str:
        """A number with the language's decimal sign and without a trailing zero."""
        text = f"{value:,.{digits}f}"
        if digits:
            text = text.rstrip("0").rstrip(".")
        return text.translate(str.maketrans(",.", ".,")) if self.lang == "id" else text


def headline(assessment: Assessment, say: Say) -> str:
    """The answer in a few words: the level of what was rated, else what kind of text it is."""
    return say(f"level.{assessment.level}") if assessment.kind in RATED else say(f"kind.{assessment.kind}")


def sentence(assessment: Assessment, say: Say) -> str:
    """The one sentence under the headline; the pattern decides what not to do yet."""
    if assessment.kind not in RATED:
        return say(f"kind.{assessment.kind}.sentence")
    key = f"sentence.{assessment.level}.{assessment.pattern}"
    return say(key if say.has(key) else f"sentence.{assessment.level}")


def note(assessment: Assessment, say: Say) -> str:
    """What must be said beside the answer; empty when there is nothing."""
    key = f"note.{assessment.note}"
    return say(key) if assessment.note and say.has(key) else ""


def sign_label(entry: Entry, assessment: Assessment, say: Say) -> str:
    """What the sign `entry` is called in `assessment`."""
    return say("praised_pay.label") if _only_praised(entry, assessment) else say.pick(entry.label)


def sign_definition(entry: Entry, assessment: Assessment, say: Say) -> str:
    """What the sign `entry` says of `assessment`."""
    return say("praised_pay.definition") if _only_praised(entry, assessment) else say.pick(entry.definition)


def _only_praised(entry: Entry, assessment: Assessment) -> bool:
    """The pay is called fantastic, but it is below what such work brings there: then it is not called too high."""
    pay = assessment.facts.pay
    return entry.id == "unrealistic_pay" and pay is not None and pay.ratio is not None and pay.ratio < 1


def cited(source: Source) -> str:
    """A source with its year, which many names of laws and reports already hold."""
    return source.authority if str(source.year) in source.authority else f"{source.authority} ({source.year})"


def reasons(assessment: Assessment, say: Say) -> list[str]:
    """Why the level is what it is, one sentence each."""
    return [say.pick(REASONS[name]) for name in assessment.reasons if name in REASONS]
