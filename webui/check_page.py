"""The first view: one box, one button, the answer. Keeps nothing."""

from __future__ import annotations

import logging
from typing import cast

import streamlit as st

from detector.indicators.compiled import shipped
from detector.model.store import REPAIR, ModelError
from webui import engine
from webui.check_view import Block, answer
from webui.examples import examples
from webui.frame import html
from webui.markup import plain, tag
from webui.words import Say

_LOG = logging.getLogger(__name__)


def draw(say: Say) -> None:
    """Draw the view for the current session."""
    asked = _form(say)
    if asked is None:
        _examples(say)
    elif not asked.strip():
        html(say, tag("p", plain(say("form.empty")), "problem", role="alert"))
        _examples(say)
    else:
        _answer(asked, say)
        st.button(say("form.again"), on_click=_ask, args=("", False), key="again")


def _form(say: Say) -> str | None:
    """The box and its button; the text to answer, or None before the first question."""
    with st.form("ask", border=False):
        st.text_area(say("form.label"), key="ad", height=190, placeholder=say("form.placeholder"))
        st.form_submit_button(say("form.button"), type="primary", width="stretch", on_click=_submit)
    html(say, tag("p", plain(say("form.privacy")), "privacy"))
    return cast(str | None, st.session_state.get("asked"))


def _submit() -> None:
    st.session_state["asked"] = st.session_state["ad"]


def _ask(text: str, submit: bool = True) -> None:
    st.session_state["ad"] = text
    st.session_state["asked"] = text if submit else None


def _examples(say: Say) -> None:
    html(say, tag("p", plain(say("examples.title")), "small"))
    with st.container(key="examples", horizontal=True, gap="small"):
        for example in examples():
            st.button(say.pick(example.name), key=f"example_{example.id}", on_click=_ask, args=(example.text,))
    html(say, tag("p", plain(say("examples.made_up")), "faint"))


def _answer(text: str, say: Say) -> None:
    try:
        with st.spinner(say("form.reading")):
            blocks = answer(engine.load().assess(text), shipped(), say)
    except ModelError as problem:
        # Which check failed is for whoever runs the page, not for a visitor.
        _LOG.error("%s", problem)
        command = REPAIR.rsplit(": ", 1)[-1]
        message = plain(say("error.model"))
        html(say, tag("p", message + " " + tag("code", plain(command)), "problem", role="alert"))
        return
    except Exception as problem:
        # Only the type: a message may quote what was pasted.
        _LOG.error("the text could not be assessed: %s", type(problem).__name__)
        html(say, tag("p", plain(say("error.unexpected")), "problem", role="alert"))
        return
    for number, block in enumerate(blocks):
        _draw(block, number, say)


def _draw(block: Block, number: int, say: Say) -> None:
    if block.chart is not None:
        st.altair_chart(block.chart, width="stretch", theme=None, key=f"chart_{number}", alt=block.alt)
        html(say, tag("p", plain(block.caption), "faint"))
    else:
        html(say, block.html)
