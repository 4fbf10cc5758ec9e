"""The format of the open corpus under ``data/`` (described in `data/README.md`) and its readers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from detector.assessment import Kind
from detector.indicators.compiled import shipped
from detector.model.classifier import LURES
from training.sources import Example

FOLDER = Path(__file__).resolve().parents[1] / "data" / "corpus"
CONFIG = Path(__file__).with_name("config.yaml")
Scenario = Literal[
    "scam_compound",
    "domestic_work",
    "plantation_factory_construction",
    "fishing_vessel",
    "student_intern",
    "hostess_minor",
    "bride",
    "organ_surrogacy_adoption",
    "domestic_debt",
    "fee_fraud",
    "deposit_task",
    "impersonation",
    "money_mule",
    "identity_data",
    "selection_letter",
    "ordinary",
    "small_business",
    "licensed_overseas",
    "skilled",
    "warning",
    "testimony",
    "news",
    "question",
    "job_seeker",
    "promotion",
    "other",
]


class Mark(BaseModel):
    """An annotated span: characters `start` to `end` (exclusive) of the text."""

    model_config = ConfigDict(extra="forbid")

    id: str
    start: int
    end: int


class Row(BaseModel):
    """One line of the corpus."""

    model_config = ConfigDict(extra="forbid")

    id: str
    writer: str
    text: str
    lang: Literal["id", "en", "ms", "fil", "vi", "th", "zh"]
    label: Literal["trafficking_risk", "job_fraud_other", "no_pattern", "non_ad"]
    kind: Kind
    scenario: Scenario
    genre: Literal[
        "facebook_group",
        "whatsapp_broadcast",
        "telegram",
        "social_caption",
        "job_board",
        "poster_ocr",
        "private_message",
        "email",
    ]
    subtle: bool
    hard: bool
    indicators: tuple[Mark, ...]
    credibility: tuple[Mark, ...]
    split: Literal["train", "test"]

    @model_validator(mode="after")
    def _agrees(self) -> Row:
        if (self.label == "non_ad") == (self.kind is Kind.ADVERT):
            raise ValueError("label non_ad and kind advert exclude each other")
        if self.subtle and self.label not in LURES:
            raise ValueError("only a lure can be subtle")
        if self.hard and self.label != "no_pattern":
            raise ValueError("only an honest advert can be hard")
        if self.indicators and self.label not in LURES:
            raise ValueError("only a lure shows indicators")
        catalogue = shipped()
        for marks, known in ((self.indicators, catalogue.indicators), (self.credibility, catalogue.credibility)):
            for mark in marks:
                if mark.id not in known:
                    raise ValueError(f"unknown id {mark.id!r}")
                if not 0 <= mark.start < mark.end <= len(self.text):
                    raise ValueError(f"span of {mark.id} lies outside the text")
                if self.text[mark.start : mark.end] != self.text[mark.start : mark.end].strip():
                    raise ValueError(f"span of {mark.id} begins or ends with a blank")
        return self


@cache
def test_writers() -> frozenset[str]:
    """Writers that are never trained on, from `training/config.yaml`."""
    return frozenset(yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["test_writers"])


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def write_lines(path: Path, objects: Iterable[dict[str, Any]]) -> None:
    """Write a JSON Lines file."""
    path.write_text("".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects), encoding="utf-8")


def rows(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """All rows of the corpus in file and line order."""
    return [row for path in sorted(folder.glob("*.jsonl")) for row in read_lines(path)]


def examples(folder: Path = FOLDER) -> list[Example]:
    """The corpus as training examples; `source` is ``written``."""
    return [
        Example(
            id=row["id"],
            text=row["text"],
            label=row["label"],
            kind=row["kind"],
            source="written",
            lang=row["lang"],
            writer=row["writer"],
            subtle=row["subtle"],
            hard=row["hard"],
            scenario=row["scenario"],
            marks=tuple((mark["id"], mark["start"], mark["end"]) for mark in row["indicators"]),
        )
        for row in rows(folder)
    ]
