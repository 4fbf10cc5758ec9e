"""The words that explain an assessment, in Indonesian and English, from ``resources/text/words.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from detector.assessment import Assessment, Kind
from detector.policy import REASONS

LANGUAGES = ("id", "en")


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    text = (files("detector") / "resources" / "text" / "words.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(text)
    return table


def word(section: str, key: str, lang: str) -> str:
    """One entry of the table; empty when it has no such key (an unknown note is not shown).

    Raises
    ------
    KeyError
        When the section does not exist or `lang` is not ``id`` or ``en``.
    """
    entry = _table()[section].get(key)
    return entry[lang] if entry else ""


def headline(assessment: Assessment, lang: str) -> str:
    """The answer in a few words: the level of what was rated, else what kind of text it is."""
    if assessment.kind in (Kind.ADVERT, Kind.QUESTION):
        return word("level", assessment.level, lang)
    return word("kind", assessment.kind, lang).capitalize()


def sentence(assessment: Assessment, lang: str) -> str:
    """The answer in one or two sentences."""
    if assessment.kind is Kind.ADVERT:
        return word("level_sentence", assessment.level, lang)
    return word("kind_sentence", assessment.kind, lang)


def reasons(assessment: Assessment, lang: str) -> list[str]:
    """Why the level is what it is, one sentence each."""
    return [REASONS[r][lang] for r in assessment.reasons if r in REASONS]
