"""The first view: one box, one button, the answer; or a picture in place of the text. Keeps nothing."""

from __future__ import annotations

from typing import cast

import streamlit as st

from webui import check_answer, check_pictures, engine
from webui.examples import examples
from webui.frame import html
from webui.markup import plain, tag
from webui.words import Say


def draw(say: Say) -> None:
    """Draw the view for the current session."""
    if check_pictures.given():
        check_pictures.draw(say)
        return
    asked = _form(say)
    if asked is not None and asked.strip():
        if (assessment := check_answer.assessed(asked, say)) is not None:
            check_answer.show(assessment, say)
        st.button(say("form.again"), on_click=_ask, args=("", False), key="again")
        return
    if asked is not None:
        html(say, tag("p", plain(say("form.empty")), "problem", role="alert"))
    check_pictures.offer(say)
    _examples(say)
    engine.warm()


def _form(say: Say) -> str | None:
    """The box and its button; the text to answer, or None before the first question."""
    asked = cast(str | None, st.session_state.get("asked"))
    st.session_state.setdefault("ad", asked or "")  # a box that was not drawn for a while has forgotten its text
    with st.form("ask", border=False):
        st.text_area(say("form.label"), key="ad", height=190, placeholder=say("form.placeholder"))
        st.form_submit_button(say("form.button"), type="primary", width="stretch", on_click=_submit)
    html(say, tag("p", plain(say("form.privacy")), "privacy"))
    return asked


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
