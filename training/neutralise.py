"""Undo what a source's file format did to its texts, so that a model cannot tell the source by it.

What stays is what the advertiser wrote: words, numbers, contacts, sentence punctuation.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<[^<>]{1,200}>")
_MASKED = re.compile(r"#(?:URL|EMAIL|PHONE)_[0-9a-f]+#", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()]{1,300}\)")
# UTF-8 once read as Latin-1: a lead byte and its continuation bytes, each as a character.
_MOJIBAKE = re.compile("(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")
_QUOTES_AND_DASHES = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚‛`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad", ""),
        "…": "...",
    }
)
_RANGE = re.compile(r"(?<=\d)\s*-\s*(?=(?:Rp\.?|IDR|USD)?\s?\d)")
_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,2}|[a-zA-Z])[.)]\s+", re.MULTILINE)
_RULER = re.compile(r"[_=*~.\-]{4,}")
_BULLETS = re.compile(
    r"[|•●▪◦‣·⁃○■□▶►➤➢➔→✓✔☑✅✦★☆❖◆◇\uf000-\uf0ff]|(?<!\S)[-*+~>]+(?!\S)|(?<!\S)[-*>](?=[^\W\d])|(?<=\w)-(?=\s+\w)"
)
_BLANKS = re.compile(r"\s+")
_GLUED_SENTENCE = re.compile(r"(?<=[a-z)][.!?:;])(?=[A-Z][a-z])")
_GLUED_WORDS = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")


def neutralise(text: str) -> str:
    """One line of plain text: no entities, tags, masks, bullets or numbering; plain quotes, dashes and ranges."""
    text = _MOJIBAKE.sub(lambda m: m.group().encode("latin-1").decode("utf-8", "ignore"), text)
    text = _TAG.sub(" ", html.unescape(html.unescape(text)))
    text = _MASKED.sub(" ", _MARKDOWN_LINK.sub(r"\1", text))
    text = text.translate(_QUOTES_AND_DASHES)
    text = _RANGE.sub("-", _NUMBERING.sub(" ", text))
    text = _BULLETS.sub(" ", _RULER.sub(" ", text))
    return _BLANKS.sub(" ", text).strip(' "')


def unglue(text: str) -> str:
    """Part the words that stand together where a source lost its line breaks ("skillsStrong", "work.Apply")."""
    return _GLUED_WORDS.sub(" ", _GLUED_SENTENCE.sub(" ", text))
