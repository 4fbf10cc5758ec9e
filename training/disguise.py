"""Simple rewrites by which senders of lures get past filters: the obfuscated copies of the evaluation."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from training import intervals
from training.dataset import Dataset
from training.intervals import Bootstrap
from training.outcomes import Outcomes

_WORD = re.compile(r"(?<![\w@./:])[^\W\d_]{4,}(?![\w@./:])")  # words of four letters or more, no part of a link or mail
_ALIKE = str.maketrans("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ")  # Latin to Cyrillic letters of the same look
_LEET = str.maketrans("aeiosAEIOS", "4310543105")
_ZERO_WIDTH = "\u200b"
_SHARE = 0.5  # of the words are disguised: enough to hide the telling ones, few enough to be read


def _rewrite(text: str, word: Callable[[str], str], seed: int) -> str:
    random_ = random.Random(f"{seed} {text}")
    return _WORD.sub(lambda m: word(m.group()) if random_.random() < _SHARE else m.group(), text)


def look_alike(text: str, seed: int = 7) -> str:
    """Letters replaced by Cyrillic ones that look the same."""
    return _rewrite(text, lambda w: w.translate(_ALIKE), seed)


def zero_width(text: str, seed: int = 7) -> str:
    """An invisible mark inside the words."""
    return _rewrite(text, lambda w: w[: len(w) // 2] + _ZERO_WIDTH + w[len(w) // 2 :], seed)


def spaced(text: str, seed: int = 7) -> str:
    """Letters set apart by blanks: l o w o n g a n."""
    return _rewrite(text, " ".join, seed)


def leet(text: str, seed: int = 7) -> str:
    """Digits for letters: l0k3r."""
    return _rewrite(text, lambda w: w.translate(_LEET), seed)


def accented(text: str, seed: int = 7) -> str:
    """A combining mark behind each vowel."""
    return _rewrite(text, lambda w: unicodedata.normalize("NFC", re.sub("([aeiou])", "\\1\u0301", w)), seed)


def dotted(text: str, seed: int = 7) -> str:
    """A full stop in the middle of the words: lowo.ngan."""
    return _rewrite(text, lambda w: w[: len(w) // 2] + "." + w[len(w) // 2 :], seed)


def _unchanged(text: str) -> str:
    return text


#: Title -> rewrite, in the order of the card.
REWRITES: dict[str, Callable[[str], str]] = {
    "look-alike letters": look_alike,
    "zero-width marks": zero_width,
    "letters set apart": spaced,
    "leet": leet,
    "accents": accented,
    "full stops in words": dotted,
}


def experiment(assess: Callable[[Dataset, list[str]], Outcomes], data: Dataset, draw: Bootstrap) -> dict[str, Any]:
    """Lures and honest adverts among `data` as they are and rewritten, judged by `assess`; a rewrite a row."""
    adverts = data.where(data.column("kind") == "advert")
    texts = [e.text for e in adverts.examples]
    before = assess(adverts, texts)
    lures = before.lures
    out: dict[str, Any] = {}
    for title, rewrite in {"as written": _unchanged, **REWRITES}.items():
        found = assess(adverts, [rewrite(text) for text in texts])
        lost = intervals.difference(intervals.share(before.flagged[lures]), intervals.share(found.flagged[lures]))
        out[title] = {
            "lures.flagged": draw.share(found.flagged[lures], found.units[lures]),
            "honest.flagged": draw.share(found.flagged[~lures], found.units[~lures]),
            "recall_lost": draw.number(lost, found.units[lures]),
        }
    return out
