"""The decision beside a case: five buttons with a key each, a note, signs struck out or added."""

from __future__ import annotations

import streamlit as st

from detector.assessment import Kind
from detector.casebook import Case, CaseBook, Mark, State, Verdict
from detector.casebook.reviewing import mark_of
from detector.indicators.compiled import shipped
from webui import cases_campaign, cases_html
from webui import cases_session as session
from webui.cases_session import Desk, Draft, Rest
from webui.frame import html
from webui.markup import plain, tag
from webui.words import Say

_NOTE = 10_000  # characters that the book takes


def draw(case: Case, at: Desk, say: Say) -> None:
    """Draw the panel for a case."""
    draft = _draft(case, at)
    html(say, tag("h2", plain(say("book.decide")), "list-head"))
    st.session_state.setdefault("book_keys", at.keys)
    at.keys = keys = bool(st.session_state["book_keys"])
    for key, verdict in enumerate(Verdict, 1):
        st.button(
            say(f"cases.verdict.{verdict}"),
            key=f"decide_{verdict}",
            on_click=_decide,
            args=(case.number, verdict),
            shortcut=str(key) if keys else None,
            width="stretch",
        )
    st.button(say("book.skip"), key="skip", on_click=_skip, args=(case.number,), shortcut="s" if keys else None)
    st.session_state.setdefault(f"note_{case.number}", draft.note)
    draft.note = st.text_area(say("book.note"), key=f"note_{case.number}", height=90, max_chars=_NOTE)
    with st.expander(say("book.signs")):
        _signs(case, draft, say)
    # A single key that does something must be possible to switch off (WCAG 2.1.4).
    st.toggle(say("book.keys"), key="book_keys", help=say("book.keys_help"))


def _draft(case: Case, at: Desk) -> Draft:
    """The draft of the case, begun with what the reviewer said last about its signs."""
    if case.number not in at.drafts:
        mine = [decision for decision in case.decisions if decision.reviewer == at.reviewer]
        draft = at.draft(case.number)
        for mark in mine[-1].marks if mine else ():
            bare = Mark(mark.id, mark.start, mark.end)
            if mark.state is State.STRUCK and bare in case.shown:
                draft.struck.append(bare)
            elif mark.state is State.ADDED:
                draft.added.append(bare)
    return at.draft(case.number)


def _signs(case: Case, draft: Draft, say: Say) -> None:
    number = case.number
    if case.shown:
        shown = cases_html.numbered(case)
        html(say, cases_html.signs(case, shown, say))
        key = f"strike_{number}"
        st.session_state.setdefault(key, [at for at, (_, mark) in enumerate(shown) if mark in draft.struck])
        struck = st.pills(
            say("book.strike"),
            range(len(shown)),
            format_func=lambda at: f"{shown[at][0]} · {cases_html.label(shown[at][1].id, say)}",
            selection_mode="multi",
            key=key,
        )
        draft.struck = [shown[at][1] for at in struck]
    if draft.added:
        added = cases_html.signs(case, [("+", mark) for mark in draft.added], say)
        html(say, tag("p", plain(say("book.added"))) + added)
        st.button(say("book.added_undo"), on_click=draft.added.clear, key=f"unadd_{number}")
    signs = sorted(shipped().indicators, key=lambda name: cases_html.label(name, say))
    st.selectbox(
        say("book.add_sign"),
        signs,
        format_func=lambda name: cases_html.label(name, say),
        index=None,
        placeholder=say("book.choose"),
        key=f"sign_{number}",
    )
    st.text_input(say("book.add_words"), key=f"words_{number}", help=say("book.add_words_help"))
    st.button(say("book.add_this"), on_click=_add, args=(case, draft), key=f"add_{number}")
    draft.kind = st.selectbox(
        say("book.kind"),
        [kind for kind in Kind if kind is not Kind.ADVERT],
        format_func=lambda kind: say(f"book.kind.{kind}"),
        index=None,
        placeholder=say("book.kind_guess"),
        key=f"kind_{number}",
    )


def _add(case: Case, draft: Draft) -> None:
    sign, words = st.session_state[f"sign_{case.number}"], st.session_state[f"words_{case.number}"]
    mark = mark_of(case.text, sign, words) if sign else None
    if mark is None:
        session.tell("book.add_missing")
        return
    if mark not in draft.added and mark not in case.shown:
        draft.added.append(mark)
    session.forget_widgets(f"sign_{case.number}", f"words_{case.number}")


def _decide(number: int, verdict: Verdict) -> None:
    def work(book: CaseBook, at: Desk) -> None:
        draft = at.draft(number)
        note = str(st.session_state.get(f"note_{number}", draft.note))
        kind = draft.kind if verdict is Verdict.NOT_AD else None
        book.decide(number, at.reviewer, verdict, note, kind, draft.struck, draft.added)
        campaigns = tuple(campaign.key for campaign in book.case(number, at.reviewer).campaigns)
        rest = cases_campaign.undecided(book, campaigns, at.reviewer)
        at.rest = Rest(number, campaigns, verdict, note, kind) if rest else None
        at.drafts.pop(number, None)
        at.skipped.discard(number)
        at.number = None
        session.forget_widgets(f"note_{number}", f"strike_{number}", f"kind_{number}")
        at.last = number
        if at.rest is None:  # otherwise the question about the campaign says so
            session.tell("book.decided", number=number, verdict=verdict)

    session.doing(work)


def _skip(number: int) -> None:
    if (at := session.desk()) is not None:
        at.skipped.add(number)
        at.number = None
