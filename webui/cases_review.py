"""The review queue: one case with all that was found in it, the decision beside it, what comes next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from detector.casebook import Case, CaseBook, CaseBookError, Hit, Order, QueueItem
from detector.indicators.compiled import shipped
from webui import cases_campaign, cases_decide, cases_html
from webui import cases_session as session
from webui.cases_messages import problem
from webui.cases_session import Desk
from webui.check_view import evidence
from webui.frame import html
from webui.markup import plain, tag
from webui.words import Say

_LISTED = 5  # cases that are named as next


def draw(book: CaseBook, at: Desk, say: Say) -> None:
    """Draw the part for the current session."""
    cases_campaign.ask(book, at, say)
    order, second = _options(at, say)
    waiting = [
        item
        for item in book.queue(at.reviewer, len(at.skipped) + _LISTED + 1, order=order, second=second)
        if item.number not in at.skipped
    ]
    if at.number is None and waiting:
        at.number = waiting[0].number  # stays on the table until it is decided, whatever others do meanwhile
    case = _case(book, at, say)
    if case is None:
        _nothing(book, at, say)
    else:
        item = next((item for item in waiting if item.number == case.number), None)
        left, right = st.columns([2, 1], gap="large")
        with left:
            html(say, cases_html.head(case, item, say))
            _evidence(case, say)
            html(say, cases_html.history(case, say))
        with right, st.container(key="decide"):
            cases_decide.draw(case, at, say)
    _next([item for item in waiting if item.number != at.number][:_LISTED], at, say)


def _evidence(case: Case, say: Say) -> None:
    for block in evidence(case.assessment, shipped(), say):
        if block.chart is None:
            html(say, block.html)
        else:
            st.altair_chart(block.chart, width="stretch", theme=None, key=f"pay_{case.number}", alt=block.alt)
            html(say, tag("p", plain(block.caption), "faint"))


def _options(at: Desk, say: Say) -> tuple[Order, bool]:
    orders: list[Order] = list(Order)
    with st.container(key="queue_options", horizontal=True, vertical_alignment="bottom"):
        order = st.selectbox(
            say("book.order"),
            orders,
            width=280,
            format_func=lambda name: say(f"book.order.{name}"),
            key="book_order",
            on_change=_take_next,
        )
        second = st.toggle(say("book.second"), key="book_second", help=say("book.second_help"), on_change=_take_next)
        if at.last is not None and at.last != at.number:
            st.button(say("book.again", number=at.last), on_click=open_case, args=(at, at.last), key="again_case")
    return order, second


def _take_next() -> None:
    if (at := session.desk()) is not None:
        at.number = None


def _case(book: CaseBook, at: Desk, say: Say) -> Case | None:
    if at.number is None:
        return None
    try:
        return book.case(at.number, at.reviewer)
    except CaseBookError as fault:  # somebody erased it
        at.number = None
        problem(say, fault.told(say))
        return None


def _nothing(book: CaseBook, at: Desk, say: Say) -> None:
    if not book.progress().cases:
        html(say, tag("p", plain(say("book.no_cases")), "empty"))
        st.button(say("book.part.add"), on_click=show, args=("add",), key="go_add")
        return
    html(say, tag("p", plain(say("cases.queue.empty") + " " + say("book.done")), "empty"))
    if at.skipped:
        st.button(say("book.skipped", n=len(at.skipped)), on_click=at.skipped.clear, key="unskip")


def _next(items: list[QueueItem], at: Desk, say: Say) -> None:
    if not items:
        return
    html(say, tag("h2", plain(say("book.next")), "list-head"))
    listed(items, at, say)


def listed(items: Sequence[QueueItem | Hit], at: Desk, say: Say) -> None:
    """Cases as a list, each with the button that opens it."""
    with st.container(key="listed"):
        for item in items:
            with st.container(horizontal=True, vertical_alignment="center", key=f"listed_{item.number}"):
                html(say, cases_html.row(item, say))
                st.button(
                    say("book.open_case", number=item.number),
                    on_click=open_case,
                    args=(at, item.number),
                    key=f"open_{item.number}",
                )


def open_case(at: Desk, number: int) -> None:
    """Put a case on the table."""
    at.number = number
    show("review")


def show(part: str) -> None:
    """Go to a part of the book."""
    st.session_state["book_part"] = part
