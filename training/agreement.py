"""``python -m training.agreement``: how far the two annotators of the corpus agree, written to ``docs/agreement.json``.

The first annotation is the writer's own, the second was made blind; ``settled.jsonl`` holds the decision on every
indicator that only one of them marked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

from nltk.metrics.agreement import AnnotationTask

from detector.model.classifier import LURES
from training.rows import FOLDER, read_lines

ANNOTATION = FOLDER.parent / "annotation"
OUT = Path(__file__).resolve().parents[1] / "docs" / "agreement.json"


def agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> dict[str, float]:
    """Share of equal values, Cohen's kappa and Krippendorff's alpha of two annotators' values in the same order."""
    items = [("first", str(i), value) for i, value in enumerate(first)]
    items += [("second", str(i), value) for i, value in enumerate(second)]
    task = AnnotationTask(items)
    same = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    # Both measures divide by the expected disagreement, which is nought when only one value was used.
    one_value = len({*first, *second}) == 1
    kappa, alpha = (1.0, 1.0) if one_value else (task.kappa(), task.alpha())
    return {"alpha": _short(alpha), "equal": _short(same), "kappa": _short(kappa)}


def compute(folder: Path = ANNOTATION) -> dict[str, Any]:
    """Every figure of ``docs/agreement.json``."""
    first = {row["id"]: row for row in read_lines(folder / "first.jsonl")}
    second = {row["id"]: row for row in read_lines(folder / "second.jsonl")}
    settled = read_lines(folder / "settled.jsonl")
    if first.keys() != second.keys():
        raise ValueError("the two annotations are of different texts")
    ids = sorted(first)
    lures = [i for i in ids if first[i]["label"] in LURES and second[i]["label"] in LURES]
    marked = [{i: {m["id"] for m in side[i]["indicators"]} for i in lures} for side in (first, second)]
    decisions = {(s["id"], s["indicator"]) for s in settled}
    one_sided = {(i, name) for i in lures for name in marked[0][i] ^ marked[1][i]}
    if decisions != one_sided:
        raise ValueError(f"settled decisions and disagreements differ: {sorted(decisions ^ one_sided)[:5]}")
    names = sorted({name for side in marked for found in side.values() for name in found})
    return {
        "annotators": len({row["annotator"] for row in second.values()}),
        "indicators": {name: _indicator(name, lures, marked, settled) for name in names},
        "indicators_overall": {"f1": _f1(lures, marked), "lures": len(lures)},
        "kind": agreement(*([side[i]["kind"] for i in ids] for side in (first, second))),
        "label": agreement(*([side[i]["label"] for i in ids] for side in (first, second))),
        "settled": {"decisions": len(settled), **_settled(settled)},
        "texts": len(ids),
    }


def _indicator(
    name: str, lures: Sequence[str], marked: Sequence[dict[str, set[str]]], settled: Sequence[dict[str, str]]
) -> dict[str, Any]:
    columns = [[name in side[i] for i in lures] for side in marked]
    only = [{i: side[i] & {name} for i in lures} for side in marked]
    mine = Counter(s["decision"] for s in settled if s["indicator"] == name)
    return {
        **agreement(*columns),
        "both": sum(a and b for a, b in zip(*columns, strict=True)),
        "f1": _f1(lures, only),
        "first": sum(columns[0]),
        "second": sum(columns[1]),
        "settled_no": mine["no"],
        "settled_doubtful": mine["doubtful"],
        "settled_yes": mine["yes"],
    }


def _f1(lures: Sequence[str], marked: Sequence[dict[str, set[str]]]) -> float:
    both = sum(len(marked[0][i] & marked[1][i]) for i in lures)
    each = sum(len(side[i]) for side in marked for i in lures)
    return _short(2 * both / each)


def _settled(settled: Sequence[dict[str, str]]) -> dict[str, Any]:
    """Decisions in all and by who had marked the indicator, as numbers and shares."""
    out: dict[str, Any] = {}
    for side in ("all", "second", "writer"):
        mine = [s["decision"] for s in settled if side in ("all", s["marked_by"])]
        counts = Counter(mine)
        out[side] = {
            "decisions": len(mine),
            **{d: counts[d] for d in ("yes", "no", "doubtful")},
            **{f"{d}_share": _short(counts[d] / max(len(mine), 1)) for d in ("yes", "no", "doubtful")},
        }
    return out


def _short(value: float) -> float:
    return round(float(value), 4)


def render(figures: dict[str, Any]) -> str:
    """The figures as a table for the terminal."""
    lines = [f"{figures['texts']} texts, {figures['annotators']} second annotators"]
    lines += [f"{k:6} kappa {v['kappa']:.3f}  alpha {v['alpha']:.3f}" for k in ("label", "kind") for v in [figures[k]]]
    lines.append(
        f"indicators in {figures['indicators_overall']['lures']} lures: F1 {figures['indicators_overall']['f1']:.3f}"
    )
    lines.append(f"{'indicator':28} {'first':>5} {'second':>6} {'both':>5} {'kappa':>6} {'alpha':>6} {'F1':>5}")
    lines += [
        f"{k:28} {v['first']:5d} {v['second']:6d} {v['both']:5d} {v['kappa']:6.2f} {v['alpha']:6.2f} {v['f1']:5.2f}"
        for k, v in figures["indicators"].items()
    ]
    for side in ("second", "writer"):
        v = figures["settled"][side]
        lines.append(
            f"marked by {side} only: {v['decisions']}, yes {v['yes_share']:.0%}, no {v['no_share']:.0%}, "
            f"doubtful {v['doubtful_share']:.0%}"
        )
    return "\n".join(lines)


def main() -> None:
    """Compute, write, print."""
    figures = compute()
    OUT.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(render(figures))


if __name__ == "__main__":
    main()
