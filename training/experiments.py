"""The experiments that train models again: out of fold, one source, scenario or writer left out, ablations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.model_selection import KFold

from detector import kind as kinds
from detector import policy, rating
from detector.assessment import Kind
from detector.model.classifier import ADVERTS, Prediction
from training import fit, intervals, outcomes, sources
from training.dataset import Dataset, folds
from training.intervals import Bootstrap
from training.outcomes import Outcomes
from training.refits import Refit, Refitter, calibrated, raw, without_rules

#: Share of the ordinary public texts kept where many models are trained; weights keep each source's say the same.
THINNED = 1 / 3
#: Names of state companies, banks and public bodies that fake adverts borrow.
STATE_COMPANY = re.compile(
    r"\b(?:persero|bumn|pertamina|pln|kereta api|kai|bank|bri|bni|btn|telkom\w*|angkasa pura|pelindo|pos indonesia|"
    r"perkebunan nusantara|ptpn|pupuk|semen|garuda|perum|bulog|bpjs|jasa marga|kimia farma|freeport|kementerian|"
    r"petronas)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Setup:
    """What every experiment needs.

    `data`: all texts; `training` and `test`: boolean, shape (n,), texts of training and of test writers; `curve` is
    the calibration (slope, intercept) once :func:`out_of_fold` has fitted it.
    """

    data: Dataset
    test: np.ndarray
    config: dict[str, Any]
    families: dict[str, str]
    thresholds: dict[str, float]
    draw: Bootstrap
    refits: Refitter
    folds: int
    most: int | None = None  # of the scenarios, writers and sources to leave out: fewer in a quick run
    curve: tuple[float, float] = field(default=(1.0, 0.0))

    @property
    def training(self) -> np.ndarray:
        """True where a text may be trained on."""
        return ~self.test

    @property
    def source(self) -> np.ndarray:
        """Source of each text."""
        return self.data.column("source")

    def subset(self, index: np.ndarray) -> Dataset:
        """The texts with these numbers (ascending)."""
        keep = np.zeros(len(self.data.examples), dtype=bool)
        keep[index] = True
        return self.data.where(keep)

    def thinned(self) -> np.ndarray:
        """True where a text is written, is a lure, or belongs to the part of the ordinary public texts that is kept."""
        random = np.random.default_rng(self.config["seed"])
        ordinary = np.isin(self.source, sources.ORDINARY)
        return self.training & (~ordinary | (random.random(len(ordinary)) < THINNED))

    def judged(self, index: np.ndarray, predictions: list[Prediction], units: np.ndarray | None = None) -> Outcomes:
        """What the policy makes of calibrated predictions for the texts `index`."""
        return outcomes.of_predictions(
            self.subset(index), calibrated(predictions, self.curve), self.families, self.thresholds, units
        )


def out_of_fold(setup: Setup) -> tuple[dict[str, Any], Outcomes]:
    """Each training text judged by a model that never saw its group; sets the calibration curve.

    Returns the figures by source and the outcomes of the training texts in order.
    """
    rows = np.flatnonzero(setup.training)
    data = setup.subset(rows)
    parts = folds(data, setup.folds)
    found = setup.refits.run("out of fold", [Refit(rows[a], rows[b], setup.config) for a, b in parts])
    predictions: list[Prediction | None] = [None] * len(rows)
    for (_, tested), part in zip(parts, found, strict=True):
        for row, prediction in zip(tested, part, strict=True):
            predictions[row] = prediction
    whole = [p for p in predictions if p is not None]
    written = data.column("source") == "written"
    score = np.array([raw(p) for p in whole])
    setup.curve = fit.calibrate(score[written], data.lures()[written])
    result = setup.judged(rows, whole)
    names = data.column("source")
    by_source = {str(n): outcomes.figures(result.where(names == n), setup.draw) for n in sorted(set(names))}
    return by_source, result


def leave_source_out(setup: Setup) -> dict[str, Any]:
    """Each public source judged by a model that never saw one text of it."""
    names = [n for n in sorted(set(setup.source)) if n != "written"]
    if setup.most:
        names = ["turnbackhoax", *[n for n in names if n != "turnbackhoax"]][: setup.most]
    tasks, tested = [], []
    for name in names:
        tested.append(np.flatnonzero(setup.source == name))
        tasks.append(Refit(np.flatnonzero(setup.training & (setup.source != name)), tested[-1], setup.config))
    found = setup.refits.run("one source left out", tasks)
    return {
        str(n): outcomes.figures(setup.judged(i, p), setup.draw) for n, i, p in zip(names, tested, found, strict=True)
    }


def leave_scenario_out(setup: Setup) -> dict[str, Any]:
    """Recall on the lures of each scenario by a model that saw no lure of that scenario."""
    written = setup.training & (setup.source == "written")
    scenario, lures = setup.data.column("scenario"), setup.data.lures()
    names = sorted(set(scenario[written & lures]))[: setup.most]
    tested = [np.flatnonzero(written & lures & (scenario == name)) for name in names]
    thin = setup.thinned()
    tasks = [
        Refit(np.flatnonzero(thin & ~(lures & (scenario == name))), index, setup.config, finder=False)
        for name, index in zip(names, tested, strict=True)
    ]
    found = setup.refits.run("one scenario left out", tasks)
    out = {}
    for name, index, predictions in zip(names, tested, found, strict=True):
        result = setup.judged(index, predictions)
        out[str(name)] = {"lures.flagged": setup.draw.share(result.flagged, result.units)}
    return out


def leave_writer_out(setup: Setup) -> dict[str, Any]:
    """The texts of each training writer judged by a model that saw none of them."""
    writer = setup.data.column("writer")
    names = sorted(set(writer[setup.training & (setup.source == "written")]))[: setup.most]
    tested = [np.flatnonzero(writer == name) for name in names]
    thin = setup.thinned()
    tasks = [
        Refit(np.flatnonzero(thin & (writer != name)), index, setup.config, finder=False)
        for name, index in zip(names, tested, strict=True)
    ]
    found = setup.refits.run("one writer left out", tasks)
    wanted = ("recall.trafficking_risk", "recall.job_fraud_other", "false_flag.hard", "gated.non_ad", "auc")
    out = {}
    for name, index, predictions in zip(names, tested, found, strict=True):
        values = outcomes.figures(setup.judged(index, predictions, np.arange(len(index))), setup.draw)
        out[str(name)] = {key: values[key] for key in wanted if key in values}
    return out


def emscad(setup: Setup) -> dict[str, Any]:
    """Average precision on EMSCAD, near-duplicates kept together or not: the detector beside the bare model.

    Both are trained on the same rows (the other folds of EMSCAD and the written training texts); `baseline_alone` on
    the other folds of EMSCAD alone. Units of the intervals are groups of near-duplicates.
    """
    rows = np.flatnonzero(np.char.startswith(setup.source.astype(str), "emscad"))
    written = np.flatnonzero(setup.training & (setup.source == "written"))
    inner = setup.subset(rows)
    lures = setup.data.lures()
    # The shipped weights make EMSCAD's frauds count little: they are not what the detector is for. Here they are.
    weights = {**setup.config["weights"], "emscad_real": 1.0, "emscad_fraud": 1.0}
    splits = {
        "grouped": folds(inner, setup.folds),
        "random": list(KFold(setup.folds, shuffle=True, random_state=setup.config["seed"]).split(rows)),
    }
    out: dict[str, Any] = {"texts": len(rows), "frauds": int(lures[rows].sum())}
    for name, parts in splits.items():
        tasks = [
            Refit(np.append(rows[a], written), rows[b], setup.config | {"weights": weights}, finder=False)
            for a, b in parts
        ]
        detector_scores, same, alone = (np.zeros(len(rows)) for _ in range(3))
        for (_, b), found in zip(parts, setup.refits.run(f"EMSCAD, {name} split", tasks), strict=True):
            detector_scores[b] = [raw(p) for p in found]
        for target, extra in ((same, written), (alone, written[:0])):
            pairs = [(np.append(rows[a], extra), rows[b]) for a, b in parts]
            for (_, b), chances in zip(parts, setup.refits.baseline(f"EMSCAD, {name} split", pairs), strict=True):
                target[b] = chances
        score = {"detector": detector_scores, "baseline": same, "baseline_alone": alone}
        precision = {key: intervals.average_precision(lures[rows], value) for key, value in score.items()}
        out[name] = {key: setup.draw.number(statistic, inner.groups) for key, statistic in precision.items()}
        for other in ("baseline", "baseline_alone"):
            gain = intervals.difference(precision["detector"], precision[other])
            out[name][f"detector_above_{other}"] = setup.draw.number(gain, inner.groups)
    return out


def matched(setup: Setup, found: Outcomes) -> dict[str, Any]:
    """Impersonation against genuine adverts of the same kind of employer; real and written texts apart.

    Real: TurnBackHoax against MagangHub vacancies that name a state company, bank or public body, both sources left out
    of training. Written: scenario ``impersonation`` against honest adverts that name one, out of fold (`found`: the
    outcomes of the training texts in order).
    """
    named = np.array([bool(STATE_COMPANY.search(e.text)) for e in setup.data.examples])
    fake = setup.source == "turnbackhoax"
    genuine = (setup.source == "maganghub") & named
    index = np.flatnonzero(fake | genuine)
    rows = np.flatnonzero(setup.training & ~np.isin(setup.source, ("turnbackhoax", "maganghub")))
    (predictions,) = setup.refits.run("matched comparison", [Refit(rows, index, setup.config)])
    (bare,) = setup.refits.baseline("matched comparison", [(rows, index)])
    real = setup.judged(index, predictions)
    out = {"real": _pair(real, real.probability, setup.draw)}
    out["real"]["baseline_auc"] = setup.draw.number(intervals.auc(real.lures, bare), real.units)
    data = setup.data.where(setup.training)
    written = data.column("source") == "written"
    borrowed = data.lures() & (data.column("scenario") == "impersonation")
    honest = (data.column("label") == "no_pattern") & named[setup.training]
    part = found.where(written & (borrowed | honest))
    out["written"] = _pair(part, part.probability, setup.draw)
    return out


def _pair(found: Outcomes, score: np.ndarray, draw: Bootstrap) -> dict[str, Any]:
    lures = found.lures
    return {
        "auc": draw.number(intervals.auc(lures, score), found.units),
        "fake.flagged": draw.share(found.flagged[lures], found.units[lures]),
        "genuine.flagged": draw.share(found.flagged[~lures], found.units[~lures]),
    }


def ablations(setup: Setup, shipped: Outcomes) -> dict[str, Any]:
    """Variants on the texts of the test writers, all trained on the same rows.

    `shipped`: what the product says of them. A variant without the policy flags from `check` on, the bare
    model from 0.5.
    """
    rows, index = np.flatnonzero(setup.training), np.flatnonzero(setup.test)
    data = setup.subset(index)
    (chances,) = setup.refits.baseline("ablations", [(rows, index)])
    bare = _table(shipped, chances, chances >= 0.5, setup.draw)

    # Undecided by construction: the model neither confirms what the rules find nor flags by itself.
    constant = Prediction(dict.fromkeys(ADVERTS, 1 / 3), setup.thresholds["check"] / 2)
    ruled = outcomes.of_predictions(data, [constant] * len(index), setup.families, setup.thresholds)
    score = np.array([policy.rule_score(policy.strongest(p.signals), setup.families) for p in data.prepared])
    rules = _table(shipped, score, ruled.flagged, setup.draw)

    (found,) = setup.refits.run("text only", [Refit(rows, index, setup.config, rules=False, finder=False)])
    found = calibrated(found, setup.curve)
    advert = np.array(
        [
            kinds.decide(p, item, setup.thresholds["advert"]) is Kind.ADVERT
            for p, item in zip(found, without_rules(data).prepared, strict=True)
        ]
    )
    lure = np.array([p.lure for p in found])
    lure = np.where(advert, lure, np.minimum(lure, rating.GATED))
    text = _table(shipped, lure, advert & (lure >= setup.thresholds["check"]), setup.draw)
    both = _table(shipped, shipped.probability, shipped.flagged, setup.draw)
    return {"bare": bare, "rules": rules, "text": text, "both": both}


def learning_curve(setup: Setup, shipped: Outcomes) -> dict[str, Any]:
    """Figures on the test writers by the share of the training writers' texts that was trained on."""
    index = np.flatnonzero(setup.test)
    written = setup.training & (setup.source == "written")
    # Shuffled once, so that each smaller part lies within the larger one.
    order = np.random.default_rng(setup.config["seed"]).permutation(np.flatnonzero(written))
    public = np.flatnonzero(setup.thinned() & ~written)
    sizes = {share: order[: round(len(order) * share)] for share in (0.1, 0.25, 0.5, 1.0)}
    tasks = [Refit(np.append(part, public), index, setup.config, finder=False) for part in sizes.values()]
    out = {}
    for (share, part), predictions in zip(sizes.items(), setup.refits.run("learning curve", tasks), strict=True):
        score = np.array([raw(p) for p in predictions])
        out[f"{share:.0%}"] = {"texts": len(part)} | _table(shipped, score, None, setup.draw)
    return out


def _table(found: Outcomes, score: np.ndarray, flagged: np.ndarray | None, draw: Bootstrap) -> dict[str, Any]:
    lures, hard = found.lures, (found.label == "no_pattern") & found.hard
    out = {
        "auc": draw.number(intervals.auc(lures, score), found.units),
        "ap": draw.number(intervals.average_precision(lures, score), found.units),
        "recall_at_5_percent_hard": draw.number(intervals.recall_at(lures, hard, score), found.units),
    }
    if flagged is not None:
        out["lures.flagged"] = draw.share(flagged[lures], found.units[lures])
        out["hard.flagged"] = draw.share(flagged[hard], found.units[hard])
    return out
