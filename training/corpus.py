"""The open corpus under ``data/``: JSON Lines, one text a line (format: `data/README.md`).

``python -m training.corpus`` checks it and prints the counts.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from detector.assessment import Kind
from detector.indicators.compiled import shipped
from training.sources import Example

FOLDER = Path(__file__).resolve().parents[1] / "data" / "corpus"
LURES = ("trafficking_risk", "job_fraud_other")
MAX_SAME_OPENING = 3  # texts that may share their first six words


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
    scenario: str
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

    @model_validator(mode="after")
    def _agrees(self) -> Row:
        if (self.label == "non_ad") == (self.kind is Kind.ADVERT):
            raise ValueError("label non_ad and kind advert exclude each other")
        if self.subtle and self.label not in LURES:
            raise ValueError("only a lure can be subtle")
        if self.hard and self.label != "no_pattern":
            raise ValueError("only an honest advert can be hard")
        catalogue = shipped()
        for marks, known in ((self.indicators, catalogue.indicators), (self.credibility, catalogue.credibility)):
            for mark in marks:
                if mark.id not in known:
                    raise ValueError(f"unknown id {mark.id!r}")
                if not 0 <= mark.start < mark.end <= len(self.text):
                    raise ValueError(f"span of {mark.id} lies outside the text")
        return self


def rows(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """All rows of the corpus in file and line order."""
    out: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as handle:
            out.extend(json.loads(line) for line in handle if line.strip())
    return out


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


def check(folder: Path = FOLDER) -> list[str]:
    """What is wrong with the corpus, one sentence a finding; empty when all is well."""
    problems: list[str] = []
    ids: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    openings: Counter[str] = Counter()
    for row in rows(folder):
        ids[row.get("id", "?")] += 1
        texts[re.sub(r"\W+", " ", row.get("text", "")).casefold()] += 1
        words = re.findall(r"\w+", row.get("text", "").casefold())
        if len(words) > 6:
            openings[" ".join(words[:6])] += 1
        try:
            Row.model_validate(row)
        except ValidationError as error:
            problems.append(f"{row.get('id')}: {error.errors()[0]['msg']}")
    problems += [f"id {name} stands {n} times" for name, n in ids.items() if n > 1]
    problems += [f"the same text {n} times: {text[:60]}" for text, n in texts.items() if n > 1]
    problems += [f"opening {n} times: {text}" for text, n in openings.items() if n > MAX_SAME_OPENING]
    return problems


def main() -> None:
    """Check the corpus, print counts and findings."""
    found = rows()
    for name in ("label", "kind", "lang", "genre", "scenario", "writer"):
        counts = Counter(row[name] for row in found)
        print(f"{name}: " + ", ".join(f"{value} {n}" for value, n in counts.most_common()))
    print(f"{len(found)} texts, subtle {sum(r['subtle'] for r in found)}, hard {sum(r['hard'] for r in found)}")
    problems = check()
    print("\n".join(problems) or "no problems found")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
