"""Small, safe pieces of HTML. Everything that came from the ad passes through :func:`untrusted` before any markup.

`st.html` is used throughout, so that Markdown, LaTeX, emoji codes and links in an ad stay plain letters.
"""

from __future__ import annotations

import html
import re

# Invisible controls: C0/C1 except newline and tab, and the marks that turn the writing direction around. An ad that
# hides words behind a right-to-left override is shown in the order in which it is read.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_VOID = frozenset({"img"})


def plain(text: str) -> str:
    """`text` escaped for HTML, without invisible control characters."""
    return html.escape(_INVISIBLE.sub("", text), quote=True)


def untrusted(text: str) -> str:
    """Text from an ad: escaped, and isolated so that its writing direction cannot spill over."""
    return f"<bdi>{plain(text)}</bdi>"


def shorten(text: str, limit: int = 90) -> str:
    """`text` on one line, cut at a word near `limit` characters."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head = flat[:limit].rsplit(" ", 1)[0] if " " in flat[:limit] else flat[:limit]
    return head.rstrip(" ,.;:") + "…"


def tag(name: str, content: str, css: str = "", **attributes: str) -> str:
    """One element; `content` is HTML already, attribute values are escaped."""
    pairs = {"class": css, **attributes} if css else attributes
    inside = "".join(f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"' for key, value in pairs.items())
    return f"<{name}{inside}>" if name in _VOID else f"<{name}{inside}>{content}</{name}>"


def section(title: str, body: str, css: str = "", intro: str = "") -> str:
    """A titled part of the answer."""
    lead = tag("p", plain(intro), "intro") if intro else ""
    return tag("section", tag("h2", plain(title)) + lead + body, f"part {css}".strip())
