"""The contact network: who is reached in how many posts, and which contacts stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from detector.scan.campaigns.columns import FLAGGED, Posts, moment
from detector.scan.campaigns.records import Campaign

__all__ = ["ContactEdge", "ContactNode", "Network", "network"]

MAX_PAIRED = 10  # contacts of one post that are paired: a list of a hundred agents is no network of theirs


@dataclass(frozen=True, slots=True)
class ContactNode:
    """One contact (``type:value``): posts that name it, how many of them are flagged, ids of their campaigns, places
    with the number of posts, and the first and last date, ISO 8601 as the input has it."""

    contact: str
    posts: int
    flagged: int
    campaigns: tuple[str, ...]
    places: tuple[tuple[str, int], ...]
    first_seen: str | None
    last_seen: str | None


@dataclass(frozen=True, slots=True)
class ContactEdge:
    """Two contacts named in `posts` same posts; `left` < `right`."""

    left: str
    right: str
    posts: int


@dataclass(frozen=True, slots=True)
class Network:
    """Contacts by falling number of posts, and the edges between them by falling number of shared posts."""

    contacts: tuple[ContactNode, ...]
    edges: tuple[ContactEdge, ...]

    def to_dict(self) -> dict[str, Any]:
        """The network ready for JSON."""
        return asdict(self)


def network(posts: Posts, campaigns: Iterable[Campaign] = ()) -> Network:
    """The contact network of `posts`; every contact is in it, those that join no campaigns too."""
    names = posts.contact_names.names
    campaign_of = {key: campaign.id for campaign in campaigns for key in campaign.members}
    count: Counter[int] = Counter()
    flagged: Counter[int] = Counter()
    pairs: Counter[tuple[int, int]] = Counter()
    places: Counter[tuple[int, int]] = Counter()
    member: dict[int, set[str]] = {}
    seen: dict[int, tuple[datetime, datetime, str, str]] = {}
    for i, contacts in enumerate(posts.contacts):
        if not contacts:
            continue
        count.update(contacts)
        if posts.levels[i] >= FLAGGED:
            flagged.update(contacts)
        if posts.places[i] >= 0:
            places.update((contact, posts.places[i]) for contact in contacts)
        pairs.update(combinations(sorted(contacts[:MAX_PAIRED]), 2))
        if (campaign := campaign_of.get(posts.keys[i])) is not None:
            for contact in contacts:
                member.setdefault(contact, set()).add(campaign)
        written = posts.posted[i]
        if (when := moment(written)) is not None and written is not None:
            for contact in contacts:
                first, last, as_first, as_last = seen.get(contact, (when, when, written, written))
                seen[contact] = (
                    *((when, last) if when < first else (first, max(last, when))),
                    written if when < first else as_first,
                    written if when > last else as_last,
                )
    by_contact: dict[int, list[tuple[str, int]]] = {}
    for (contact, place), posts_there in places.items():
        by_contact.setdefault(contact, []).append((posts.place_names.names[place], posts_there))
    nodes = [
        ContactNode(
            contact=names[contact],
            posts=number,
            flagged=flagged[contact],
            campaigns=tuple(sorted(member.get(contact, ()))),
            places=tuple(sorted(by_contact.get(contact, ()), key=lambda item: (-item[1], item[0]))),
            first_seen=seen[contact][2] if contact in seen else None,
            last_seen=seen[contact][3] if contact in seen else None,
        )
        for contact, number in count.items()
    ]
    edges = [ContactEdge(min(names[a], names[b]), max(names[a], names[b]), number) for (a, b), number in pairs.items()]
    return Network(
        tuple(sorted(nodes, key=lambda node: (-node.posts, node.contact))),
        tuple(sorted(edges, key=lambda edge: (-edge.posts, edge.left, edge.right))),
    )
