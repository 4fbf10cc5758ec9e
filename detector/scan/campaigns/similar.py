"""Posts with similar texts, found in bands of their signatures: time and memory grow with the posts, not with pairs.

Each band takes 3 of the 128 places of a signature as its key; posts with an equal key are compared. A pair of the
similarity J meets in at least one of 42 bands with the probability 1 - (1 - J^3)^42: 0.94 at 0.40, 0.99 at 0.48, 0.02
at 0.08 where most unrelated adverts lie below. `band_edges` is a pure function of the signatures, so that a cluster can
run the bands side by side.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from detector.scan.campaigns.signatures import LENGTH

__all__ = ["BANDS", "CENTRE", "LINK", "ROWS", "band_edges", "compact", "components", "similarity", "split"]

ROWS = 3
BANDS = LENGTH // ROWS
#: Estimated similarity from which two posts are linked, and which each member must have with the centre of its group.
#: The true similarity of different texts of the corpus (8 million pairs) ends at 0.37; reposts with 30 % edits have
#: 0.73 with the original and 0.59 among themselves in the middle. At 0.35 the estimate's error joins too much (of pairs
#: 0.993 right, 0.976 found; at 0.40 1.000 and 0.957). See benchmarks/campaigns.py.
LINK = 0.40
CENTRE = 0.30
#: Neighbours in a bucket that a post is compared with. A bucket of reposts is chained as well by few, and a bucket
#: that a common phrase fills must not cost the square of its size.
NEIGHBOURS = 8
_CHUNK = 1 << 16  # pairs compared at once: 2 x 16 MB
_PROBES = 32  # posts tried as the centre of a large group


def compact(signatures: np.ndarray) -> np.ndarray:
    """Signatures of shape (n, 128) in half the memory: equal places stay equal, 1 in 65,536 others becomes so."""
    return (signatures & np.uint32(0xFFFF)).astype(np.uint16)


def similarity(signatures: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Estimated Jaccard similarity of the pairs (left[i], right[i]) of rows, 0-1."""
    out = np.empty(len(left), dtype=np.float32)
    for i in range(0, len(left), _CHUNK):
        at = slice(i, i + _CHUNK)
        out[at] = (signatures[left[at]] == signatures[right[at]]).mean(axis=1, dtype=np.float32)
    return out


def band_edges(band: int, signatures: np.ndarray, threshold: float = LINK) -> np.ndarray:
    """The pairs of rows that meet in `band` (0 to 41) and are at least `threshold` similar.

    Parameters
    ----------
    band
        Number of the band.
    signatures
        Shape (n, 128), of `compact`; rows without a signature must be left out.
    threshold
        Estimated Jaccard similarity, 0-1.

    Returns
    -------
    Row numbers, shape (pairs, 2), the smaller first.

    Raises
    ------
    ValueError
        When there is no such band.
    """
    if not 0 <= band < BANDS:
        raise ValueError(f"band must lie between 0 and {BANDS - 1}, not {band}")
    keys = _keys(signatures, band)
    # Posts that agree in the next band too lie side by side, so that a large bucket compares the likeliest pairs.
    order = np.lexsort((_keys(signatures, (band + 1) % BANDS), keys)).astype(np.int32)
    keys = keys[order]
    found = []
    for step in range(1, min(NEIGHBOURS, len(order) - 1) + 1):
        at = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(at):
            break  # no bucket reaches that far, and none reaches further
        left, right = order[at], order[at + step]
        near = similarity(signatures, left, right) >= threshold
        found.append(np.stack([left[near], right[near]], axis=1))
    pairs = np.concatenate(found) if found else np.empty((0, 2), dtype=np.int32)
    return np.sort(pairs, axis=1)


def _keys(signatures: np.ndarray, band: int) -> np.ndarray:
    places = signatures[:, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
    return (places[:, 0] << np.uint64(32)) | (places[:, 1] << np.uint64(16)) | places[:, 2]


def components(n: int, edges: Iterable[np.ndarray]) -> np.ndarray:
    """Group number of each of `n` rows, shape (n,), when the pairs of all `edges` are joined.

    Numbers follow the first row of each group, so they do not depend on the order of the edges.
    """
    labels = np.arange(n, dtype=np.int32)
    for pairs in edges:
        if len(pairs):
            left, right = labels[pairs[:, 0]], labels[pairs[:, 1]]
            graph = sparse.coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=(n, n))
            labels = connected_components(graph, directed=False)[1].astype(np.int32)[labels]
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int32)


def split(signatures: np.ndarray, labels: np.ndarray, threshold: float = CENTRE) -> tuple[np.ndarray, np.ndarray]:
    """Groups cut so that each member is at least `threshold` similar to a centre of its group.

    A chain of links may lead from one advert over a firm's boilerplate to another that shares nothing but that.
    The centre is the member with the largest sum of squared similarities (in a large group, the best of 32). Squares,
    because a post that strings two adverts together is half like the reposts of both, and would be the centre of all by
    their number: of pairs joined among 24,000 posts with a hundredth of such posts, 77 % were right by number, 93 % by
    squares (the rest are the strung posts with the reposts of one of their adverts).

    Returns
    -------
    New group numbers, shape (n,), and the row of each group's centre, shape (groups,).
    """
    out = np.empty(len(labels), dtype=np.int32)
    centres: list[int] = []
    order = np.argsort(labels, kind="stable")
    ends = np.flatnonzero(np.diff(labels[order])) + 1
    for group in np.split(order, ends):
        rest = group
        while len(rest):
            centre, near = _centre(signatures, rest, threshold)
            out[rest[near]] = len(centres)
            centres.append(centre)
            rest = rest[~near]
    return out, np.array(centres, dtype=np.int32)


def _centre(signatures: np.ndarray, group: np.ndarray, threshold: float) -> tuple[int, np.ndarray]:
    """The row of the centre, and which of `group` belong to it."""
    if len(group) == 1:
        return int(group[0]), np.ones(1, dtype=bool)
    probes = group[:: -(-len(group) // _PROBES)]
    best, best_near, best_score = int(group[0]), np.zeros(len(group), dtype=bool), -1.0
    for probe in probes:
        near_by = similarity(signatures, np.full(len(group), probe), group)
        score = float(np.square(near_by).sum())
        if score > best_score:
            best, best_near, best_score = int(probe), near_by >= threshold, score
    return best, best_near
