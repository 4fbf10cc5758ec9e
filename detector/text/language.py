"""Which language a text is mostly written in. For wording and reports only: every list runs on every text.

A count of function words is enough for that and costs 0.1 ms; general identifiers take 2 ms or more and mix up
Indonesian and Malay.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files

import yaml

SUPPORTED = ("id", "en", "ms", "fil", "vi", "th", "zh", "km", "my")
UNKNOWN = "und"
UNSPACED = frozenset({"th", "zh", "km", "my"})  # written without blanks: no word boundaries

_WORD = re.compile(r"[^\W\d_]+")
# Scripts that settle the language: (language, first code point, last code point).
_SCRIPTS = (
    ("th", 0x0E00, 0x0E7F), ("lo", 0x0E80, 0x0EFF), ("my", 0x1000, 0x109F), ("km", 0x1780, 0x17FF),
    ("ja", 0x3040, 0x30FF), ("zh", 0x4E00, 0x9FFF), ("ko", 0xAC00, 0xD7AF), ("ar", 0x0600, 0x06FF),
    ("hi", 0x0900, 0x097F), ("ru", 0x0400, 0x04FF),
)  # fmt: skip


@cache
def _words() -> dict[str, list[list[str]]]:
    """Word -> the lists that hold it, each by its languages; a list may belong to two of them."""
    raw = yaml.safe_load((files("detector") / "resources" / "text" / "languages.yaml").read_text(encoding="utf-8"))
    table: dict[str, list[list[str]]] = {}
    for languages, words in raw.items():
        for word in dict.fromkeys(words):
            table.setdefault(str(word), []).append(languages.split())
    return table


def identify(folded: str) -> str:
    """ISO 639 code of the main language of a folded text, ``und`` when nothing is recognised.

    Codes outside :data:`SUPPORTED` (``ar``, ``hi``, ``ja``, ``ko``, ``lo``, ``ru``) mean: recognised, but without
    rules of its own.
    """
    sample = folded[:5000]
    if not sample.isascii():
        scripts = Counter(
            name for char in sample if char > "\u02ff" for name, lo, hi in _SCRIPTS if lo <= ord(char) <= hi
        )
        latin = sum("a" <= char <= "z" for char in sample)
        if scripts:
            name, count = scripts.most_common(1)[0]
            # Chinese and Thai say in one sign what takes Latin script three.
            if count * 3 > latin:
                return "ja" if name == "zh" and scripts["ja"] * 5 > scripts["zh"] else name
    table = _words()
    # What Indonesian and Malay share settles that it is one of them; with nothing to part them it is Indonesian.
    scores = dict.fromkeys(SUPPORTED, 0.0)
    tokens = _WORD.findall(sample)
    for token in tokens:
        for languages in (lists := table.get(token, ())):
            for language in languages:
                scores[language] += 1 / len(lists)
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] and scores[best] >= min(2.0, 0.1 * len(tokens)) else UNKNOWN
