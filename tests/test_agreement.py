"""Agreement of the two annotations: the measures, the published figures, and the text that quotes them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from training import agreement
from training.rows import FOLDER, rows

ANNOTATION_GUIDE = (FOLDER.parent / "ANNOTATION.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def figures() -> dict:
    return json.loads(agreement.OUT.read_text(encoding="utf-8"))


def test_the_published_figures_are_fresh(figures: dict) -> None:
    assert agreement.compute() == figures


def test_label_agreement_reaches_its_bar(figures: dict) -> None:
    assert figures["label"]["kappa"] >= 0.80
    assert figures["label"]["alpha"] >= 0.80
    assert figures["texts"] >= 0.20 * len(rows())


def test_known_values() -> None:
    # 20 of 50 both yes, 15 both no: observed 0.7, expected 0.5 by the margins 25/25 and 30/20.
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    found = agreement.agreement(first, second)
    assert found["equal"] == 0.7
    assert found["kappa"] == 0.4
    # Alpha: observed disagreement 0.3; of 100 values 55 are yes, so 2 * 55 * 45 / (100 * 99) = 0.5 expected.
    assert found["alpha"] == 0.4
    assert agreement.agreement(["a", "a"], ["a", "a"]) == {"alpha": 1.0, "equal": 1.0, "kappa": 1.0}


def _write(folder: Path, name: str, found: list[dict]) -> None:
    (folder / name).write_text("\n".join(json.dumps(row) for row in found), encoding="utf-8")


def _row(row_id: str, *indicators: str, label: str = "trafficking_risk") -> dict:
    marks = [{"id": name, "start": 0, "end": 1} for name in indicators]
    return {"id": row_id, "annotator": "a", "kind": "advert", "label": label, "indicators": marks}


def test_indicators_are_compared_where_both_see_a_lure(tmp_path: Path) -> None:
    _write(
        tmp_path, "first.jsonl", [_row("1", "organ_trade", "debt_bondage"), _row("2"), _row("3", label="no_pattern")]
    )
    _write(tmp_path, "second.jsonl", [_row("1", "organ_trade"), _row("2", "debt_bondage"), _row("3", "no_contract")])
    settled = [
        {"id": "1", "indicator": "debt_bondage", "marked_by": "writer", "decision": "no"},
        {"id": "2", "indicator": "debt_bondage", "marked_by": "second", "decision": "yes"},
    ]
    _write(tmp_path, "settled.jsonl", settled)
    found = agreement.compute(tmp_path)
    assert set(found["indicators"]) == {"organ_trade", "debt_bondage"}
    assert found["indicators_overall"] == {"f1": 0.5, "lures": 2}
    assert found["indicators"]["debt_bondage"]["kappa"] == -1.0
    assert found["settled"]["second"]["yes_share"] == 1.0
    _write(tmp_path, "settled.jsonl", settled[:1])
    with pytest.raises(ValueError, match="differ"):
        agreement.compute(tmp_path)


def test_each_number_of_the_guide_is_the_published_one(figures: dict) -> None:
    section = " ".join(ANNOTATION_GUIDE.split("## 5. Second annotation")[1].split())
    one_sided = figures["settled"]
    lowest = sorted((v["kappa"], k) for k, v in figures["indicators"].items())[:3]
    quoted = (
        f"judged {figures['texts']} of them",
        f"label: Cohen's kappa {figures['label']['kappa']:.3f}, Krippendorff's alpha {figures['label']['alpha']:.3f}",
        f"kind: kappa {figures['kind']['kappa']:.3f}, alpha {figures['kind']['alpha']:.3f}",
        f"in {figures['indicators_overall']['lures']} lures: F1 {figures['indicators_overall']['f1']:.3f}",
        "Lowest kappa: " + ", ".join(f"`{name}` {kappa:.2f}" for kappa, name in lowest),
        f"{one_sided['decisions']} decisions: of {one_sided['second']['decisions']} that only the second annotator had marked, "
        f"{100 * one_sided['second']['yes_share']:.0f} % were kept",
        f"of {one_sided['writer']['decisions']} that only the writer had marked, {100 * one_sided['writer']['yes_share']:.0f} %.",
        f'"Doubtful" ({100 * one_sided["all"]["doubtful_share"]:.0f} %)',
    )
    for sentence in quoted:
        assert sentence in section
    # No other number may stand there: it would be checked by nobody.
    rest = section
    for sentence in quoted:
        rest = rest.replace(sentence, "")
    assert set(re.findall(r"\d+", rest)) <= {"1", "3", "492", "24", "25"}
    annotated = {row["id"] for row in agreement.read_lines(agreement.ANNOTATION / "second.jsonl")}
    drawn = [r for r in rows() if r["id"] in annotated and r["split"] == "train"]
    assert (len(drawn), len({r["writer"] for r in drawn})) == (492, 24)
    assert {r["id"] for r in rows() if r["split"] == "test"} <= annotated


def test_the_corpus_holds_the_settled_annotation() -> None:
    folder = agreement.ANNOTATION
    first, second = ({r["id"]: r for r in agreement.read_lines(folder / f"{n}.jsonl")} for n in ("first", "second"))
    kept = {(s["id"], s["indicator"]) for s in agreement.read_lines(folder / "settled.jsonl") if s["decision"] == "yes"}
    for row in rows():
        if row["id"] in first:
            a, b = ({m["id"] for m in side[row["id"]]["indicators"]} for side in (first, second))
            wanted = (a & b) | {name for name in a ^ b if (row["id"], name) in kept}
            assert {m["id"] for m in row["indicators"]} == wanted
