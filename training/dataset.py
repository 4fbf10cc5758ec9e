"""The rows a model is trained and judged on: prepared texts with class, weight, group and fold."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold

from detector.detector import prepare
from detector.model.features import Prepared
from training import corpus, sources
from training.groups import near_duplicate_groups
from training.sources import Example


@dataclass(frozen=True, slots=True)
class Dataset:
    """Examples in order with their prepared form; `groups` shape (n,)."""

    examples: list[Example]
    prepared: list[Prepared]
    groups: np.ndarray

    def classes(self) -> np.ndarray:
        """Class name of each row: the label of an advert, the kind of a non-advert."""
        return np.array([e.label if e.kind == "advert" else e.kind for e in self.examples])

    def lures(self) -> np.ndarray:
        """True where the row is a lure."""
        return np.array([e.label in ("trafficking_risk", "job_fraud_other") for e in self.examples])

    def where(self, keep: np.ndarray) -> Dataset:
        """The rows for which the boolean array `keep` is true."""
        index = np.flatnonzero(keep)
        return Dataset([self.examples[i] for i in index], [self.prepared[i] for i in index], self.groups[index])

    def column(self, name: str) -> np.ndarray:
        """One field of the examples as an array."""
        return np.array([getattr(e, name) for e in self.examples])


def build(folder: Path | None, workers: int = 2) -> Dataset:
    """Read corpus and public sources, prepare every text and find the groups."""
    examples = corpus.examples()
    if folder is not None:
        examples += sources.read_all(folder)
    with ProcessPoolExecutor(workers) as pool:
        prepared = list(pool.map(_prepare, [e.text for e in examples], chunksize=64))
    near = near_duplicate_groups([e.text[:1500] for e in examples])
    # One writer is one group: a model that knows a writer's habits has not understood lures.
    names = [f"writer {e.writer}" if e.writer else f"near {g}" for e, g in zip(examples, near, strict=True)]
    _, groups = np.unique(names, return_inverse=True)
    return Dataset(examples, prepared, groups)


def _prepare(text: str) -> Prepared:
    return prepare(text)


def folds(data: Dataset, count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Grouped folds as (train index, test index); the written corpus is dealt by writer."""
    return list(GroupKFold(count).split(np.zeros(len(data.examples)), groups=data.groups))


def weights(data: Dataset, config: dict[str, float]) -> np.ndarray:
    """Sample weights, mean 1: each source its share in `config`; written classes by the inverse root of their size."""
    source = data.column("source")
    classes = data.classes()
    out = np.zeros(len(source))
    for name in np.unique(source):
        rows = source == name
        size = Counter(classes[rows])
        raw = np.array([size[c] ** -0.5 for c in classes[rows]])
        out[rows] = config[str(name)] * raw / raw.sum()
    return out * len(source) / out.sum()


def fingerprint(examples: Sequence[Example]) -> dict[str, Any]:
    """Rows and SHA-256 of the texts per source: what the sidecar says the model was trained on."""
    out: dict[str, Any] = {}
    for name in sorted({e.source for e in examples}):
        mine = [e for e in examples if e.source == name]
        digest = hashlib.sha256("\n".join(f"{e.id}\t{e.label}\t{e.text}" for e in mine).encode()).hexdigest()
        out[name] = {"texts": len(mine), "sha256": digest}
    return out
