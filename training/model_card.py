"""The model card: ``docs/evaluation.json`` poured into the words of ``training/model_card.md``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from training import bars

WORDS = Path(__file__).with_suffix(".md")
_NONE = "–"
_BY = {
    "lures.flagged": "lures flagged",
    "lures.high": "lures high",
    "honest.flagged": "honest flagged",
    "non_ad.gated": "non-adverts gated",
}
_FIGURES = {
    "recall.trafficking_risk": "trafficking lures flagged",
    "recall_high.trafficking_risk": "trafficking lures high",
    "recall_subtle.trafficking_risk": "subtle trafficking lures flagged",
    "recall.job_fraud_other": "frauds flagged",
    "recall_high.job_fraud_other": "frauds high",
    "recall_subtle.job_fraud_other": "subtle frauds flagged",
    "wrongly_gated.lures": "lures wrongly gated",
    "false_flag.no_pattern": "honest adverts flagged",
    "false_high.no_pattern": "honest adverts high",
    "wrongly_gated.no_pattern": "honest adverts wrongly gated",
    "false_flag.hard": "hard honest adverts flagged",
    "false_high.hard": "hard honest adverts high",
    "gated.non_ad": "non-adverts gated",
    "false_flag.non_ad": "non-adverts flagged",
    "auc": "AUC",
    "ap": "AP",
    "ece": "ECE",
}
_SOURCES = {
    "false_flag.no_pattern": "honest flagged",
    "false_high.no_pattern": "honest high",
    "recall.job_fraud_other": "frauds flagged",
    "recall_high.job_fraud_other": "frauds high",
}
_WRITERS = {
    "recall.trafficking_risk": "trafficking flagged",
    "recall.job_fraud_other": "frauds flagged",
    "false_flag.hard": "hard honest flagged",
    "gated.non_ad": "non-adverts gated",
    "auc": "AUC",
}
_EMSCAD = {
    "detector": "detector",
    "baseline": "bare model, same rows",
    "baseline_alone": "bare model, EMSCAD alone",
    "detector_above_baseline": "detector less bare, same rows",
    "detector_above_baseline_alone": "detector less bare, EMSCAD alone",
}
_MATCHED = {
    "auc": "AUC",
    "baseline_auc": "AUC of the bare model",
    "fake.flagged": "fakes flagged",
    "genuine.flagged": "genuine flagged",
}
_RANK = {"auc": "AUC", "ap": "AP", "recall_at_5_percent_hard": "recall at 5 % hard"}
_VARIANTS = {
    "bare": "bare model (tf-idf, logistic regression; flags from 0.5)",
    "rules": "rules only (policy with an undecided model)",
    "text": "text only (no findings of rules; flags from `check`)",
    "both": "both (as shipped)",
}
_CANDIDATES = {
    "auc": "AUC",
    "recall_at_5_percent_hard": "recall at 5 % hard",
    "gated_at_1_percent_lost": "non-adverts gated where 1 % of adverts is lost",
}


def render(result: dict[str, Any]) -> str:
    """The card as Markdown, from the JSON alone."""
    values = _plain(result) | _tables(result)
    text = re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], WORDS.read_text(encoding="utf-8"))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def summary(result: dict[str, Any]) -> str:
    """The bars as plain lines, for the terminal."""
    return "\n".join(
        f"{b['title']}: {shown(b['number'])}, bar {b['bar']}: {b['verdict'].strip('*')}" for b in result["bars"]
    )


def shown(number: dict[str, Any] | None, with_count: bool = False) -> str:
    """``0.953 (0.910-0.984)``, with the number of texts where wanted."""
    if number is None or number.get("value") is None:
        return _NONE
    text = _digits(number["value"])
    if number.get("low") is not None:
        low, high = _digits(number["low"]), _digits(number["high"])
        text += f" ({low} to {high})" if "-" in low else f" ({low}–{high})"
    return f"{text}, n {number['n']}" if with_count else text


def _digits(value: float) -> str:
    return f"{value:.3f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def _grid(rows: dict[str, dict[str, Any]], columns: dict[str, str], first: str, counts: bool = False) -> str:
    """A row for each key of `rows`; `columns`: key of the number -> title. Columns without a number are left out."""
    used = {key: title for key, title in columns.items() if any(key in values for values in rows.values())}
    body = [[name, *(shown(values.get(key), counts) for key in used)] for name, values in rows.items()]
    return table([first, *used.values()], body)


def _listed(values: dict[str, Any]) -> str:
    rows = [[title, shown(values[key]), str(values[key]["n"])] for key, title in _FIGURES.items() if key in values]
    return table(["figure", "measured", "n"], rows)


def _plain(result: dict[str, Any]) -> dict[str, str]:
    """Words and single numbers."""
    model, protocol = result["model"], result["protocol"]
    warnings = []
    if protocol["quick"]:
        warnings.append("**A quick run, to try the code: these numbers are not for use.**")
    if not model["same_config"]:
        warnings.append("**The experiments used another configuration than the shipped model was trained with.**")
    if not model["same_texts"]:
        warnings.append("**The texts have changed since the shipped model was trained.**")
    short = [f"{b['title']} ({b['bar']})" for b in result["bars"] if b["verdict"] == bars.SHORT]
    micro = result["test"]["indicators"]["micro"]
    return {
        "warnings": "\n\n".join(warnings),
        "level": f"{protocol['level']:.0%}",
        "draws": f"{protocol['draws']:,}",
        "folds": str(protocol["folds"]),
        "thinned": f"{protocol['thinned']:.0%}",
        "seed": str(protocol["seed"]),
        "python": protocol["versions"]["python"],
        "sklearn": protocol["versions"]["scikit-learn"],
        "minutes": f"{protocol.get('minutes', 0):.0f}",
        "sha256": model["sha256"],
        "prevalence": str(model["prevalence"]),
        "thresholds": ", ".join(f"{name} {value}" for name, value in model["thresholds"].items()),
        "test_writers": ", ".join(model["test_writers"]),
        "bars_said": f"The model falls short on {len(short)} of {len(result['bars'])}: {'; '.join(short)}."
        if short
        else f"None of the {len(result['bars'])} is missed.",
        "indicators_micro": ", ".join(f"{k} {shown(micro.get(k))}" for k in ("precision", "recall", "f1")),
        "emscad_texts": str(result["emscad"]["texts"]),
        "emscad_frauds": str(result["emscad"]["frauds"]),
        "limits": "\n".join(f"- {point}" for point in _limits(result)),
    }


def _tables(result: dict[str, Any]) -> dict[str, str]:
    test, fold = result["test"], dict(result["out_of_fold"])
    written = fold.pop("written", {})
    each = test["indicators"]["each"]
    each = {name: each[name] for name in sorted(each, key=lambda name: -each[name]["coverage"]["value"])}
    texts = result["protocol"]["texts"]
    origin = {name: "written for this project" if name == "written" else "public" for name in texts}
    features = result["candidates"]["features"]
    curve = {f"{share} ({values['texts']} texts)": values for share, values in result["learning_curve"].items()}
    return {
        "data": table(["source", "texts", "origin"], [[name, str(n), origin[name]] for name, n in texts.items()]),
        "bars": table(
            ["figure", "bar", "measured", "n", ""],
            [
                [
                    b["title"],
                    b["bar"],
                    shown(b["number"]),
                    str(b["number"]["n"]) if b["number"] else _NONE,
                    b["verdict"],
                ]
                for b in result["bars"]
            ],
        ),
        "test": _listed(test["overall"]),
        "test_by": "\n\n".join(f"### By {name}\n\n{_grid(rows, _BY, name, True)}" for name, rows in test["by"].items()),
        "indicators": _grid(
            each, {"coverage": "coverage", "precision": "precision", "recall": "recall", "f1": "F1"}, "indicator"
        ),
        "calibration": table(
            ["bin", "mean probability", "share of lures", "n"],
            [
                [str(i), _digits(b["probability"]), shown(b["lures"]), str(b["lures"]["n"])]
                for i, b in enumerate(test["calibration"], 1)
            ],
        ),
        "real_out_of_fold": _grid(fold, _SOURCES, "source", True),
        "source_left_out": _grid(result["one_source_left_out"], _SOURCES, "source", True),
        "written_out_of_fold": _listed(written),
        "scenario_left_out": _grid(
            result["one_scenario_left_out"], {"lures.flagged": "lures flagged"}, "scenario", True
        ),
        "writer_left_out": _grid(result["one_writer_left_out"], _WRITERS, "writer"),
        "emscad": _grid({k: result["emscad"][k] for k in ("grouped", "random")}, _EMSCAD, "split"),
        "matched": _grid(result["matched"], _MATCHED, "texts", True),
        "ablations": _grid(
            {_VARIANTS.get(k, k): v for k, v in result["ablations"].items()},
            {**_RANK, "lures.flagged": "lures flagged", "hard.flagged": "hard honest flagged"},
            "variant",
        ),
        "learning_curve": _grid(curve, _RANK, "trained on"),
        "obfuscated": _grid(
            result["obfuscated"],
            {"lures.flagged": "lures flagged", "recall_lost": "recall lost", "honest.flagged": "honest flagged"},
            "rewrite",
        ),
        "features": _grid(features, _CANDIDATES, "features"),
        "families": _grid(result["candidates"]["families"], _CANDIDATES, "learner"),
    }


def _limits(result: dict[str, Any]) -> list[str]:
    """What the numbers say against the detector, worst first."""
    points = [
        "Recall on trafficking lures is measured on texts written for this project; real ones may differ in ways "
        "nobody thought of.",
        "Few writers wrote the test texts; the intervals of that table say nothing about other writers.",
    ]
    for bar in result["bars"]:
        if bar["verdict"] == bars.SHORT:
            points.append(f"Falls short: {bar['title']}, {shown(bar['number'])}, bar {bar['bar']}.")

    def lowest(rows: dict[str, dict[str, Any]], count: int) -> str:
        found = sorted(
            (v["lures.flagged"]["value"], k, v["lures.flagged"]["n"]) for k, v in rows.items() if "lures.flagged" in v
        )
        return ", ".join(f"{name} ({_digits(value)} of {n} lures flagged)" for value, name, n in found[:count])

    if result["one_scenario_left_out"]:
        points.append(f"Weakest on scenarios it has never seen: {lowest(result['one_scenario_left_out'], 3)}.")
    if "language" in _by(result):
        worst = lowest(_by(result)["language"], 2)
        points.append(f"Weakest languages among the test texts: {worst}; numbers by language are small.")
    if result["obfuscated"]:
        points.append(f"Hardest disguise: {lowest(result['obfuscated'], 1)}.")
    fraud = result["out_of_fold"].get("emscad_fraud", {}).get("recall.job_fraud_other")
    if fraud:
        points.append(
            f"Frauds among English office jobs of 2012-14 (EMSCAD) are flagged at {shown(fraud)}: they read like "
            "the honest adverts of their site, which weigh more in training."
        )
    return points


def _by(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The breakdowns of the test texts."""
    return dict(result["test"]["by"])
