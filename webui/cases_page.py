"""The view of the case book: nothing is kept until somebody starts one, in a file of their own choice."""

from __future__ import annotations

import os
from collections.abc import Callable

import streamlit as st

from detector.casebook import CaseBook, CaseBookError
from webui import cases_add, cases_files, cases_find, cases_html, cases_open, cases_people, cases_review
from webui import cases_session as session
from webui.cases_messages import messages, problem
from webui.cases_place import place
from webui.cases_session import Desk
from webui.frame import html
from webui.markup import plain, tag, untrusted
from webui.words import Say

PARTS: dict[str, Callable[[CaseBook, Desk, Say], None]] = {
    "review": cases_review.draw,
    "find": cases_find.draw,
    "add": cases_add.draw,
    "people": cases_people.draw,
    "files": cases_files.draw,
}
_WAIT = 10.0  # seconds that a change waits for somebody else's


def draw(say: Say) -> None:
    """Draw the view for the current session."""
    with st.container(key="cases"):
        where = place(os.environ, str(st.get_option("server.address") or ""), st.context.headers)
        if where is None:
            html(say, tag("p", plain(say("book.not_offered")), "problem"))
            return
        at = session.desk()
        messages(say)
        if at is None:
            cases_open.draw(where, say)
            return
        try:
            with CaseBook.open(at.path, _WAIT) as book:
                _book(book, at, say)
        except CaseBookError as fault:
            problem(say, fault.told(say))
            st.button(say("book.other"), on_click=session.leave, key="other_book")


def _book(book: CaseBook, at: Desk, say: Say) -> None:
    who = tag("b", untrusted(at.path.name)) + " · " + plain(say("book.as")) + " " + tag("b", untrusted(at.reviewer))
    with st.container(key="book_head", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        html(say, tag("p", who + tag("span", untrusted(str(at.path.resolve().parent)), "folder"), "open-book"))
        st.button(say("book.close"), on_click=session.leave, key="close_book")
    if st.session_state.get("book_part") not in PARTS:
        st.session_state["book_part"] = "review" if book.progress().cases else "add"
    part = st.segmented_control(
        say("book.parts"),
        list(PARTS),
        format_func=lambda name: say(f"book.part.{name}"),
        key="book_part",
        required=True,
        label_visibility="collapsed",
    )
    html(say, cases_html.progress(book.progress(at.reviewer), say))
    PARTS[part or "review"](book, at, say)
