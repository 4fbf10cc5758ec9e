"""The page: one box, one button, the answer. Reads the Assessment and nothing else; keeps nothing.

What a visitor pasted lives in the session's memory while the tab is open and nowhere else: no file, no log, no
address bar.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import cast

import streamlit as st

from detector.indicators.compiled import shipped
from detector.model.store import REPAIR, ModelError
from webui import engine
from webui.check_view import Block, answer
from webui.examples import examples
from webui.markup import plain, tag
from webui.words import LANGUAGES, Lang, Say

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent


def main() -> None:
    """Draw the page for the current session."""
    say = Say(_language())
    st.set_page_config(page_title=say("page.title"), layout="centered", initial_sidebar_state="collapsed")
    st.html(_HERE / "style.css")
    _header(say, first=st.session_state.get("asked") is None)
    asked = _form(say)
    if asked is None:
        _examples(say)
    elif not asked.strip():
        _html(say, tag("p", plain(say("form.empty")), "problem", role="alert"))
        _examples(say)
    else:
        _answer(asked, say)
        st.button(say("form.again"), on_click=_ask, args=("", False), key="again")
    _html(say, tag("footer", tag("p", plain(say("foot.limits"))) + tag("p", plain(say("foot.law")))))


def _language() -> Lang:
    wanted = st.session_state.get("lang") or st.query_params.get("lang", "id")
    return cast(Lang, wanted) if wanted in LANGUAGES else "id"


def _html(say: Say, body: str) -> None:
    # `lang` lets a screen reader pronounce Indonesian as Indonesian; Streamlit's page itself says English.
    st.html(tag("div", body, "lure", lang=say.lang))


def _header(say: Say, first: bool) -> None:
    if st.session_state.get("lang") not in LANGUAGES:
        st.session_state["lang"] = say.lang
    with st.container(key="top", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(tag("div", tag("h1", plain(say("page.name")), "wordmark"), "lure", lang="id"), width="content")
        st.segmented_control(
            say("page.language"),
            list(LANGUAGES),
            format_func=lambda code: LANGUAGES[code],
            key="lang",
            required=True,
            label_visibility="collapsed",
        )
    if first:  # afterwards the answer needs the room
        _html(say, tag("p", plain(say("page.tagline")), "tagline"))


def _form(say: Say) -> str | None:
    """The box and its button; the text to answer, or None before the first question."""
    with st.form("ask", border=False):
        st.text_area(say("form.label"), key="ad", height=190, placeholder=say("form.placeholder"))
        st.form_submit_button(say("form.button"), type="primary", width="stretch", on_click=_submit)
    _html(say, tag("p", plain(say("form.privacy")), "privacy"))
    return cast(str | None, st.session_state.get("asked"))


def _submit() -> None:
    st.session_state["asked"] = st.session_state["ad"]


def _ask(text: str, submit: bool = True) -> None:
    st.session_state["ad"] = text
    st.session_state["asked"] = text if submit else None


def _examples(say: Say) -> None:
    _html(say, tag("p", plain(say("examples.title")), "small"))
    with st.container(key="examples", horizontal=True, gap="small"):
        for example in examples():
            st.button(say.pick(example.name), key=f"example_{example.id}", on_click=_ask, args=(example.text,))
    _html(say, tag("p", plain(say("examples.made_up")), "faint"))


def _answer(text: str, say: Say) -> None:
    try:
        with st.spinner(say("form.reading")):
            blocks = answer(engine.load().assess(text), shipped(), say)
    except ModelError as problem:
        # Which check failed is for whoever runs the page, not for a visitor.
        _LOG.error("%s", problem)
        command = REPAIR.rsplit(": ", 1)[-1]
        message = plain(say("error.model"))
        _html(say, tag("p", message + " " + tag("code", plain(command)), "problem", role="alert"))
        return
    except Exception as problem:
        # Only the type: a message may quote what was pasted.
        _LOG.error("the text could not be assessed: %s", type(problem).__name__)
        _html(say, tag("p", plain(say("error.unexpected")), "problem", role="alert"))
        return
    for number, block in enumerate(blocks):
        _draw(block, number, say)


def _draw(block: Block, number: int, say: Say) -> None:
    if block.chart is not None:
        st.altair_chart(block.chart, width="stretch", theme=None, key=f"chart_{number}", alt=block.alt)
        _html(say, tag("p", plain(block.caption), "faint"))
    else:
        _html(say, block.html)
