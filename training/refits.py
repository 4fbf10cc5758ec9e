"""Models trained again on parts of the texts, two at a time: what every experiment of the evaluation rests on."""

from __future__ import annotations

import copy
import hashlib
import os
import pickle
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from joblib import parallel_config
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from detector.assessment import Facts
from detector.model.classifier import LURES, Classifier, Prediction, expit, logit
from detector.model.features import Prepared
from training import fit
from training.dataset import Dataset

WORKERS = os.cpu_count() or 1
_CODE = Path(__file__).resolve().parents[1]
#: Modules of `training` that only look at results: an edit there leaves the models as they are.
_LOOKING = frozenset(
    {"evaluate", "experiments", "outcomes", "intervals", "bars", "model_card", "figures", "metrics", "refits"}
    | {"agreement", "phrases", "reposts", "candidates"}
)


@dataclass(frozen=True, slots=True)
class Refit:
    """One model to train and the rows it predicts; both arrays hold row numbers of the data set.

    `rules` false takes the rules' findings away from training and test rows alike; `finder` false saves the time of
    training the finder of likely indicators, which then finds none.
    """

    train: np.ndarray
    test: np.ndarray
    config: dict[str, Any]
    rules: bool = True
    finder: bool = True


#: Makes the finder's training cost nothing.
_NO_FINDER = {"finder.max_iter": 1, "finder.words.max_features": 2, "finder.pieces.max_features": 2}
_NEVER = 2.0  # a probability that nothing reaches


