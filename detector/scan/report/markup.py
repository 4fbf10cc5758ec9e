"""HTML and SVG in which text is escaped unless it was made here: nothing from an advert can become markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

# Invisible controls, and the marks that turn the writing direction around: an advert that hides words behind a
# right-to-left override is shown in the order in which it is read. Lone surrogates cannot be encoded.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_EMPTY = frozenset({"meta", "rect", "line", "circle", "path", "polyline", "br"})


class Safe(str):
    """HTML that is finished; every other string is escaped when it is put into an element."""

    __slots__ = ()


def escape(text: object) -> Safe:
    """`text` as HTML shows it, without invisible control characters; a `Safe` stays as it is."""
    if isinstance(text, Safe):
        return text
    return Safe(html.escape(_SURROGATE.sub("\ufffd", _INVISIBLE.sub("", str(text))), quote=True))


def join(pieces: Iterable[object], between: str = "") -> Safe:
    """Pieces one after another, each escaped unless it is `Safe`."""
    return Safe(escape(between).join(map(escape, pieces)))


def el(tag: str, *children: object, **attributes: object) -> Safe:
    """One element.

    A child or attribute that is None is left out; ``class_`` and ``stroke_width`` become ``class`` and
    ``stroke-width``.
    """
    inside = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _EMPTY:
        return Safe(f"<{tag}{inside}/>")  # inside SVG only the stroke closes it
    return Safe(f"<{tag}{inside}>{join(child for child in children if child is not None)}</{tag}>")


def quoted(text: str) -> Safe:
    """Words of an advert or of its author, kept from turning the direction of what stands around them."""
    return el("bdi", text)


def shorten(text: str, limit: int) -> str:
    """`text` on one line, cut at a word near `limit` characters."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head = flat[:limit]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head).rstrip(" ,.;:") + "…"


def table(head: Iterable[object], rows: Iterable[Iterable[object]], css: str = "", numbers: Iterable[int] = ()) -> Safe:
    """A table; `numbers` are the columns, from 0, that are set flush right. Cells know their heading for phones."""
    names = list(head)
    right = set(numbers)

    def cells(row: Iterable[object]) -> Safe:
        return join(
            el("td", cell, class_="n" if i in right else None, data_head="" if isinstance(names[i], Safe) else names[i])
            for i, cell in enumerate(row)
        )

    top = el("tr", *(el("th", name, class_="n" if i in right else None, scope="col") for i, name in enumerate(names)))
    return el("table", el("thead", top), el("tbody", *(el("tr", cells(row)) for row in rows)), class_=css or None)
