"""``python -m training.fit``: train, calibrate, choose thresholds, measure out of fold, save model and sidecar.

Deterministic: the same texts, config and versions give the same numbers.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
import yaml
from sklearn.linear_model import LogisticRegression

from detector.indicators.analyse import matcher
from detector.kind import classes as class_names
from detector.model import store
from detector.model.classifier import LURES, Classifier, Prediction, logit
from detector.model.features import Prepared, blocks, frame, signal_features, tokens
from training import finder, linear, outcomes, sources
from training.dataset import Dataset, build, fingerprint, folds, weights
from training.thresholds import choose

CONFIG = Path(__file__).with_name("config.yaml")


def train(data: Dataset, config: dict[str, Any]) -> dict[str, Any]:
    """Fit the classifier and the finder on `data`; calibration is left at identity.

    Returns the parts that :class:`detector.model.classifier.Classifier` reads.
    """
    classes = data.classes()
    fitted = linear.fit(
        [features(p) for p in data.prepared],
        [signal_features(p) for p in data.prepared],
        {str(name): classes == name for name in np.unique(classes)},
        {**config["classifier"], "seed": config["seed"]},
        weights(data, config["weights"]),
    )
    return {"linear": fitted, "finder": finder.train(data, config), "calibration": (1.0, 0.0)}


def features(prepared: Prepared) -> dict[str, list[str]]:
    """Block name -> what the classifier counts of a text."""
    names = [token for token, _, _ in tokens(prepared.text)]
    return blocks(names, frame(names, prepared.text))


def calibrate(raw: np.ndarray, lures: np.ndarray) -> tuple[float, float]:
    """Slope and intercept of a logistic curve on the log-odds of `raw` (Platt), fitted on out-of-fold rows."""
    score = np.array([[logit(p)] for p in raw])
    curve = LogisticRegression(C=1e3).fit(score, lures)
    return float(curve.coef_[0, 0]), float(curve.intercept_[0])


def out_of_fold(data: Dataset, config: dict[str, Any]) -> list[Prediction]:
    """Predictions of each row by a model that never saw its group."""
    predictions: list[Prediction | None] = [None] * len(data.examples)
    for train_rows, test_rows in folds(data, config["folds"]):
        keep = np.zeros(len(data.examples), dtype=bool)
        keep[train_rows] = True
        classifier = Classifier(train(data.where(keep), config), 0.5)
        for row, prediction in zip(test_rows, classifier.predict([data.prepared[i] for i in test_rows]), strict=True):
            predictions[row] = prediction
    return [p for p in predictions if p is not None]


def fit(folder: Path | None, out: Path, config: dict[str, Any]) -> dict[str, Any]:
    """Train and save to `out`; returns the sidecar."""
    everything = build(folder)
    held_out = np.isin(everything.column("writer"), config["test_writers"])
    data, test = everything.where(~held_out), everything.where(held_out)
    missing = set(class_names()) - set(data.classes())
    if missing:
        raise SystemExit(
            f"The corpus has no text of class {sorted(missing)}; add some under data/corpus and run again."
        )
    predictions = out_of_fold(data, config)
    written = data.column("source") == "written"
    raw = np.array([sum(p.classes[name] for name in LURES) for p in predictions])
    slope, intercept = calibrate(raw[written], data.lures()[written])
    prevalence = float(data.lures()[written].mean())
    parts = train(data, config)
    parts["calibration"] = (slope, intercept)
    limits = finder.choose_limits(data, predictions, list(parts["finder"]["limits"]))
    parts["finder"]["limits"] = limits
    classifier = Classifier(parts, prevalence)
    predictions = [
        replace(finder.within(p, limits), lure=classifier.calibrated(r)) for p, r in zip(predictions, raw, strict=True)
    ]
    families = {i.id: i.family for i in matcher().catalogue.indicators.values()}
    thresholds = choose(data, predictions, families, config)
    sidecar: dict[str, Any] = {
        "made": date.today().isoformat(),
        "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "prevalence": round(prevalence, 4),
        "thresholds": thresholds,
        "split": {
            "folds": config["folds"],
            "groups": "written texts by writer, public texts by near-duplicate (Jaccard of 5-character shingles)",
            "test_writers": config["test_writers"],
        },
        "config": config,
        "data": fingerprint(everything.examples),
        "metrics": {
            "out_of_fold": _figures(data, predictions, families, thresholds),
            "test": _figures(test, classifier.predict(test.prepared), families, thresholds),
        },
    }
    store.save(out, parts, sidecar)
    return sidecar


def _figures(
    data: Dataset, predictions: list[Prediction], families: dict[str, str], thresholds: dict[str, float]
) -> dict[str, dict[str, float]]:
    if not data.examples:
        return {}
    return outcomes.by_source(data, outcomes.of_predictions(data, predictions, families, thresholds))


def _table(figures: dict[str, dict[str, dict[str, float]]]) -> str:
    """The figures as plain text, one line a source."""
    return "\n".join(
        f"[{part}] {source}: " + "  ".join(f"{name} {value}" for name, value in values.items())
        for part, by_source in figures.items()
        for source, values in by_source.items()
    )


def main(arguments: list[str] | None = None) -> None:
    """Command line of ``python -m training.fit``."""
    parser = argparse.ArgumentParser(prog="python -m training.fit", description=__doc__)
    parser.add_argument("--sources", type=Path, help="folder of the public data sets (default: DETECTOR_SOURCES)")
    parser.add_argument("--out", type=Path, default=store.default_folder(), help="where model and sidecar are written")
    parser.add_argument("--config", type=Path, default=CONFIG)
    options = parser.parse_args(arguments)
    folder = options.sources or sources.folder()
    if folder is None:
        sys.exit("The public data sets are not there; set DETECTOR_SOURCES to their folder (see docs/training.md).")
    sidecar = fit(folder, options.out, yaml.safe_load(options.config.read_text(encoding="utf-8")))
    print(_table(sidecar["metrics"]))
    print(f"saved to {options.out}")


if __name__ == "__main__":
    main()
