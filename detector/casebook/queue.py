"""What a reviewer should look at next.

First the cases on which two reviewers differ, for each of the two until he has looked again; then those that nobody has
decided; then those that others have, without saying how, and of these those last on which two agree. A campaign is one
entry: its most urgent case stands for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice

from detector.assessment import Kind, Level
from detector.casebook.records import Order, QueueItem, Why

_EXCERPT = 160  # characters
_COLUMNS = {Order.URGENT: "urgency", Order.DOUBTFUL: "doubt"}

# Both had decided at the later of their first decisions; who has not decided since then has not looked again.
_DISPUTED = """
    SELECT c.* FROM latest AS m JOIN cases AS c USING (number)
    WHERE m.reviewer = :reviewer
    AND (SELECT standing(votes, reviewers) FROM standings WHERE number = m.number) = 'disputed'
    AND EXISTS (
        SELECT 1 FROM latest AS o WHERE o.number = m.number AND o.verdict <> m.verdict AND m.decided_at <= MAX(
            (SELECT MIN(decided_at) FROM decisions WHERE number = m.number AND reviewer = m.reviewer),
            (SELECT MIN(decided_at) FROM decisions WHERE number = o.number AND reviewer = o.reviewer)))
    ORDER BY c.{order} DESC, c.number"""
_UNDECIDED = """
    SELECT c.* FROM cases AS c
    WHERE NOT EXISTS (SELECT 1 FROM decisions AS d WHERE d.number = c.number AND d.reviewer = :reviewer)
    AND {others} EXISTS (SELECT 1 FROM decisions AS d WHERE d.number = c.number)
    ORDER BY {settled} c.{order} DESC, c.number"""
# Where two agree already, a third has least to add.
_SETTLED = "(SELECT standing(votes, reviewers) FROM standings AS s WHERE s.number = c.number) = 'agreed',"
_CAMPAIGN = """
    SELECT m.campaign, (
        SELECT COUNT(*) FROM members AS n WHERE n.campaign = m.campaign AND n.number <> :number
        AND NOT EXISTS (SELECT 1 FROM decisions AS d WHERE d.number = n.number AND d.reviewer = :reviewer)
    ) AS others
    FROM members AS m WHERE m.number = :number ORDER BY others DESC, m.campaign LIMIT 1"""


def queue(
    connection: sqlite3.Connection,
    reviewer: str,
    limit: int,
    offset: int = 0,
    order: Order = Order.URGENT,
    second: bool = False,
    grouped: bool = True,
) -> list[QueueItem]:
    """The next `limit` cases of `reviewer` after the first `offset`.

    Parameters
    ----------
    connection
        The book.
    reviewer
        Who asks.
    limit, offset
        Which part of the queue.
    order
        Within each of its three parts.
    second
        Only what another reviewer has decided and this one has not.
    grouped
        One entry a campaign instead of one a case.
    """
    items = _items(connection, reviewer, order, second, grouped)
    return list(islice(items, offset, offset + limit))


def _items(
    connection: sqlite3.Connection, reviewer: str, order: Order, second: bool, grouped: bool
) -> Iterator[QueueItem]:
    column = _COLUMNS[order]
    if not second:
        for row in connection.execute(_DISPUTED.format(order=column), {"reviewer": reviewer}):
            yield _item(row, Why.DISPUTED)
    seen: set[str] = set()
    for why, others, settled in ((Why.NEW, "NOT", ""), (Why.SECOND, "", _SETTLED)):
        if second and why is Why.NEW:
            continue
        query = _UNDECIDED.format(order=column, others=others, settled=settled)
        for row in connection.execute(query, {"reviewer": reviewer}):
            asked = {"number": row["number"], "reviewer": reviewer}
            campaign = connection.execute(_CAMPAIGN, asked).fetchone() if grouped else None
            if campaign is None:
                yield _item(row, why)
            elif campaign["campaign"] not in seen:
                seen.add(campaign["campaign"])
                yield _item(row, why, campaign["campaign"], campaign["others"])


def _item(row: sqlite3.Row, why: Why, campaign: str | None = None, others: int = 0) -> QueueItem:
    words = " ".join(row["text"].split())
    return QueueItem(
        number=row["number"],
        why=why,
        level=Level(row["level"]),
        kind=Kind(row["kind"]),
        probability=row["probability"],
        excerpt=words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…",
        campaign=campaign,
        others=others,
    )
