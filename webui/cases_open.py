"""Before a book is open: what it would keep and where, and the field that starts or opens one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from detector.casebook import CaseBook
from detector.casebook.reviewing import reviewer_name
from webui import cases_session as session
from webui.cases_place import Place
from webui.frame import html
from webui.markup import plain, section, tag
from webui.words import Say


def draw(place: Place, say: Say) -> None:
    """Draw the explanation and the form."""
    kept = tag("ul", "".join(tag("li", plain(say(f"book.keeps.{n}"))) for n in range(1, 5)), "plain-list")
    html(say, section(say("book.off"), kept, "start", say("book.what")))
    with st.form("open_book", border=False):
        name = st.text_input(say("book.me"), key="book_me", help=say("book.me_help"), max_chars=60)
        if place.folder is None:
            label, note = say("book.path"), say("book.path_note")
        else:
            label, note = say("book.name"), say("book.name_note")
        path = st.text_input(label, value=place.suggestion(Path.home()), key="book_path")
        html(say, tag("p", plain(note), "faint"))
        with st.container(horizontal=True, gap="small"):
            start = st.form_submit_button(say("book.start"), type="primary")
            reopen = st.form_submit_button(say("book.open"))
    if books := place.books():
        listed = ", ".join(tag("code", plain(book)) for book in books)
        html(say, tag("p", plain(say("book.here")) + " " + listed, "faint"))
    if start or reopen:
        _go(path, name, place, start, say)


def _go(written: str, name: str, place: Place, start: bool, say: Say) -> None:
    path = place.file(written, Path.home())
    if path is None:
        html(say, tag("p", plain(say("book.bad_name")), "problem", role="alert"))
        return
    try:
        reviewer = reviewer_name(name)
        (CaseBook.start if start else CaseBook.open)(path).close()
    except Exception as problem:
        html(say, tag("p", plain(session.told(problem, say)), "problem", role="alert"))
        return
    session.sit_down(path, reviewer)
    session.tell("book.started" if start else "book.opened", name=path.name)
    st.rerun()
