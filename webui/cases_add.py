"""Putting adverts into the book, and merging another book into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from detector.casebook import CaseBook
from detector.casebook.exchange import Merged
from detector.casebook.intake import Added
from webui import cases_html
from webui import cases_session as session
from webui.cases_intake import add, put_down
from webui.cases_messages import problem
from webui.cases_session import Desk
from webui.frame import html, own_words
from webui.markup import plain, section, tag
from webui.words import Say

MOST = 50  # megabytes of a file
_ADVERTS = ["jsonl", "json", "csv", "tsv", "xlsx", "parquet", "txt", "zip"]


def draw(book: CaseBook, at: Desk, say: Say) -> None:
    """Draw the part for the current session."""
    own_words(say, choose="book.choose_file", drop="book.drop_file")
    html(say, section(say("book.part.add"), "", "", say("book.add")))
    given = _upload(say("book.add_file", most=MOST), "add_file", _ADVERTS, say)
    everything = st.checkbox(say("book.add_low"), key="add_low")
    if _go(say("book.add_go"), "add_go", given) and given is not None:
        counter = st.empty()

        def progress(rows: int) -> None:
            counter.html(tag("p", plain(say("book.reading", n=say.number(rows, 0))), "lure faint", role="status"))

        _take(given, lambda path: add(book, path, everything, progress), _added, say)
        counter.empty()
    html(say, section(say("book.merge"), "", "", say("book.merge_what")))
    other = _upload(say("book.merge_file", most=MOST), "merge_file", ["jsonl"], say)
    if _go(say("book.merge_go"), "merge_go", other) and other is not None:
        _take(other, book.take_in, _merged, say)


def _upload(label: str, key: str, kinds: list[str], say: Say) -> UploadedFile | None:
    """A field for one file."""
    with st.container(key=f"upload_{key}"):
        return st.file_uploader(label, kinds, key=key, max_upload_size=MOST)


def _go(label: str, key: str, given: UploadedFile | None) -> bool:
    return st.button(label, key=key, type="primary", disabled=given is None)


def _take(given: UploadedFile, work: Callable[[Path], Any], told: Callable[[Any, Say], str], say: Say) -> None:
    """Let `work` read the uploaded file, and say what came of it."""
    try:
        with st.spinner(say("form.reading")), put_down(given.name, given.getvalue()) as path:
            outcome = work(path)
    except Exception as fault:
        problem(say, session.told(fault, say))
        return
    html(say, tag("div", told(outcome, say), "told", role="status"))


def _added(added: Added, say: Say) -> str:
    words = say("book.added_cases", new=say.number(added.new, 0), known=say.number(added.known, 0))
    missing = cases_html.left_out(added.rejected, say)
    return tag("p", plain(words)) + (tag("p", plain(say("book.left_out"))) + missing if missing else "")


def _merged(merged: Merged, say: Say) -> str:
    numbers = (merged.cases, merged.decisions, merged.cases_known, merged.decisions_known)
    names = ("cases", "decisions", "cases_known", "decisions_known")
    return tag("p", plain(say("book.merged", **dict(zip(names, numbers, strict=True)))))
