"""Near-duplicates: texts that must never stand on both sides of a split."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import CountVectorizer

THRESHOLD = 0.5  # Jaccard similarity of 5-character shingles
_CHUNK = 256


def near_pairs(texts: Sequence[str], threshold: float = THRESHOLD) -> tuple[np.ndarray, np.ndarray]:
    """Index pairs of similar texts, as two arrays of equal length; a pair stands in both orders."""
    shingles = CountVectorizer(analyzer="char", ngram_range=(5, 5), binary=True, dtype=np.float32, lowercase=True)
    matrix = shingles.fit_transform(texts).tocsr()
    # A shingle that stands in one text only joins nothing.
    frequency = np.asarray((matrix > 0).sum(axis=0)).ravel()
    sizes = np.asarray(matrix.sum(axis=1)).ravel()
    shared = matrix[:, frequency > 1]
    transposed = shared.T.tocsc()
    rows: list[np.ndarray] = []
    columns: list[np.ndarray] = []
    for start in range(0, len(texts), _CHUNK):
        common = (shared[start : start + _CHUNK] @ transposed).tocoo()
        row = start + common.row
        union = sizes[row] + sizes[common.col] - common.data
        near = (common.data >= threshold * np.maximum(union, 1)) & (row != common.col)
        rows.append(row[near])
        columns.append(common.col[near])
    return np.concatenate(rows), np.concatenate(columns)


def near_duplicate_groups(texts: Sequence[str], threshold: float = THRESHOLD) -> np.ndarray:
    """Group number of each text, shape (n,): texts linked by a chain of similar pairs share one."""
    row, column = near_pairs(texts, threshold)
    graph = sparse.coo_matrix((np.ones(len(row), dtype=np.int8), (row, column)), shape=(len(texts), len(texts)))
    return connected_components(graph, directed=False)[1]
