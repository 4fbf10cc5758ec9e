"""A linear model over tf-idf blocks and named numbers, as arrays that scikit-learn fitted (``training.linear``).

Arithmetic is that of TfidfVectorizer (sublinear, smooth, L2) and of one logistic regression a name; doing it here
spares every start a second of imports and every text 1.5 ms of input checks (a test compares the two).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from detector.model.features import BLOCKS, pieces

_CACHED = 20_000  # tokens whose pieces are kept looked up


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the features of a text stand in the model; -1 for a word, pair or mark that the vocabulary lacks.

    `words` (tokens,), `pairs` (tokens - 1,), `frame` (marks,): a column each; `pieces` (pieces,): the known ones, token
    after token; `owners` (pieces,): the token that each belongs to.
    """

    words: np.ndarray
    pairs: np.ndarray
    frame: np.ndarray
    pieces: np.ndarray
    owners: np.ndarray


@dataclass(frozen=True, slots=True)
class Weighed:
    """Columns in rising order (used,) and their tf-idf values (used,)."""

    columns: np.ndarray
    values: np.ndarray


class LinearModel:
    """`parts`: `blocks` (for each name in `features.BLOCKS` its `vocabulary`, in column order, and the `idf` of each),
    `named` (names of plain numbers, columns behind the blocks), `scale` (their factor), `names` (of the outputs),
    `coefficients` (columns x outputs) and `intercepts`.
    """

    def __init__(self, parts: dict[str, Any]) -> None:
        columns: dict[str, dict[str, int]] = {}
        idf = []
        size = 0
        for name in BLOCKS:
            block = parts["blocks"][name]
            columns[name] = {feature: i for i, feature in enumerate(block["vocabulary"], size)}
            idf.append(block["idf"])
            size += len(block["vocabulary"])
        self._words, self._pieces = (columns[name] for name in BLOCKS)
        self._idf: np.ndarray = np.concatenate(idf).astype(np.float64)
        self._named = {name: i for i, name in enumerate(parts["named"], size)}
        self._scale: float = parts["scale"]
        self.names: list[str] = list(parts["names"])
        self.coefficients: np.ndarray = parts["coefficients"]
        self._intercepts: np.ndarray = parts["intercepts"]
        self._pieces_of: dict[str, np.ndarray] = {}

    def columns(self, tokens: Sequence[str], frame: Sequence[str] = ()) -> Columns:
        """The columns of the tokens, their pairs and pieces, and of the marks of the text's `frame`."""
        find = self._words.get
        parts = [self._columns_of_pieces(token) for token in tokens]
        return Columns(
            _whole([find(token, -1) for token in tokens]),
            _whole([find(f"{a} {b}", -1) for a, b in pairwise(tokens)]),
            _whole([find(mark, -1) for mark in frame]),
            np.concatenate([_whole([]), *parts]),
            np.repeat(np.arange(len(tokens)), [len(part) for part in parts]),
        )

    def scores(self, found: Columns, named: Mapping[str, float]) -> tuple[np.ndarray, Weighed]:
        """Log-odds of each output, shape (outputs,), and what the blocks add to them."""
        words = self._weighed(np.concatenate([found.words, found.pairs, found.frame]))
        parts = self._weighed(found.pieces)
        used = Weighed(
            np.concatenate([words.columns, parts.columns]),  # the block of words comes first
            np.concatenate([words.values, parts.values]),
        )
        return used.values @ self.coefficients[used.columns] + self._of_named(named), used

    def scores_of_stretches(
        self, found: Columns, places: Sequence[tuple[int, int]], named: Mapping[str, float]
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """As `scores` for each stretch (first, last + 1) of the tokens, on its words, word pairs and pieces of words.

        Stretches overlap, so all are counted in one go: a third of the time that one call of `scores` a stretch took.
        Returns log-odds (stretches, outputs), columns (used,) and their values (stretches, used).
        """
        columns, local = np.unique(np.concatenate([found.words, found.pairs, found.pieces]), return_inverse=True)
        singles, pairs, parts = np.split(local, [len(found.words), len(found.words) + len(found.pairs)])
        begins = np.searchsorted(found.owners, np.arange(len(found.words) + 1))
        counts = np.zeros((len(places), len(columns)))
        for row, (first, last) in enumerate(places):
            here = (singles[first:last], pairs[first : max(first, last - 1)], parts[begins[first] : begins[last]])
            counts[row] = np.bincount(np.concatenate(here), minlength=len(columns))
        known = columns >= 0
        columns, counts = columns[known], counts[:, known]
        values = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0.0) * self._idf[columns]
        of_words = columns < len(self._words)
        for block in (of_words, ~of_words):
            length = np.sqrt((values[:, block] ** 2).sum(axis=1, keepdims=True))
            values[:, block] /= np.where(length > 0, length, 1.0)
        return values @ self.coefficients[columns] + self._of_named(named), columns, values

    def shares(self, found: Columns, used: Weighed, weights: np.ndarray) -> np.ndarray:
        """What each token adds to a score, shape (tokens,): `used` times `weights` (columns,), dealt to the tokens.

        A word pair shares its weight between its two words; a piece of a word gives its own to the word.
        """
        size = len(found.words)
        everywhere = np.concatenate([found.words, found.pairs, found.pieces])
        owners = np.concatenate([np.arange(size), np.arange(len(found.pairs)), found.owners])
        if not len(used.columns):
            return np.zeros(size)
        at = np.minimum(np.searchsorted(used.columns, everywhere), len(used.columns) - 1)
        held = used.columns[at] == everywhere
        counts = np.bincount(at[held], minlength=len(used.columns))
        parts = used.values * weights[used.columns] / np.maximum(counts, 1)
        share = np.where(held, parts[at], 0.0)
        pairs = slice(size, size + len(found.pairs))
        share[pairs] /= 2
        return np.bincount(owners, share, size) + np.bincount(owners[pairs] + 1, share[pairs], size)

    def _columns_of_pieces(self, token: str) -> np.ndarray:
        """Columns of the known pieces of one token."""
        if (known := self._pieces_of.get(token)) is None:
            if len(self._pieces_of) >= _CACHED:
                self._pieces_of.clear()
            known = _whole([c for piece in pieces(token) if (c := self._pieces.get(piece)) is not None])
            self._pieces_of[token] = known
        return known

    def _weighed(self, columns: np.ndarray) -> Weighed:
        """Columns of one block with their tf-idf, of unit length together."""
        used, counts = np.unique(columns[columns >= 0], return_counts=True)
        values = (1 + np.log(counts)) * self._idf[used]
        return Weighed(used, values / max(float(np.sqrt(values @ values)), 1e-12))

    def _of_named(self, named: Mapping[str, float]) -> np.ndarray:
        """What the named numbers add to each output, with the intercepts."""
        known = {column: value for name, value in named.items() if (column := self._named.get(name)) is not None}
        if not known:
            return self._intercepts
        return np.array(list(known.values())) * self._scale @ self.coefficients[list(known)] + self._intercepts


def _whole(numbers: list[int]) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def probabilities(scores: np.ndarray) -> np.ndarray:
    """Logistic function of `scores`, cut at +-30."""
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
