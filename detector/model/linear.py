"""A linear model over tf-idf blocks and named numbers, as arrays that scikit-learn fitted (``training.linear``).

Arithmetic is that of TfidfVectorizer (sublinear, smooth, L2) and of one logistic regression a name; doing it here
spares every start a second of imports and every text 1.5 ms of input checks (a test compares the two).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from detector.model.features import BLOCKS, pieces


class LinearModel:
    """`parts`: `blocks` (for each name in `features.BLOCKS` its `vocabulary`, in column order, and the `idf` of each),
    `named` (names of plain numbers, columns behind the blocks), `scale` (their factor), `names` (of the outputs),
    `coefficients` (columns x outputs) and `intercepts`.
    """

    def __init__(self, parts: dict[str, Any]) -> None:
        self._columns: dict[str, dict[str, int]] = {}
        idf = []
        size = 0
        for name in BLOCKS:
            block = parts["blocks"][name]
            self._columns[name] = {feature: i for i, feature in enumerate(block["vocabulary"], size)}
            idf.append(block["idf"])
            size += len(block["vocabulary"])
        self._idf: np.ndarray = np.concatenate(idf)
        self._named = {name: i for i, name in enumerate(parts["named"], size)}
        self._scale: float = parts["scale"]
        self.names: list[str] = list(parts["names"])
        self.coefficients: np.ndarray = parts["coefficients"]
        self._intercepts: np.ndarray = parts["intercepts"]

    def scores(
        self, features: Mapping[str, Iterable[str]], named: Mapping[str, float]
    ) -> tuple[np.ndarray, dict[int, float]]:
        """Log-odds of each output, shape (outputs,), and the blocks' columns with their tf-idf values."""
        used: dict[int, float] = {}
        for block, found in features.items():
            used |= self._tfidf(self._columns[block], found)
        at, values = list(used), list(used.values())
        for name, value in named.items():
            if (column := self._named.get(name)) is not None:
                at.append(column)
                values.append(value * self._scale)
        return (np.array(values) @ self.coefficients[at] + self._intercepts if at else self._intercepts), used

    def scores_of_stretches(
        self, tokens: Sequence[str], places: Sequence[tuple[int, int]], named: Mapping[str, float]
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """As `scores` for each stretch (first, last + 1) of `tokens`, on its words, word pairs and pieces of words.

        Stretches overlap, so each token's columns are looked up once and counted with NumPy: a third of the time that
        one call of `scores` a stretch took. Returns log-odds (stretches, outputs), columns (used,) and their values
        (stretches, used).
        """
        words, parts = self._columns["words"], self._columns["pieces"]
        single: list[int] = []
        begins = [0]
        for token in tokens:
            if (column := words.get(token)) is not None:
                single.append(column)
            single.extend(c for piece in pieces(token) if (c := parts.get(piece)) is not None)
            begins.append(len(single))
        pairs = np.array([words.get(f"{a} {b}", -1) for a, b in pairwise(tokens)], dtype=np.int64)
        columns, local = np.unique(np.concatenate([np.array(single, dtype=np.int64), pairs]), return_inverse=True)
        ones, twos = local[: len(single)], local[len(single) :]
        counts = np.zeros((len(places), len(columns)))
        for row, (first, last) in enumerate(places):
            found = np.concatenate([ones[begins[first] : begins[last]], twos[first : max(first, last - 1)]])
            counts[row] = np.bincount(found, minlength=len(columns))
        known = columns >= 0  # -1 stands for the pairs that the vocabulary lacks
        columns, counts = columns[known], counts[:, known]
        values = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0.0) * self._idf[columns]
        of_words = columns < len(words)  # the block of words comes first
        for block in (of_words, ~of_words):
            length = np.sqrt((values[:, block] ** 2).sum(axis=1, keepdims=True))
            values[:, block] /= np.where(length > 0, length, 1.0)
        shared, _ = self.scores({}, named)
        return values @ self.coefficients[columns] + shared, columns, values

    def _tfidf(self, columns: dict[str, int], features: Iterable[str]) -> dict[int, float]:
        """Column -> weight of the known features, of unit length together."""
        counts = Counter(column for feature in features if (column := columns.get(feature)) is not None)
        if not counts:
            return {}
        known = list(counts)
        values = (1 + np.log(list(counts.values()))) * self._idf[known]
        return dict(zip(known, (values / np.sqrt(values @ values)).tolist(), strict=True))

    def shares(self, tokens: Sequence[str], used: Mapping[int, float], weights: np.ndarray) -> list[float]:
        """What each token adds to a score: `used` times `weights` (columns,), dealt to the tokens they come from.

        A word pair shares its weight between its two words; a piece of a word gives its own to the word.
        """
        words, parts = self._columns["words"], self._columns["pieces"]
        places: list[tuple[int | None, tuple[int, ...]]]
        places = [(words.get(token), (i,)) for i, token in enumerate(tokens)]
        places += [(words.get(f"{a} {b}"), (i, i + 1)) for i, (a, b) in enumerate(pairwise(tokens))]
        places += [(parts.get(piece), (i,)) for i, token in enumerate(tokens) for piece in pieces(token)]
        counts = Counter(column for column, _ in places)
        out = [0.0] * len(tokens)
        for column, owners in places:
            if column is not None and column in used:
                part = used[column] * float(weights[column]) / counts[column] / len(owners)
                for i in owners:
                    out[i] += part
        return out


def probabilities(scores: np.ndarray) -> np.ndarray:
    """Logistic function of `scores`, cut at +-30."""
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
