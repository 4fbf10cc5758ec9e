"""The measured figures that the page shows, read from the last evaluation of the model that ships; none is typed.

An installed package has no ``docs/``: then the model's sidecar gives the main figures, without intervals.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detector.model import store

EVALUATION = Path(__file__).resolve().parents[1] / "docs" / "evaluation.json"
REAL = ("instagram", "glints", "jobstreet", "maganghub")  # honest adverts of Indonesia, as they were posted
FEW = 20  # texts below which a share says little


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of `n` texts, with its 95 % interval where it was computed."""

    value: float
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A figure of something that has a name in the evaluation."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Language:
    """What was measured in one language: lures flagged, honest adverts flagged."""

    code: str
    lures: Figure
    honest: Figure


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the page shows of the evaluation; empty where it was not measured or is not at hand."""

    sha256: str
    made: str | None
    written: dict[str, Figure]
    real: dict[str, Figure]
    languages: tuple[Language, ...] = ()
    unseen_kind: Named | None = None
    strange_honest: Named | None = None
    strange_fraud: Named | None = None
    disguises: tuple[Named, ...] = ()
    signs: dict[str, Figure] = field(default_factory=dict)
    bars: int = 0
    missed: tuple[str, ...] = ()


def figures(sidecar: Mapping[str, Any], evaluation: Mapping[str, Any] | None) -> Figures:
    """The figures of the model that `sidecar` describes; an `evaluation` of another model is not used.

    Parameters
    ----------
    sidecar
        As ``model.json`` holds it.
    evaluation
        As ``docs/evaluation.json`` holds it; None where it is not there.
    """
    sha256, made = str(sidecar["sha256"]), sidecar.get("made")
    if evaluation is None or evaluation["model"]["sha256"] != sha256:
        metrics = sidecar["metrics"]
        written = _plain(metrics["test"]["written"])
        sources = {name: _plain(values) for name, values in metrics["out_of_fold"].items()}
        return Figures(sha256, made, written, _real(sources, {}))
    sources = {name: _read(values) for name, values in evaluation["out_of_fold"].items()}
    strangers = {name: _read(values) for name, values in evaluation["one_source_left_out"].items()}
    kinds = [
        Named(name, _read(values)["lures.flagged"]) for name, values in evaluation["one_scenario_left_out"].items()
    ]
    disguises = [Named(name, _read(values)["recall_lost"]) for name, values in evaluation["obfuscated"].items()]
    bars = evaluation["bars"]
    return Figures(
        sha256=sha256,
        made=made,
        written=_read(evaluation["test"]["overall"]),
        real=_real(sources, strangers),
        languages=_languages(evaluation["test"]["by"]["language"]),
        unseen_kind=min(kinds, key=lambda kind: kind.figure.value, default=None),
        strange_honest=max(_named(strangers, "false_flag.no_pattern"), key=lambda s: s.figure.value, default=None),
        strange_fraud=min(_named(strangers, "recall.job_fraud_other"), key=lambda s: s.figure.value, default=None),
        disguises=tuple(sorted(disguises, key=lambda d: -d.figure.value)[:2]),
        signs=_read(evaluation["test"]["indicators"]["micro"]),
        bars=len(bars),
        missed=tuple(bar_name(bar["path"]) for bar in bars if "falls short" in bar["verdict"]),
    )


def load() -> Figures:
    """The figures of the model that ships.

    Raises
    ------
    ModelError
        When the model's sidecar is missing or cannot be read.
    """
    side = store.default_folder() / store.SIDECAR
    try:
        sidecar = json.loads(side.read_text(encoding="utf-8"))
        evaluation = json.loads(EVALUATION.read_text(encoding="utf-8")) if EVALUATION.is_file() else None
        return figures(sidecar, evaluation)
    except (OSError, ValueError, KeyError, TypeError):
        raise store.ModelError(f"The figures of the model in {side.parent} cannot be read. {store.REPAIR}") from None


def bar_name(path: Iterable[str]) -> str:
    """What a bar is about, as the page's words name it: ``test.overall.x`` is ``x``, a source is named first."""
    return ".".join(path).removeprefix("test.").removeprefix("overall.").replace("out_of_fold.", "")


def _read(values: Mapping[str, Any]) -> dict[str, Figure]:
    return {
        name: Figure(number["value"], number["n"], number["low"], number["high"])
        for name, number in values.items()
        if isinstance(number, dict) and number.get("value") is not None
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Figure]:
    return {name: Figure(value, values["n"]) for name, value in values.items() if name != "n"}


def _real(sources: Mapping[str, dict[str, Figure]], strangers: Mapping[str, dict[str, Figure]]) -> dict[str, Figure]:
    """Honest Indonesian adverts, honest English ones, and reported frauds of a source that was never trained on."""
    out: dict[str, Figure] = {}
    honest = [sources[name]["false_flag.no_pattern"] for name in REAL if name in sources]
    if honest:
        texts = sum(figure.n for figure in honest)
        out["honest_id"] = Figure(sum(figure.value * figure.n for figure in honest) / texts, texts)
    others = {
        "honest_en": sources.get("emscad_real", {}).get("false_flag.no_pattern"),
        "reported": strangers.get("turnbackhoax", {}).get("recall.job_fraud_other"),
        "fraud_en": sources.get("emscad_fraud", {}).get("recall.job_fraud_other"),
    }
    return out | {name: figure for name, figure in others.items() if figure is not None}


def _named(groups: Mapping[str, dict[str, Figure]], measure: str) -> list[Named]:
    return [Named(name, values[measure]) for name, values in groups.items() if measure in values]


def _languages(by: Mapping[str, Any]) -> tuple[Language, ...]:
    found = [(code, _read(values)) for code, values in by.items()]
    rows = [
        Language(code, values["lures.flagged"], values["honest.flagged"])
        for code, values in found
        if {"lures.flagged", "honest.flagged"} <= values.keys()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.lures.n, row.code)))