def overridden(config: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A copy of `config` with the values at dotted paths replaced; a path that is not in `config` changes nothing."""
    out = copy.deepcopy(config)
    for path, value in changes.items():
        *parents, last = path.split(".")
        place: Any = out
        for name in parents:
            place = place.get(name) if isinstance(place, dict) else None
        if isinstance(place, dict) and last in place:
            place[last] = value
    return out


class Cache:
    """Results kept as pickles in `folder` between runs; without a folder nothing is kept.

    A key names what the result depends on: the code and data files of the detector and the training are part of every
    key, so an edit there starts afresh.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._code = _fingerprint()

    def holds(self, key: object) -> bool:
        """Whether a result for `key` is kept."""
        return self._folder is not None and self._path(key).is_file()

    def _path(self, key: object) -> Path:
        assert self._folder is not None
        return self._folder / f"{hashlib.sha256(self._code + pickle.dumps(key)).hexdigest()[:32]}.pickle"

    def get(self, key: object, make: Callable[[], Any]) -> Any:
        """The kept result for `key`, or that of `make`, which is then kept."""
        if self._folder is None:
            return make()
        path = self._path(key)
        if path.is_file():
            with path.open("rb") as handle:
                return pickle.load(handle)
        result = make()
        partial = path.with_suffix(f".{os.getpid()}")
        with partial.open("wb") as handle:
            pickle.dump(result, handle)
        partial.replace(path)
        return result


def _fingerprint() -> bytes:
    """Hash of what models and prepared texts depend on; the evaluation's own modules are left out."""
    digest = hashlib.sha256()
    files = sorted((_CODE / "detector").rglob("*"))
    files += [p for p in sorted((_CODE / "training").glob("*.py")) if p.stem not in _LOOKING]
    files += sorted((_CODE / "data" / "corpus").glob("*.jsonl"))
    for path in files:
        if path.is_file() and path.suffix not in (".pyc", ".joblib") and "resources/model" not in path.as_posix():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.digest()


_DATA: Dataset | None = None
_LIMITS: dict[str, float] | None = None


def _start(data: Dataset, limits: dict[str, float] | None) -> None:
    global _DATA, _LIMITS
    _DATA, _LIMITS = data, limits


def _call(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    assert _DATA is not None
    # The tasks already fill the cores; solvers that start workers of their own would only be in each other's way.
    with parallel_config(backend="sequential"), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return function(_DATA, *arguments)


def _run(data: Dataset, task: Refit) -> list[Prediction]:
    keep = np.zeros(len(data.examples), dtype=bool)
    keep[task.train] = True
    training, tested = data.where(keep), [data.prepared[i] for i in task.test]
    if not task.rules:
        training, tested = without_rules(training), [_without_rules(p) for p in tested]
    config = task.config if task.finder else overridden(task.config, _NO_FINDER)
    parts = fit.train(training, config)
    limits = (_LIMITS or {}) if task.finder else {}  # an experiment has none of its own: the shipped model's hold
    parts["finder"]["limits"] = {name: limits.get(name, _NEVER) for name in parts["finder"]["limits"]}
    # What a prediction was read from serves the explanation only and is long.
    return [replace(p, read=None) for p in Classifier(parts, 0.5).predict(tested)]


class Refitter:
    """Runs refits on `data`; `limits` are the shipped finder's, by indicator."""

    def __init__(
        self, data: Dataset, cache: Cache, limits: dict[str, float] | None, say: Callable[[str], None]
    ) -> None:
        self._data, self._cache, self._limits, self._say = data, cache, limits, say
        self._rows = hashlib.sha256(pickle.dumps([astuple(e) for e in data.examples])).hexdigest()

    def run(self, title: str, tasks: Sequence[Refit]) -> list[list[Prediction]]:
        """Predictions of each task in order, each for its test rows."""
        return self.map(title, _run, [(task,) for task in tasks])

    def baseline(self, title: str, splits: Sequence[tuple[np.ndarray, np.ndarray]]) -> list[np.ndarray]:
        """P(lure) by the bare model (see `_baseline`) for each (training rows, test rows)."""
        return self.map(f"{title}, bare model", _baseline, list(splits))

    def map(self, title: str, function: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        """``function(data, *arguments)`` for each of `arguments`, in order, two at a time; kept in the cache.

        `function` stands at the top of a module, so that another process finds it.
        """
        keys = [(function.__module__, function.__qualname__, self._rows, self._limits, a) for a in arguments]
        out = []
        with ProcessPoolExecutor(WORKERS, initializer=_start, initargs=(self._data, self._limits)) as pool:
            jobs = [
                None if self._cache.holds(key) else pool.submit(_call, function, a)
                for key, a in zip(keys, arguments, strict=True)
            ]
            for number, (key, job) in enumerate(zip(keys, jobs, strict=True), 1):
                out.append(self._cache.get(key, job.result if job else _gone))
                self._say(f"{title}: {number} of {len(jobs)}")
        return out


def _gone() -> Any:
    raise RuntimeError("a kept result vanished while the evaluation ran; run it again")


def without_rules(data: Dataset) -> Dataset:
    """`data` as the classifier would see it without rules and facts: text alone."""
    return Dataset(data.examples, [_without_rules(p) for p in data.prepared], data.groups)


def _without_rules(prepared: Prepared) -> Prepared:
    return replace(prepared, signals=(), credentials=(), facts=Facts(), contexts=frozenset())


def calibrated(predictions: Sequence[Prediction], curve: tuple[float, float]) -> list[Prediction]:
    """Predictions with `lure` on the calibration `curve` (slope, intercept on log-odds)."""
    slope, intercept = curve
    return [replace(p, lure=expit(slope * logit(raw(p)) + intercept)) for p in predictions]


def raw(prediction: Prediction) -> float:
    """Uncalibrated P(lure)."""
    return sum(prediction.classes[name] for name in LURES)


def _baseline(data: Dataset, train: np.ndarray, test: np.ndarray) -> np.ndarray:
    """The usual bare model: tf-idf of words and word pairs, logistic regression, everything at its default."""
    lures = data.lures()
    vectoriser = TfidfVectorizer(ngram_range=(1, 2), max_features=50_000)
    rows = vectoriser.fit_transform([data.examples[i].text for i in train])
    model = LogisticRegression(max_iter=1000).fit(rows, lures[train])
    shown = vectoriser.transform([data.examples[i].text for i in test])
    return np.asarray(model.predict_proba(shown)[:, 1])
