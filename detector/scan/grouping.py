"""The seam to the campaigns: what the workers kept of each post goes in, campaigns and their records come out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detector.scan.state import Finished, State, disk, sync

if TYPE_CHECKING:
    from detector.scan.campaigns import Campaign, Key, Post, Posts
    from detector.scan.redact import Redactor

_BATCH = 4_096  # posts read at once
_CONTACTS = 40  # of the network that a report shows
_BESIDE = 6  # contacts and places shown of each


def campaigns_path(out: Path) -> Path:
    """Where the campaigns of an output are listed."""
    return out.with_name(f"{out.stem}.campaigns.jsonl")


class PostStore:
    """The posts of finished parts, by their number in the run, from 0."""

    def __init__(self, state: State, parts: Sequence[Finished]) -> None:
        self._state = state
        self._parts = parts
        self._starts: list[int] = []
        total = 0
        for part in parts:
            self._starts.append(total)
            total += part.rows

    def posts(self) -> Iterator[Post]:
        """All posts in order, without their texts; `key` is the id of the record."""
        import numpy as np

        from detector.scan.campaigns import Post

        wanted = ["id", "posted_at", "place", "level", "indicators", "contacts", "signature"]
        for row in self.rows(wanted):
            signature = row["signature"]
            yield Post(
                key=json.loads(row["id"]),
                signature=None if signature is None else np.frombuffer(signature, dtype="<u4"),
                contacts=tuple(_pair(contact) for contact in row["contacts"]),
                posted_at=row["posted_at"],
                place=row["place"],
                level=row["level"],
                indicators=tuple(row["indicators"]),
            )

    def rows(self, columns: list[str]) -> Iterator[dict[str, Any]]:
        """These columns of all posts in order."""
        import pyarrow.parquet as pq

        for part in self._parts:
            with pq.ParquetFile(self._state.posts(part.number)) as file:
                for batch in file.iter_batches(_BATCH, columns=columns):
                    yield from batch.to_pylist()

    def texts(self, numbers: Sequence[int]) -> dict[int, str]:
        """The texts of the posts with these numbers; each part is opened once."""
        from bisect import bisect_right

        import pyarrow.parquet as pq

        by_part: dict[int, list[int]] = {}
        for number in numbers:
            by_part.setdefault(bisect_right(self._starts, number) - 1, []).append(number)
        out: dict[int, str] = {}
        for place, asked in sorted(by_part.items()):
            column = pq.read_table(self._state.posts(self._parts[place].number), columns=["text"]).column(0)
            out.update({number: column[number - self._starts[place]].as_py() for number in asked})
        return out


def campaigns_of(
    state: State,
    parts: Sequence[Finished],
    jobs: int = 1,
    redactor: Redactor | None = None,
    with_network: bool = False,
) -> dict[int, str]:
    """Group the posts of `parts`; write the campaigns into the state folder, and say which record is in which.

    Parameters
    ----------
    state
        Where the parts lie, and where ``campaigns.jsonl`` goes.
    parts
        In input order, made with the option `campaigns`.
    jobs
        Threads that compare.
    redactor
        Replaces contacts in what is written.
    with_network
        Also write the contacts of flagged posts, for a report, into ``contacts.json``.

    Returns
    -------
    Campaign id by number of the record in the run, from 0; records without one are not in it.
    """
    from detector.scan.campaigns import Posts
    from detector.scan.campaigns import campaigns_of as group

    store = PostStore(state, parts)
    posts = Posts.of(store.posts())
    numbers: dict[Key, int] = {key: number for number, key in enumerate(posts.keys)}

    def fetch(keys: Sequence[Key]) -> Mapping[Key, str]:
        texts = store.texts([numbers[key] for key in keys])
        return {key: texts[numbers[key]] for key in keys}

    assigned: dict[int, str] = {}
    found = group(posts, fetch, jobs)
    with disk(state.folder.parent), campaigns_draft(state).open("wb") as handle:
        for campaign in found:
            assigned.update((numbers[key], campaign.id) for key in campaign.members)
            line = json.dumps(_content(campaign, redactor), ensure_ascii=False)
            handle.write(line.encode("utf-8", "backslashreplace") + b"\n")
        sync(handle)
        if with_network:
            content = json.dumps(_contacts(posts, found, redactor), ensure_ascii=False)
            contacts_draft(state).write_bytes(content.encode("utf-8", "backslashreplace"))
    return assigned


def campaigns_draft(state: State) -> Path:
    """The list of campaigns before it is published."""
    return state.folder / campaigns_path(Path("draft.jsonl")).name


def contacts_draft(state: State) -> Path:
    """The contacts of flagged posts, for a report."""
    return state.folder / "contacts.json"


def _contacts(posts: Posts, campaigns: Sequence[Campaign], redactor: Redactor | None) -> dict[str, Any]:
    """The contacts that stand in most flagged posts, in two posts or more, with those they stand together with.

    Those of public bodies, help lines, job portals and apps are left out, as in the grouping: they are everybody's.
    """
    from detector.scan.campaigns import network
    from detector.scan.campaigns.contacts import joining_key

    whole = network(posts, campaigns)
    flagged = [node for node in whole.contacts if node.flagged and joining_key(*_pair(node.contact))]
    shown = sorted(
        (node for node in flagged if node.posts > 1), key=lambda node: (-node.flagged, -node.posts, node.contact)
    )[:_CONTACTS]
    beside: dict[str, list[tuple[str, int]]] = {node.contact: [] for node in shown}
    for edge in whole.edges:
        for one, other in ((edge.left, edge.right), (edge.right, edge.left)):
            if one in beside and len(beside[one]) < _BESIDE:
                beside[one].append((other, edge.posts))

    def name(contact: str) -> str:
        kind, value = _pair(contact)
        return f"{kind}:{redactor.token(value)}" if redactor else contact

    def place(written: str) -> str:
        return redactor.text(written).text if redactor else written

    return {
        "contacts": len(whole.contacts),
        "flagged": len(flagged),
        "shown": [
            {
                "contact": name(node.contact),
                "posts": node.posts,
                "flagged": node.flagged,
                "campaigns": list(node.campaigns),
                "places": [[place(written), n] for written, n in node.places[:_BESIDE]],
                "place_count": len(node.places),
                "first_seen": node.first_seen,
                "last_seen": node.last_seen,
                "beside": [[name(other), n] for other, n in beside[node.contact]],
            }
            for node in shown
        ],
    }


def publish(state: State, out: Path, grouped: bool) -> Path | None:
    """Move the list of campaigns beside `out`; None, and nothing there, when nothing was grouped."""
    place = campaigns_path(out)
    draft = campaigns_draft(state)
    with disk(out.parent):
        if not grouped:
            place.unlink(missing_ok=True)
            return None
        draft.replace(place)
    return place


def _content(campaign: Campaign, redactor: Redactor | None) -> dict[str, Any]:
    content = campaign.to_dict()
    if redactor is None:
        return content
    content["members"] = [redactor.identifier(key) for key in campaign.members]
    content["contacts"] = [
        [f"{kind}:{redactor.token(value)}", n] for (kind, value), n in ((_pair(c), n) for c, n in campaign.contacts)
    ]
    content["places"] = [[redactor.text(place).text, n] for place, n in campaign.places]
    content["template"] = hidden_template([(part.text, part.fillings) for part in campaign.template], redactor)
    return content


def hidden_template(template: Sequence[tuple[str, Sequence[str]]], redactor: Redactor) -> list[dict[str, Any]]:
    """A template without contacts; one that runs over several parts (a number with a slot in it) is hidden in all."""
    redacted = redactor.text("".join(text for text, _ in template))
    out: list[dict[str, Any]] = []
    start = 0
    for text, fillings in template:
        end = start + len(text)
        pieces, at, touched = [], start, False
        for first, last, here, here_end in redacted.stretches:
            if first < end and start < last:
                touched = True
                pieces.append(text[at - start : max(first, start) - start])
                pieces.append(redacted.text[here:here_end] if first >= start else "")
                at = min(last, end)
        pieces.append(text[at - start :])
        hidden = [redactor.text(f).text for f in fillings]
        if touched:
            pairs = zip(fillings, hidden, strict=True)
            hidden = [f"[contact {redactor.token(f)}]" if f and h == f else h for f, h in pairs]
        out.append({"text": "".join(pieces), "fillings": hidden})
        start = end
    return out


def _pair(contact: str) -> tuple[str, str]:
    kind, _, value = contact.partition(":")
    return kind, value
