"""After a decision: the rest of the campaign the same way, when the reviewer says so and sees how many that are."""

from __future__ import annotations

import streamlit as st

from detector.casebook import CaseBook, CaseBookError
from webui import cases_session as session
from webui.cases_session import Desk, Rest
from webui.frame import html
from webui.markup import plain, shorten, tag, untrusted
from webui.words import Say

_SHOWN = 3  # texts to look at before all are decided


def ask(book: CaseBook, at: Desk, say: Say) -> None:
    """Ask about the rest of the campaign, if there is one."""
    rest = at.rest
    if rest is None:
        return
    try:
        numbers = undecided(book, rest.campaigns, at.reviewer)
        texts = [book.case(number, at.reviewer).text for number in numbers[:_SHOWN]]
    except CaseBookError:  # erased meanwhile: there is nothing left to ask about
        numbers, texts = [], []
    if not numbers:
        at.rest = None
        return
    verdict = say(f"cases.verdict.{rest.verdict}")
    question = tag("p", plain(say("book.rest", number=rest.number, n=len(numbers), verdict=verdict)))
    samples = "".join(tag("li", untrusted(shorten(text, 160))) for text in texts)
    looked = tag("details", tag("summary", plain(say("book.rest_look"))) + tag("ul", samples))
    with st.container(key="rest"):
        html(say, question + looked)
        with st.container(horizontal=True, gap="small"):
            st.button(
                say("book.rest_yes", n=len(numbers)), on_click=_decide, args=(rest,), key="rest_yes", type="primary"
            )
            st.button(say("book.rest_no"), on_click=_leave, args=(at,), key="rest_no")


def undecided(book: CaseBook, campaigns: tuple[str, ...], reviewer: str) -> list[int]:
    """The cases of the campaigns that `reviewer` has not decided, each once."""
    found = (number for key in campaigns for number in book.campaign(key, reviewer).undecided)
    return list(dict.fromkeys(found))


def _decide(rest: Rest) -> None:
    def work(book: CaseBook, at: Desk) -> None:
        made = 0
        for key in rest.campaigns:
            made += len(book.decide_campaign(key, at.reviewer, rest.verdict, rest.note, rest.kind))
        at.rest = at.number = None
        session.tell("book.rest_done", n=made)

    session.doing(work)


def _leave(at: Desk) -> None:
    at.rest = None
