"""Taking the book along: backup, export, rows for training; and erasing a case or all of it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from detector.casebook import CaseBook
from detector.casebook.training_rows import GENRES
from webui import cases_html
from webui import cases_session as session
from webui.cases_messages import messages
from webui.cases_session import Desk, Ready
from webui.frame import html
from webui.markup import plain, section, tag
from webui.words import Say

_ERASING = "erase"  # the place of messages
_ENDINGS = {"backup": ".db", "export": ".jsonl", "rows": ".jsonl"}


def draw(book: CaseBook, at: Desk, say: Say) -> None:
    """Draw the part for the current session."""
    for what in ("backup", "export"):
        html(say, section(say(f"book.{what}"), "", "", say(f"book.{what}_what")))
        st.button(say(f"book.{what}_go"), key=f"make_{what}", on_click=_prepare, args=(what,))
        _save(what, at, say)
    _rows(at, say)
    _erase(at, say)


def _rows(at: Desk, say: Say) -> None:
    html(say, section(say("book.rows"), "", "", say("book.rows_what")))
    with st.container(key="rows_options", horizontal=True):
        reviewers = st.selectbox(
            say("book.rows_reviewers"),
            [2, 1],
            format_func=lambda n: say(f"book.rows_reviewers.{n}"),
            key="rows_reviewers",
        )
        genre = st.selectbox(
            say("book.rows_genre"),
            GENRES,
            index=GENRES.index("social_caption"),
            format_func=lambda name: say(f"book.genre.{name}"),
            key="rows_genre",
        )
    st.button(say("book.rows_go"), key="make_rows", on_click=_prepare, args=("rows", reviewers, genre))
    _save("rows", at, say)


def _prepare(what: str, reviewers: int = 2, genre: str = "social_caption") -> None:
    """Make the file in a folder of its own, keep it in the session's memory, leave nothing on the disk."""

    def work(book: CaseBook, at: Desk) -> None:
        name = f"{at.path.stem}-{what}{_ENDINGS[what]}"
        with TemporaryDirectory(prefix="periksa-loker-") as folder:
            path = Path(folder) / name
            left_out: dict[str, int] = {}
            if what == "rows":
                rows = book.training_rows(path, reviewers, genre)
                cases, left_out = rows.written, dict(rows.left_out)
            else:
                cases = book.backup(path) if what == "backup" else book.export(path)
            at.ready = Ready(what, name, path.read_bytes(), cases, left_out)

    session.doing(work, what)


def _save(what: str, at: Desk, say: Say) -> None:
    messages(say, what)
    ready = at.ready
    if ready is None or ready.what != what:
        return
    number = say.number(ready.cases, 0)
    body = tag("p", plain(say(f"book.{what}_ready", n=number)))
    html(say, tag("div", body + cases_html.left_out(ready.left_out, say), "told", role="status"))
    mime = "application/vnd.sqlite3" if what == "backup" else "application/jsonl"
    st.download_button(say("book.save"), ready.content, ready.name, mime, on_click="ignore", key=f"save_{what}")


def _erase(at: Desk, say: Say) -> None:
    html(say, section(say("book.erase"), "", "grave", say("book.erase_what")))
    messages(say, _ERASING)
    word = say("book.erase_word")
    with st.expander(say("book.forget")), st.form("forget", border=False):
        st.number_input(say("book.forget_number"), min_value=1, step=1, value=None, key="forget_number")
        st.text_input(say("book.forget_type", word=word), key="forget_type")
        st.form_submit_button(say("book.forget_go"), on_click=_forget, args=(word,))
    with st.expander(say("book.erase_all")), st.form("erase", border=False):
        st.text_input(say("book.erase_type", name=at.path.name), key="erase_type")
        st.form_submit_button(say("book.erase_go"), on_click=_erase_all)


def _forget(word: str) -> None:
    number = st.session_state["forget_number"]
    if number is None or st.session_state["forget_type"].split() != [word, str(number)]:
        session.tell("book.not_erased", _ERASING, word=f"{word} {number or 12}")
        return

    def work(book: CaseBook, at: Desk) -> None:
        at.ready = None
        at.leave_case(number)
        book.forget(number)
        session.tell("book.forgotten", _ERASING, number=number)

    session.doing(work, _ERASING)
    session.forget_widgets("forget_number", "forget_type")


def _erase_all() -> None:
    at = session.desk()
    if at is None or st.session_state["erase_type"].strip() != at.path.name:
        session.tell("book.not_erased", _ERASING, word=at.path.name if at else "")
        return

    def work(book: CaseBook, at: Desk) -> None:
        book.erase()
        session.leave()
        session.tell("book.erased", name=at.path.name)

    session.doing(work, _ERASING)
    session.forget_widgets("erase_type")
