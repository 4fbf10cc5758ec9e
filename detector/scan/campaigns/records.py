"""What goes into the grouping and what comes out: posts, campaigns, templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

__all__ = ["LEVELS", "Campaign", "Key", "Part", "Post", "template_text"]

Key = str | int
LEVELS = (None, "low", "check", "high")  # from the least to the worst; None: no advert


@dataclass(frozen=True, slots=True)
class Post:
    """One assessed text, as far as the grouping needs it.

    `signature` is of `signatures.signature`, None or all `EMPTY` where the text was too short. `contacts` are the
    (type, value) pairs of `Assessment.facts.contacts`. `posted_at` is ISO 8601. `level` is None for what is no advert.
    `text` may stay None where the texts can be fetched later by key.
    """

    key: Key
    signature: np.ndarray | None = None
    contacts: tuple[tuple[str, str], ...] = ()
    posted_at: str | None = None
    place: str | None = None
    level: str | None = None
    indicators: tuple[str, ...] = ()
    text: str | None = None

    @classmethod
    def from_record(
        cls,
        record: Mapping[str, Any],
        signature: np.ndarray | None,
        posted_at: str | None = None,
        place: str | None = None,
        text: str | None = None,
    ) -> Post:
        """A post from its scan record (`Assessment.to_dict` with `id`) and what the record does not hold."""
        return cls(
            key=record["id"],
            signature=signature,
            contacts=tuple((c["type"], c["value"]) for c in record["facts"]["contacts"]),
            posted_at=posted_at,
            place=place,
            level=record["level"] if record["kind"] == "advert" else None,
            indicators=tuple(dict.fromkeys(i["id"] for i in record["indicators"])),
            text=text,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a template, as the most typical post writes it; the parts put together are that post again.

    `fillings` is empty where the posts agree; in a slot it holds what other posts write there, the commonest first
    ("" = nothing).
    """

    text: str
    fillings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Campaign:
    """Two posts or more that belong together.

    Attributes
    ----------
    id
        Made from the smallest member key: the same members give the same id in every run.
    members
        Keys in input order; `size` of them.
    wordings
        Texts that are no reposts of one another and were joined by a contact; 1 = all are reposts of one text.
    first_seen, last_seen
        ISO 8601 as the input has it; None without any date.
    places, contacts, indicators
        (name, number of posts), the commonest first. Contacts read ``type:value``.
    template
        The text with its slots; of the commonest wording. Empty where no text was at hand.
    level
        The worst of the members' levels; None where none is an advert.
    """

    id: str
    size: int
    members: tuple[Key, ...]
    wordings: int
    first_seen: str | None
    last_seen: str | None
    places: tuple[tuple[str, int], ...]
    contacts: tuple[tuple[str, int], ...]
    level: str | None
    indicators: tuple[tuple[str, int], ...]
    template: tuple[Part, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The campaign ready for JSON."""
        return asdict(self)


def template_text(template: Iterable[Part], mark: str = "[{}]") -> str:
    """A template as plain text, each slot shown as `mark` around the most typical filling."""
    return "".join(mark.format(part.text) if part.fillings else part.text for part in template)
