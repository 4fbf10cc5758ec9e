"""Posts into campaigns: first by text, then the wordings that one recruiter's contact joins.

    signatures ──bands──> links ──components, centres──> wordings ──contacts──> campaigns ──texts──> templates

Only templates need texts, and only those of the few posts that a template is made of; they are fetched by key.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from joblib import Parallel, delayed

from detector.scan.campaigns.columns import FLAGGED, Posts, moment
from detector.scan.campaigns.contacts import MAX_IN_POST, MAX_JOINED, MAX_WORDINGS
from detector.scan.campaigns.records import LEVELS, Campaign, Key, Post
from detector.scan.campaigns.similar import BANDS, band_edges, components, split
from detector.scan.campaigns.templates import MEMBERS, template

__all__ = ["Fetch", "campaigns_of", "group", "wordings"]

Fetch = Callable[[Sequence[Key]], Mapping[Key, str]]
_AT_ONCE = 500  # campaigns whose texts are held at once: at most 6,500 texts


def group(posts: Iterable[Post], fetch: Fetch | None = None, jobs: int = 1) -> list[Campaign]:
    """The campaigns among `posts`, the largest first.

    Parameters
    ----------
    posts
        Read once, in order; keys must differ.
    fetch
        Gives the texts of some keys; a key that it leaves out gets no say in the template. Without it the texts of the
        posts themselves are used, where they have one.
    jobs
        Threads that compare signatures; the result does not depend on it.

    Raises
    ------
    ValueError
        When a post has an unknown level or a signature of another length.
    """
    return campaigns_of(Posts.of(posts), fetch, jobs)


def campaigns_of(posts: Posts, fetch: Fetch | None = None, jobs: int = 1) -> list[Campaign]:
    """`group` for posts that are columns already, as the contact network wants them too."""
    labels, centres = wordings(posts, jobs)
    joined = join_by_contacts(posts, labels)
    found = [_campaign(posts, rows, labels) for rows in _groups(joined[labels])]
    found.sort(key=lambda c: (-c[0].size, c[0].id))
    return _with_templates(found, posts, labels, centres, fetch or (lambda keys: posts.texts))


def wordings(posts: Posts, jobs: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """The number of each post's wording, shape (n,), and the row of each wording's most typical post.

    Reposts share a wording; a post without a signature has one of its own.
    """
    rows = np.flatnonzero(posts.signed)
    signatures = posts.signatures[rows]
    # Most posts of a campaign are copies to the letter: they are compared once.
    _, first, same = np.unique(
        signatures.view(np.dtype((np.void, signatures.shape[1] * signatures.itemsize))).ravel(),
        return_index=True,
        return_inverse=True,
    )
    # In input order, so that equal input gives equal numbers.
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    distinct = signatures[first[order]]
    del signatures
    edges = Parallel(n_jobs=jobs, prefer="threads", return_as="generator")(
        delayed(band_edges)(band, distinct) for band in range(BANDS)
    )
    near, centres = split(distinct, components(len(distinct), edges))
    labels = np.empty(len(posts), dtype=np.int64)
    labels[rows] = near[rank[same]]
    alone = np.flatnonzero(~posts.signed)
    labels[alone] = len(centres) + np.arange(len(alone))
    return labels, np.concatenate([rows[first[order]][centres], alone])


def join_by_contacts(posts: Posts, labels: np.ndarray) -> np.ndarray:
    """Campaign number of each wording: wordings joined by contacts, within the limits of `contacts`.

    The number of a campaign is that of its first wording.
    """
    users: defaultdict[int, set[int]] = defaultdict(set)
    for i, joining in enumerate(posts.joining):
        if posts.levels[i] >= FLAGGED and len(joining) <= MAX_IN_POST:
            for contact in joining:
                users[contact].add(int(labels[i]))
    parent = np.arange(int(labels.max()) + 1 if len(labels) else 0)
    sizes = np.ones(len(parent), dtype=np.int64)

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = int(parent[number])
        return number

    names = posts.joining_names.names
    for _, _, contact in sorted((len(ls), names[c], c) for c, ls in users.items() if 1 < len(ls) <= MAX_WORDINGS):
        roots = sorted({root(label) for label in users[contact]})
        if sizes[roots].sum() <= MAX_JOINED:
            sizes[roots[0]] = sizes[roots].sum()
            parent[roots] = roots[0]
    return np.array([root(i) for i in range(len(parent))], dtype=np.int64)


def _groups(labels: np.ndarray) -> list[np.ndarray]:
    """The rows of each group of two posts or more."""
    order = np.argsort(labels, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return [part for part in parts if len(part) > 1]


def _campaign(posts: Posts, rows: np.ndarray, labels: np.ndarray) -> tuple[Campaign, np.ndarray]:
    """One campaign still without its template, and its rows."""
    members = [posts.keys[i] for i in rows]
    smallest = min(members, key=lambda key: (isinstance(key, str), key))
    dated = [(when, i) for i in rows if (when := moment(posts.posted[i]))]
    places = Counter(posts.place_names.names[posts.places[i]] for i in rows if posts.places[i] >= 0)
    contacts = Counter(posts.contact_names.names[c] for i in rows for c in posts.contacts[i])
    indicators = Counter(posts.indicator_names.names[n] for i in rows for n in posts.indicators[i])
    campaign = Campaign(
        id=campaign_id(smallest),
        size=len(rows),
        members=tuple(members),
        wordings=len(np.unique(labels[rows])),
        first_seen=posts.posted[min(dated)[1]] if dated else None,
        last_seen=posts.posted[max(dated)[1]] if dated else None,
        places=_commonest(places),
        contacts=_commonest(contacts),
        level=LEVELS[max(posts.levels[i] for i in rows)],
        indicators=_commonest(indicators),
    )
    return campaign, rows


def campaign_id(smallest: Key) -> str:
    """``c`` and ten digits made from the smallest member key (numbers before strings)."""
    return "c" + hashlib.sha256(f"{type(smallest).__name__}:{smallest}".encode()).hexdigest()[:10]


def _commonest(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _with_templates(
    found: list[tuple[Campaign, np.ndarray]], posts: Posts, labels: np.ndarray, centres: np.ndarray, fetch: Fetch
) -> list[Campaign]:
    out: list[Campaign] = []
    for start in range(0, len(found), _AT_ONCE):
        batch = found[start : start + _AT_ONCE]
        wanted = [_read_for_template(rows, posts, labels, centres) for _, rows in batch]
        texts = fetch([key for keys in wanted for key in keys])
        for (campaign, _), keys in zip(batch, wanted, strict=True):
            at_hand = [texts[key] for key in keys if key in texts]
            out.append(replace(campaign, template=template(at_hand[0], at_hand[1:]) if at_hand else ()))
    return out


def _read_for_template(rows: np.ndarray, posts: Posts, labels: np.ndarray, centres: np.ndarray) -> list[Key]:
    """Keys of the most typical post of the commonest wording, then of others of that wording."""
    numbers, counts = np.unique(labels[rows], return_counts=True)
    common = int(numbers[counts.argmax()])
    centre = int(centres[common])
    others = rows[(labels[rows] == common) & (rows != centre)]
    # Posts that differ from the typical one say where its slots are, copies to the letter only that there are many.
    others = others[:: -(-len(others) // MEMBERS)] if len(others) else others
    return [posts.keys[i] for i in (centre, *others)]
