"""The page's own words, in Indonesian and English, from ``strings.yaml``.

Kept out of the code so that somebody who knows the readers can improve the wording without touching Python.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, cast

import yaml

from detector.indicators.catalogue import Words as Pair

Lang = Literal["id", "en"]
LANGUAGES: dict[Lang, str] = {"id": "Indonesia", "en": "English"}


@cache
def table() -> dict[str, dict[str, str]]:
    """Every string: key -> language -> text."""
    content = yaml.safe_load((Path(__file__).parent / "strings.yaml").read_text(encoding="utf-8"))
    return cast(dict[str, dict[str, str]], content)


class Say:
    """Speaks one language: ``say("form.button")``."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, key: str, **values: object) -> str:
        """The string `key` with `values` filled in; a missing key is a mistake in the code and raises KeyError."""
        return table()[key][self.lang].format(**values)

    def has(self, key: str) -> bool:
        """Whether the page has words for `key` (ids of notes may be newer than the page)."""
        return key in table()

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
