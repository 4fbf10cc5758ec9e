"""What every view of the page draws with."""

from __future__ import annotations

import streamlit as st

from webui.markup import tag
from webui.words import Say


def html(say: Say, body: str) -> None:
    """Draw `body`, HTML that is safe already, in the page's own style."""
    # `lang` lets a screen reader pronounce Indonesian as Indonesian; Streamlit's page itself says English.
    st.html(tag("div", body, "lure", lang=say.lang))


def own_words(say: Say, **keys: str) -> None:
    """Words for widgets whose own are English: style.css puts ``--say-<name>`` in their place."""
    pairs = "".join(f'--say-{name}:"{say(key)}";' for name, key in keys.items())
    st.html("<style>:root{" + pairs + "}</style>")
