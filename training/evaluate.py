"""``python -m training.evaluate``: write ``docs/evaluation.json`` and, from it, ``docs/model-card.md``.

Every number comes with a bootstrap interval. The shipped model is judged on the writers it never saw; everything else
trains models again, two at a time (half an hour on two cores). `--quick` runs the same code on a small part of it.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
import yaml

from detector.detector import Detector
from detector.indicators.analyse import matcher
from detector.model import store
from training import bars, candidates, corpus, disguise, experiments, fit, model_card, outcomes, sources
from training.dataset import Dataset, build, fingerprint
from training.experiments import Setup
from training.intervals import LEVEL, Bootstrap
from training.outcomes import Outcomes
from training.refits import Cache, Refitter

DOCS = Path(__file__).resolve().parents[1] / "docs"
JSON = "evaluation.json"
CARD = "model-card.md"
_QUICK_PARTS = (0.1, 0.25)  # of the ordinary public texts, of the others


def evaluate(
    folder: Path, model: Path, config: dict[str, Any], quick: bool = False, cache: Path | None = None
) -> dict[str, Any]:
    """All numbers, ready for the JSON file.

    Parameters
    ----------
    folder
        The public data sets.
    model
        Folder of the shipped model and its sidecar.
    config
        What the models of the experiments are trained with (``training/config.yaml``).
    quick
        A hundred draws, two folds and a small part of the texts: to try the code, not to publish.
    cache
        Where intermediate results are kept between runs; nowhere by default.
    """
    began = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {what}", file=sys.stderr, flush=True)

    stored = store.load(model)
    kept = Cache(cache)
    data: Dataset = kept.get("data", lambda: build(folder))
    whole = fingerprint(data.examples)
    if quick:
        data = _small(data, config["seed"])
    say(f"{len(data.examples)} texts prepared")
    draw = Bootstrap(100 if quick else 1000, config["seed"])
    limits = stored.parts["finder"]["limits"]
    setup = Setup(
        data=data,
        test=np.isin(data.column("writer"), stored.sidecar["split"]["test_writers"]),
        config=config,
        families={i.id: i.family for i in matcher().catalogue.indicators.values()},
        thresholds=stored.sidecar["thresholds"],
        draw=draw,
        refits=Refitter(data, kept, limits, say),
        folds=2 if quick else config["folds"],
        most=2 if quick else None,
    )
    detector = Detector.load(model)
    tested, shipped = _test(setup, detector)
    say("test writers judged")
    by_source, found = experiments.out_of_fold(setup)
    out: dict[str, Any] = {
        "model": {
            "sha256": stored.sidecar["sha256"],
            "prevalence": stored.sidecar["prevalence"],
            "thresholds": stored.sidecar["thresholds"],
            "test_writers": stored.sidecar["split"]["test_writers"],
            "same_config": stored.sidecar["config"] == config,
            "same_texts": stored.sidecar["data"] == whole,
        },
        "protocol": {
            "quick": quick,
            "draws": draw.draws,
            "level": LEVEL,
            "seed": draw.seed,
            "folds": setup.folds,
            "thinned": round(experiments.THINNED, 4),
            "texts": {name: int((setup.source == name).sum()) for name in sorted(set(setup.source.tolist()))},
            "versions": {"python": platform.python_version(), "scikit-learn": sklearn.__version__},
        },
        "test": tested,
        "out_of_fold": by_source,
        "one_source_left_out": experiments.leave_source_out(setup),
        "one_scenario_left_out": experiments.leave_scenario_out(setup),
        "one_writer_left_out": experiments.leave_writer_out(setup),
        "emscad": experiments.emscad(setup),
        "matched": experiments.matched(setup, found),
        "ablations": experiments.ablations(setup, shipped),
        "learning_curve": experiments.learning_curve(setup, shipped),
        "obfuscated": disguise.experiment(lambda part, texts: _assessed(detector, part, texts), _tests(setup), draw),
        "candidates": candidates.compare(setup),
    }
    out["bars"] = bars.judged(out)
    out["protocol"]["minutes"] = round((time.monotonic() - began) / 60, 1)
    return out


def _small(data: Dataset, seed: int) -> Dataset:
    """A tenth of the ordinary public texts and a quarter of all others."""
    ordinary = np.isin(data.column("source"), sources.ORDINARY)
    kept = np.where(ordinary, *_QUICK_PARTS)
    return data.where(np.random.default_rng(seed).random(len(kept)) < kept)


def _tests(setup: Setup) -> Dataset:
    return setup.data.where(setup.test)


def _assessed(detector: Detector, data: Dataset, texts: list[str]) -> Outcomes:
    return outcomes.of_assessments(data, list(detector.assess_many(texts)))


def _test(setup: Setup, detector: Detector) -> tuple[dict[str, Any], Outcomes]:
    """The shipped detector on the texts of the test writers."""
    data, draw = _tests(setup), setup.draw
    assessments = list(detector.assess_many([e.text for e in data.examples]))
    found = outcomes.of_assessments(data, assessments)
    marks = outcomes.marks(data, assessments)
    lures = found.lures
    kinds = np.where(lures & found.subtle, "subtle lure", np.where(lures, "plain lure", ""))
    honest = found.label == "no_pattern"
    kinds = np.where(honest, np.where(found.hard, "hard honest advert", "other honest advert"), kinds)
    kinds = np.where(found.label == "non_ad", data.column("kind"), kinds)
    columns = {
        "difficulty": kinds,
        "language": data.column("lang"),
        "scenario": data.column("scenario"),
        "genre": _genres(data),
        "writer": data.column("writer"),
    }
    return {
        "texts": {name: int((found.label == name).sum()) for name in sorted(set(found.label.tolist()))},
        "overall": outcomes.figures(found, draw),
        "indicators": outcomes.indicator_figures(marks, draw),
        "by": {name: outcomes.breakdown(found, column, draw) for name, column in columns.items()},
        "calibration": outcomes.calibration(found, draw),
    }, found


def _genres(data: Dataset) -> np.ndarray:
    genre = {row["id"]: row["genre"] for row in corpus.rows()}
    return np.array([genre[e.id] for e in data.examples])


def write(result: dict[str, Any], out: Path) -> None:
    """Both files into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    (out / JSON).write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / CARD).write_text(model_card.render(result), encoding="utf-8")


