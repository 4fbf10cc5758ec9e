"""Finding cases by words, a phone number or what was decided."""

from __future__ import annotations

import streamlit as st

from detector.casebook import CaseBook, Verdict
from webui import cases_review
from webui.cases_session import Desk
from webui.frame import html
from webui.markup import plain, tag
from webui.words import Say

_MOST = 30


def draw(book: CaseBook, at: Desk, say: Say) -> None:
    """Draw the part for the current session."""
    with st.container(key="find", horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(say("book.find"), key="find_words", help=say("book.find_help"))
        verdict = st.selectbox(
            say("book.find_verdict"),
            list(Verdict),
            format_func=lambda name: say(f"cases.verdict.{name}"),
            index=None,
            placeholder=say("book.find_any"),
            key="find_verdict",
        )
    hits = book.search(words, verdict, _MOST + 1, at.reviewer)
    if not hits:
        html(say, tag("p", plain(say("cases.search.empty")), "empty"))
        return
    if verdict is not None:
        html(say, tag("p", plain(say("book.find_blind")), "faint"))
    if len(hits) > _MOST:
        html(say, tag("p", plain(say("book.find_more", n=_MOST)), "faint"))
    cases_review.listed(hits[:_MOST], at, say)
