"""What every view of the page draws with."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from webui.check_view import Block
from webui.markup import plain, tag
from webui.words import Say


def html(say: Say, body: str) -> None:
    """Draw `body`, HTML that is safe already, in the page's own style."""
    # `lang` lets a screen reader pronounce Indonesian as Indonesian; Streamlit's page itself says English.
    st.html(tag("div", body, "lure", lang=say.lang))


def draw_blocks(blocks: Iterable[Block], say: Say) -> None:
    """Draw the blocks of an answer, top to bottom."""
    for number, block in enumerate(blocks):
        if block.chart is not None:
            st.altair_chart(block.chart, width="stretch", theme=None, key=f"chart_{number}", alt=block.alt)
            html(say, tag("p", plain(block.caption), "faint"))
        else:
            html(say, block.html)


def problem(say: Say, sentence: str) -> None:
    """Say what went wrong and what to do."""
    html(say, tag("p", plain(sentence), "problem", role="alert"))
