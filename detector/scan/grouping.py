"""The seam to the campaigns: what the workers kept of each post goes in, campaigns and their records come out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detector.scan.state import Finished, State, disk, sync

if TYPE_CHECKING:
    from detector.scan.campaigns import Campaign, Key, Post
    from detector.scan.redact import Redactor

_BATCH = 4_096  # posts read at once


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
        for row in self._rows(wanted):
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

    def _rows(self, columns: list[str]) -> Iterator[dict[str, Any]]:
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
    state: State, parts: Sequence[Finished], jobs: int = 1, redactor: Redactor | None = None
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
    place = campaigns_path(Path("draft.jsonl")).name
    with disk(state.folder.parent), (state.folder / place).open("wb") as handle:
        for campaign in group(posts, fetch, jobs):
            assigned.update((numbers[key], campaign.id) for key in campaign.members)
            line = json.dumps(_content(campaign, redactor), ensure_ascii=False)
            handle.write(line.encode("utf-8", "backslashreplace") + b"\n")
        sync(handle)
    return assigned


def publish(state: State, out: Path, grouped: bool) -> Path | None:
    """Move the list of campaigns beside `out`; None, and nothing there, when nothing was grouped."""
    place = campaigns_path(out)
    draft = state.folder / campaigns_path(Path("draft.jsonl")).name
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
