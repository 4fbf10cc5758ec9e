"""Everything a report shows, gathered from the state of a finished scan: counts, campaigns, contacts, inputs."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from detector.scan.grouping import PostStore, campaigns_draft, contacts_draft
from detector.scan.report.aggregate import FLAGGED, Figures
from detector.scan.report.inputs import Inputs
from detector.scan.rows import Report

if TYPE_CHECKING:
    from detector.scan.state import Finished, State

MOST_CAMPAIGNS = 50  # shown in full


@dataclass(frozen=True, slots=True)
class About:
    """How the scan was made.

    `options` are those given, as on a command line; `model` is the SHA-256 of the model, `sidecar` what is known of it;
    `made` is when the report was written, ISO 8601; `output` names the records with their SHA-256 (None: there are
    none); `broken` says where the input broke off.
    """

    inputs: Inputs
    report: Report
    options: str
    version: str
    model: str
    sidecar: Mapping[str, Any]
    made: str
    output: tuple[str, str | None] | None = None
    broken: str | None = None


@dataclass(slots=True)
class CampaignTotals:
    """Campaigns and the posts in them: all, and those with a flagged advert."""

    all: int = 0
    posts: int = 0
    flagged: int = 0
    flagged_posts: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """What the page is made of; `campaigns` are the flagged ones, the gravest and largest first, `contacts` as
    `grouping` writes them."""

    about: About
    figures: Figures
    campaigns: tuple[dict[str, Any], ...] = ()
    totals: CampaignTotals = field(default_factory=CampaignTotals)
    contacts: Mapping[str, Any] = field(default_factory=dict)


def gather(state: State, parts: Sequence[Finished], assigned: Mapping[int, str], about: About) -> Material:
    """Read the finished parts once, record by record.

    Parameters
    ----------
    state
        Where the parts, the list of campaigns and the contacts lie.
    parts
        In input order.
    assigned
        Campaign id by number of the record in the run, from 0.
    about
        How the scan was made.
    """
    totals = CampaignTotals()
    top = heapq.nlargest(MOST_CAMPAIGNS, _campaigns(state, totals), key=_rank)
    figures = Figures()
    figures.watch([campaign["id"] for campaign in top])
    posts = PostStore(state, parts).rows(["posted_at", "place"])
    for number, (record, post) in enumerate(zip(_records(state, parts), posts, strict=True)):
        figures.add(record, post["posted_at"], post["place"], assigned.get(number))
    contacts = json.loads(contacts_draft(state).read_bytes())
    return Material(about, figures, tuple(top), totals, contacts)


def _campaigns(state: State, totals: CampaignTotals) -> Iterator[dict[str, Any]]:
    """The flagged campaigns without the list of their members; all are counted."""
    with campaigns_draft(state).open("rb") as handle:
        for line in handle:
            campaign = json.loads(line)
            totals.all += 1
            totals.posts += campaign["size"]
            if campaign["level"] in FLAGGED:
                totals.flagged += 1
                totals.flagged_posts += campaign["size"]
                del campaign["members"]
                yield campaign


def _rank(campaign: Mapping[str, Any]) -> tuple[bool, int, str]:
    return campaign["level"] == "high", campaign["size"], campaign["id"]


def _records(state: State, parts: Sequence[Finished]) -> Iterator[dict[str, Any]]:
    for part in parts:
        with state.records(part.number).open("rb") as handle:
            for line in handle:
                yield json.loads(line)