def main(arguments: list[str] | None = None) -> None:
    """Command line of ``python -m training.evaluate``."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("--sources", type=Path, help="folder of the public data sets (default: DETECTOR_SOURCES)")
    parser.add_argument(
        "--model", type=Path, default=store.default_folder(), help="folder of the model and its sidecar"
    )
    parser.add_argument("--config", type=Path, default=fit.CONFIG, help="what the experiments train with")
    parser.add_argument("--out", type=Path, help="where both files go (default: docs; a temporary folder with --quick)")
    parser.add_argument("--cache", type=Path, help="keep intermediate results here, outside the repository")
    parser.add_argument(
        "--quick", action="store_true", help="few draws and folds, a part of the texts: to try the code"
    )
    parser.add_argument("--card-only", action="store_true", help="write the card anew from the JSON that is there")
    options = parser.parse_args(arguments)
    out = options.out or (Path(tempfile.mkdtemp(prefix="evaluation-")) if options.quick else DOCS)
    if options.card_only:
        write(json.loads((out / JSON).read_text(encoding="utf-8")), out)
        return
    folder = options.sources or sources.folder()
    absent = "The public data sets are not there; set DETECTOR_SOURCES to their folder (see docs/training.md)."
    if folder is None or not folder.is_dir():
        sys.exit(absent)
    try:
        config = yaml.safe_load(options.config.read_text(encoding="utf-8"))
        result = evaluate(folder, options.model, config, options.quick, options.cache)
    except FileNotFoundError as problem:
        sys.exit(f"{absent} Missing: {problem.filename}.")
    except store.ModelError as problem:
        sys.exit(str(problem))
    write(result, out)
    print(model_card.summary(result))
    print(f"saved to {out}")


if __name__ == "__main__":
    main()
