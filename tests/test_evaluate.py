"""The evaluation: intervals, counts of indicators, and a model card that says what its JSON says of the shipped model."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from detector.model import store
from training import bars, corpus, disguise, evaluate, intervals, model_card, outcomes, refits, sources
from training.intervals import Bootstrap
from training.outcomes import Marks

DOCS = Path(__file__).resolve().parents[1] / "docs"


def published() -> dict[str, Any]:
    """The JSON that ships; skips loudly where there is none yet."""
    path = DOCS / evaluate.JSON
    if not path.is_file():
        warnings.warn(
            f"{path.name} is not there (python -m training.evaluate writes it): this check did not run", stacklevel=2
        )
        pytest.skip(f"docs/{path.name} is not there; run: python -m training.evaluate")
    return dict(json.loads(path.read_text(encoding="utf-8")))


# --- intervals -----------------------------------------------------------------------------------------------------


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    hit = np.arange(400) % 10 == 0
    number = Bootstrap(2000, 1).share(hit, np.arange(400))
    assert number["value"] == 0.1
    assert number["n"] == number["units"] == 400
    # Normal approximation: 0.1 -+ 1.96 * sqrt(0.1 * 0.9 / 400)
    assert number["low"] == pytest.approx(0.0706, abs=0.006)
    assert number["high"] == pytest.approx(0.1294, abs=0.006)


def test_where_all_agree_the_interval_is_exact() -> None:
    none = Bootstrap(50, 1).share(np.zeros(60, dtype=bool), np.arange(60))
    assert (none["value"], none["low"]) == (0.0, 0.0)
    assert none["high"] == pytest.approx(0.0596, abs=1e-4)  # Clopper-Pearson for 0 of 60
    every = Bootstrap(50, 1).part(np.ones(60, dtype=int), np.zeros(60, dtype=int), np.arange(60))
    assert (every["low"], every["high"]) == (pytest.approx(1 - none["high"], abs=1e-4), 1.0)


def test_units_are_drawn_together() -> None:
    hit = np.repeat([True, False], [100, 100])
    apart = Bootstrap(500, 1).share(hit, np.arange(200))
    together = Bootstrap(500, 1).share(hit, np.repeat(np.arange(4), 50))
    assert together["units"] == 4
    assert together["high"] - together["low"] > 3 * (apart["high"] - apart["low"])


def test_one_unit_has_no_interval_and_the_seed_decides() -> None:
    alone = Bootstrap(50, 1).share(np.array([True, False]), np.array([5, 5]))
    assert (alone["value"], alone["low"], alone["high"]) == (0.5, None, None)
    hit = np.random.default_rng(0).random(60) < 0.4
    assert Bootstrap(100, 3).share(hit, np.arange(60)) == Bootstrap(100, 3).share(hit, np.arange(60))


def test_weighted_figures_are_those_of_scikit_learn() -> None:
    random = np.random.default_rng(4)
    yes = random.random(300) < 0.4
    score = np.round(np.where(yes, 0.2, 0.0) + random.random(300) * 0.8, 2)  # rounded, so that ties occur
    once = np.ones(300, dtype=int)
    weights = random.integers(0, 4, 300)
    repeated = np.repeat(np.arange(300), weights)
    for ours, theirs in ((intervals.auc, roc_auc_score), (intervals.average_precision, average_precision_score)):
        assert ours(yes, score)(once) == pytest.approx(theirs(yes, score))
        assert ours(yes, score)(weights) == pytest.approx(theirs(yes[repeated], score[repeated]))
    tenths = np.argsort(score, kind="stable").reshape(10, 30)
    gap = np.abs(yes[tenths].mean(axis=1) - score[tenths].mean(axis=1)).mean()
    assert intervals.calibration_error(yes, score)(once) == pytest.approx(gap)


def test_recall_at_a_share_of_honest_adverts() -> None:
    lures = np.array([True] * 4 + [False] * 20)
    score = np.array([0.99, 0.9, 0.8, 0.1] + [0.95, 0.85] + [0.05] * 18)
    once = np.ones(24, dtype=int)
    assert intervals.recall_at(lures, ~lures, score, 0.05)(once) == 0.5  # one in twenty may pass: 0.95; so above 0.85
    assert intervals.recall_at(lures, ~lures, score, 0.0)(once) == 0.25
    assert intervals.recall_at(lures, ~lures, score, 0.1)(once) == 1.0


# --- indicators ----------------------------------------------------------------------------------------------------


def _marks(gold: str, doubtful: str, said: str) -> Marks:
    return Marks(*(frozenset(ids.split()) for ids in (gold, doubtful, said)))


def test_doubtful_indicators_count_neither_way() -> None:
    rows = [
        _marks("a b", "", "a c"),  # a right, b missed, c said wrongly
        _marks("c", "a b", "a c"),  # a is doubtful: neither right nor wrong; b neither missed
        _marks("a", "", "a z"),  # z is marked nowhere, so it is not judged
    ]
    found = outcomes.indicator_figures(rows, Bootstrap(20, 1))
    assert found["micro"]["precision"]["value"] == 0.75
    assert found["micro"]["recall"]["value"] == 0.75
    assert found["micro"]["f1"]["value"] == 0.75
    assert set(found["each"]) == {"a", "b", "c"}
    assert found["each"]["a"]["f1"]["value"] == 1.0
    assert found["each"]["b"]["recall"]["value"] == 0.0
    assert found["each"]["b"]["precision"]["value"] is None
    assert found["each"]["a"]["coverage"]["value"] == pytest.approx(2 / 3, abs=1e-4)


def test_without_doubt_it_is_the_micro_f1_of_scikit_learn() -> None:
    random = np.random.default_rng(2)
    truth, said = random.random((50, 6)) < 0.3, random.random((50, 6)) < 0.3
    rows = [
        Marks(frozenset(map(str, np.flatnonzero(t))), frozenset(), frozenset(map(str, np.flatnonzero(s))))
        for t, s in zip(truth, said, strict=True)
    ]
    ours = outcomes.indicator_figures(rows, Bootstrap(5, 1))["micro"]["f1"]["value"]
    assert ours == pytest.approx(f1_score(truth, said, average="micro"), abs=1e-4)


def test_doubtful_marks_are_read_from_the_annotation(tmp_path: Path) -> None:
    path = tmp_path / "settled.jsonl"
    decisions = [("t1", "a", "doubtful"), ("t1", "b", "yes"), ("t1", "c", "doubtful"), ("t2", "a", "no")]
    path.write_text("\n".join(json.dumps({"id": i, "indicator": n, "decision": d}) for i, n, d in decisions))
    assert outcomes.doubtful_marks(path) == {"t1": {"a", "c"}}
    assert outcomes.doubtful_marks(tmp_path / "absent") == {}


# --- parts ---------------------------------------------------------------------------------------------------------


def test_changes_reach_only_paths_that_exist() -> None:
    config = {"a": {"b": 1, "c": 2}, "d": 3}
    assert refits.overridden(config, {"a.b": 5, "a.z": 6, "x.y": 7, "d": 4}) == {"a": {"b": 5, "c": 2}, "d": 4}
    assert config == {"a": {"b": 1, "c": 2}, "d": 3}


def test_kept_results_are_not_made_twice(tmp_path: Path) -> None:
    made = []
    for cache in (refits.Cache(tmp_path), refits.Cache(tmp_path)):
        assert cache.get(("key", 1), lambda: made.append(1) or len(made)) == 1  # type: ignore[func-returns-value]
    assert refits.Cache(None).get(("key", 1), lambda: 9) == 9


@pytest.mark.parametrize("title", disguise.REWRITES)
def test_rewrites_disguise_words_and_spare_addresses(title: str) -> None:
    text = "Dicari operator komputer gaji besar berangkat minggu depan, daftar lewat https://contoh.example/formulir"
    rewritten = disguise.REWRITES[title](text)
    assert rewritten != text
    assert rewritten == disguise.REWRITES[title](text)
    assert "https://contoh.example/formulir" in rewritten


def test_without_the_public_sources_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "folder", lambda: None)
    with pytest.raises(SystemExit, match="public data sets are not there"):
        evaluate.main(["--out", str(tmp_path)])
    with pytest.raises(SystemExit, match="public data sets are not there"):
        evaluate.main(["--out", str(tmp_path), "--sources", str(tmp_path / "nothing")])
    assert list(tmp_path.iterdir()) == []


# --- card ----------------------------------------------------------------------------------------------------------


def _number(value: float, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    return {
        "value": value,
        "low": value if low is None else low,
        "high": value if high is None else high,
        "n": 40,
        "units": 40,
    }


def _result() -> dict[str, Any]:
    """A small evaluation in which every bar holds."""
    out: dict[str, Any] = {
        "model": {"sha256": "0" * 64, "prevalence": 0.4, "thresholds": {"check": 0.3}, "test_writers": ["w05"], "same_config": True, "same_texts": True},
        "protocol": {
            "quick": False, "draws": 1000, "level": 0.95, "seed": 7, "folds": 5, "thinned": 0.3333, "minutes": 30.0,
            "texts": {"written": 3, "glints": 2}, "versions": {"python": "3.11", "scikit-learn": "1.9"},
        },
        "test": {
            "texts": {}, "overall": {}, "indicators": {"micro": {}, "each": {}},
            "by": {"language": {"id": {"lures.flagged": _number(0.9)}}}, "calibration": [{"probability": 0.1, "lures": _number(0.2)}],
        },
        "out_of_fold": {"written": {}, **{name: {} for name in sources.ORDINARY}},
        "one_source_left_out": {}, "one_scenario_left_out": {"bride": {"lures.flagged": _number(0.71)}}, "one_writer_left_out": {},
        "emscad": {"texts": 10, "frauds": 5, "grouped": {}, "random": {}},
        "matched": {}, "ablations": {"bare": {"auc": _number(0.93)}}, "learning_curve": {"10%": {"texts": 4, "auc": _number(0.8)}},
        "obfuscated": {"leet": {"lures.flagged": _number(0.66)}},
        "candidates": {"features": {"words": {"auc": _number(0.97)}}, "families": {}},
    }  # fmt: skip
    for bar in bars.BARS:
        place = out
        for name in bar.path[:-1]:
            place = place.setdefault(name, {})
        place[bar.path[-1]] = _number(bar.limit)
    out["bars"] = bars.judged(out)
    return out


def test_the_card_shows_every_bar() -> None:
    card = model_card.render(_result())
    assert "falls short" not in card
    assert "{{" not in card
    for bar in bars.BARS:
        sign = "≥" if bar.least else "≤"
        assert (
            f"| {bar.title} | {sign} {bar.limit:g} | {bar.limit:.3f} ({bar.limit:.3f}–{bar.limit:.3f}) | 40 | holds |"
            in card
        )


@pytest.mark.parametrize("bar", bars.BARS, ids=lambda bar: bar.title)
def test_the_card_says_where_it_falls_short(bar: bars.Bar) -> None:
    result = _result()
    missed = bar.limit - 0.02 if bar.least else bar.limit + 0.02
    number = bars.number_at(result, bar.path)
    assert number is not None
    number |= _number(missed)
    result["bars"] = bars.judged(result)
    card = model_card.render(result)
    row = next(line for line in card.splitlines() if line.startswith(f"| {bar.title} |"))
    assert row.endswith("| **falls short** |")
    assert f"falls short on 1 of {len(bars.BARS)}: {bar.title}" in card
    assert f"- Falls short: {bar.title}" in card


def test_a_wide_interval_and_a_missing_number_are_not_called_a_success() -> None:
    bar = bars.BARS[0]
    assert bars.verdict(bar, _number(0.96, 0.90, 0.99)) == bars.UNSURE
    assert bars.verdict(bar, _number(0.96, 0.955, 0.99)) == bars.HOLDS
    assert bars.verdict(bar, None) == bars.UNMEASURED


def test_a_quick_run_or_a_changed_corpus_is_said() -> None:
    result = _result()
    result["protocol"]["quick"] = True
    result["model"]["same_texts"] = False
    card = model_card.render(result)
    assert "not for use" in card
    assert "texts have changed" in card


# --- what ships ----------------------------------------------------------------------------------------------------


def test_the_card_is_that_of_its_json() -> None:
    result = published()
    assert (DOCS / evaluate.CARD).read_text(encoding="utf-8") == model_card.render(result)
    assert result["bars"] == bars.judged(result)
    assert not result["protocol"]["quick"]


def test_the_json_is_that_of_the_shipped_model() -> None:
    result = published()
    sidecar = json.loads((store.default_folder() / store.SIDECAR).read_text(encoding="utf-8"))
    assert result["model"]["sha256"] == sidecar["sha256"], "the card is stale; run: python -m training.evaluate"
    assert result["model"]["same_config"]


def test_the_json_counts_the_corpus_that_ships() -> None:
    assert published()["protocol"]["texts"]["written"] == len(corpus.rows())
