"""The bars of the product on material that lies beside the repository, and the shipped figures of the public sources."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from conftest import beside

from detector import Detector
from detector.model import store
from detector.scan.engine import scan
from training import sources

LURES = {"trafficking_risk", "job_fraud_other"}


def test_example_cases(tmp_path: Path) -> None:
    path = beside("acceptance/cases.jsonl")
    cases = {c["id"]: c for c in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    scan(path, tmp_path / "out.jsonl", jobs=1)
    right = 0
    for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        label = cases[record["id"]]["label"]
        flagged = record["kind"] == "advert" and record["level"] != "low"
        right += flagged if label in LURES else (record["kind"] == "advert") == (label == "no_pattern") and not flagged
    assert len(cases) == 30
    assert right >= 28


@pytest.mark.parametrize("name", sources.ORDINARY)
def test_ordinary_sources_are_left_in_peace_out_of_fold(name: str) -> None:
    values = store.load().sidecar["metrics"]["out_of_fold"][name]
    assert values["false_flag.no_pattern"] <= 0.03
    assert values["false_high.no_pattern"] <= 0.005


def test_a_real_post_is_rated(detector: Detector) -> None:
    path = beside("datasets/instagram_loker/posts.csv")
    with path.open(encoding="utf-8", newline="") as handle:
        texts = [row["OCR_Text"] for row, _ in zip(csv.DictReader(handle), range(200), strict=False)]
    assessments = list(detector.assess_many(texts))
    assert sum(a.flagged for a in assessments) <= 6
    for a in assessments:
        for s in (*a.signals, *a.credentials):
            assert a.text[s.start : s.end] == s.evidence
