"""The corpus is what its README says, and its checker finds what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training import corpus

GOOD = corpus.rows()[0]


def test_the_corpus_has_no_problems() -> None:
    assert corpus.check() == []


def test_both_sides_all_kinds_and_hard_cases_are_there() -> None:
    rows = corpus.rows()
    assert len(rows) >= 600
    assert {r["kind"] for r in rows} == {"advert", "awareness", "news", "testimony", "job_seeker", "question", "other"}
    honest = [r for r in rows if r["label"] == "no_pattern"]
    assert sum(r["hard"] for r in honest) * 2 >= len(honest)
    lures = [r for r in rows if r["label"] in corpus.LURES]
    assert sum(r["subtle"] for r in lures) * 4 >= len(lures)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": "non_ad", "kind": "advert"}, "exclude each other"),
        ({"label": "no_pattern", "kind": "advert", "subtle": True, "hard": False}, "subtle"),
        ({"label": "trafficking_risk", "kind": "advert", "subtle": False, "hard": True}, "hard"),
        ({"indicators": [{"id": "nonsense", "start": 0, "end": 1}]}, "unknown id"),
        ({"indicators": [{"id": "organ_trade", "start": 0, "end": 10**6}]}, "outside the text"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_the_checker_finds(tmp_path: Path, change: dict, message: str) -> None:
    (tmp_path / "w.jsonl").write_text(json.dumps({**GOOD, **change}), encoding="utf-8")
    assert message in " ".join(corpus.check(tmp_path))


def test_the_checker_finds_repetition(tmp_path: Path) -> None:
    (tmp_path / "w.jsonl").write_text("\n".join([json.dumps(GOOD)] * 4), encoding="utf-8")
    found = " ".join(corpus.check(tmp_path))
    assert "stands 4 times" in found
    assert "same text 4 times" in found
    assert "opening 4 times" in found
