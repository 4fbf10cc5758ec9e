"""The page's own words beside those that it shares with the command line (`detector.words`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

import yaml

from detector import words
from detector.words import Lang

LANGUAGES: dict[Lang, str] = {"id": "Indonesia", "en": "English"}


@cache
def table() -> dict[str, dict[str, str]]:
    """Every string that only the page uses: key -> language -> text."""
    content = yaml.safe_load((Path(__file__).parent / "strings.yaml").read_text(encoding="utf-8"))
    return cast(dict[str, dict[str, str]], content)


class Say(words.Say):
    """Speaks one language: ``say("form.button")``; knows the shared words and the page's."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(lang, table())
