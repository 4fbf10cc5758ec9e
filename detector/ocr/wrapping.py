"""Sentences that run over several lines of a poster become one line of text again.

The rules of the detector take a line break for the end of a clause, so "penahanan" at the end of one line and "ijazah"
at the start of the next would not be read together. Lists must stay lists, though: a break goes only where the second
line shows that it goes on (a small letter, an open bracket before it) or the first that it does not end.
"""

from __future__ import annotations

import re

from detector.ocr.layout import ITEM, Placed

_PARAGRAPH_GAP = 1.0  # heights between two lines of one sentence, at most; the finder's frames overlap in tight print
_BLANK = 0.3  # heights, the width of a blank
_SIDE_BY_SIDE = 0.5  # of the lower line's height that two pieces of one row share
# A line that ends like this is not the end of its sentence, in the languages of the posters.
_OPEN_END = re.compile(
    r"[,&/+(]$|\b(?:dan|atau|di|ke|dari|yang|untuk|dengan|pada|oleh|serta|tanpa|tidak|akan|dalam|per"
    r"|and|or|of|the|to|in|for|with|at|a|an|by|from|your|our)$",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"[^\W\d_]-$")


def break_between(before: Placed, after: Placed) -> str:
    """What stands between two lines that follow one another: a line break, a blank, or nothing after a hyphen."""
    if _beside(before, after):
        return " "
    if not _below(before, after) or ITEM.match(after.line.text):
        return "\n"
    first, second = before.line.text, after.line.text
    if _HYPHENATED.search(first) and second[0].islower():
        return ""
    # A small letter after a full stop or a colon begins an item or an address rather than going on.
    runs_on = (
        second[0].islower()
        and first[-1] not in ".:;!?"
        and not re.match(r"\S*[@/.]\w|[a-z][.)]", second)
        and not _room_was_left(before, after)
    )
    in_brackets = first.count("(") > first.count(")") and second.count(")") > second.count("(")
    return " " if runs_on or in_brackets or _OPEN_END.search(first) else "\n"


def _room_was_left(before: Placed, after: Placed) -> bool:
    """Whether the first word of `after` would have fitted into the line before: then the break is meant."""
    word = after.line.edges[len(after.line.text.split(maxsplit=1)[0])] * (after.right - after.left)
    return before.right - before.left + word + _BLANK * before.height < after.right - after.left


def _beside(a: Placed, b: Placed) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return (
        b.left > a.left
        and shared > _SIDE_BY_SIDE * min(a.height, b.height)
        and b.left - a.right < 4 * min(a.height, b.height)
    )


def _below(a: Placed, b: Placed) -> bool:
    gap, height = b.top - a.bottom, min(a.height, b.height)
    alike = max(a.height, b.height) < 1.5 * height
    return alike and b.across > a.across and gap < _PARAGRAPH_GAP * height and a.left < b.right and b.left < a.right
