"""Checks the open corpus under ``data/`` (format: `data/README.md`).

``python -m training.corpus check`` prints counts and findings and fails on any finding; with ``--write`` it also
writes the counts to ``docs/corpus.json`` and into `data/DATASHEET.md`. ``python -m training.corpus add FILE`` takes in
a new writer's texts.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
from pydantic import ValidationError

from detector.model.classifier import LURES
from training import copied, sources
from training.groups import THRESHOLD, near_pairs
from training.invented import suspicious_contacts
from training.rows import FOLDER, Row, Scenario, examples, read_lines, rows, test_writers, write_lines

__all__ = ["FOLDER", "LURES", "Row", "check", "examples", "rows", "shortfalls", "summary"]

OUT = Path(__file__).resolve().parents[1] / "docs" / "corpus.json"
DATASHEET = FOLDER.parent / "DATASHEET.md"
MAX_SAME_OPENING = 3  # texts that may share their first six words
MAX_NEAR = 0.01  # share of texts that may have a near-duplicate
SHORT, LONG = 8, 300  # words
MAX_UNUSUAL = 0.01  # share of texts that may be shorter or longer
#: What the corpus must hold at least: texts, or shares of all texts.
TEXTS = 3000
LABELS = {"trafficking_risk": 900, "job_fraud_other": 450, "no_pattern": 1050, "non_ad": 600}
LANGUAGE_SHARES = {"id": 0.60, "en": 0.20, "ms": 0.07}
LANGUAGE_TEXTS = {"fil": 80, "vi": 80, "th": 80, "zh": 80}
HARD_SHARE, SUBTLE_SHARE = 1 / 2, 1 / 3
# Chinese and Thai are written without blanks: characters that make a word on average.
_CHARACTERS_PER_WORD = {"zh": 2, "th": 4}


def length(text: str, lang: str) -> int:
    """Words in `text`."""
    per_word = _CHARACTERS_PER_WORD.get(lang)
    if per_word is None:
        return len(text.split())
    return len(re.sub(r"\W", "", text)) // per_word


def check(folder: Path = FOLDER) -> list[str]:
    """What is wrong with single texts or between them, one sentence a finding; empty when all is well."""
    found = rows(folder)
    return [*_row_problems(found), *_repetitions(found), *_borrowed(found)]


def _row_problems(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    writers = Counter(row.get("writer") for row in found)
    for row in found:
        name, text = row.get("id"), row.get("text", "")
        try:
            Row.model_validate(row)
        except ValidationError as error:
            place = ".".join(str(part) for part in error.errors()[0]["loc"])
            yield f"{name}: {place + ': ' if place else ''}{error.errors()[0]['msg']}"
        if (row.get("split") == "test") != (row.get("writer") in test_writers()):
            yield f"{name}: split {row.get('split')} disagrees with test_writers of training/config.yaml"
        for contact in suspicious_contacts(text):
            yield f"{name}: {contact} does not look invented"
    for writer in sorted(test_writers() - set(writers)):
        yield f"writer {writer} of test_writers in training/config.yaml has no text"


def _repetitions(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    ids = Counter(row.get("id", "?") for row in found)
    yield from (f"id {name} stands {n} times" for name, n in ids.items() if n > 1)
    texts = Counter(re.sub(r"\W+", " ", row.get("text", "")).casefold() for row in found)
    yield from (f"the same text {n} times: {text[:60]}" for text, n in texts.items() if n > 1)
    folded = [re.findall(r"\w+", row.get("text", "").casefold()) for row in found]
    openings = Counter(" ".join(words[:6]) for words in folded if len(words) > 6)
    yield from (f"opening {n} times: {text}" for text, n in openings.items() if n > MAX_SAME_OPENING)
    near = near_duplicates(found)
    if len(near) >= MAX_NEAR * len(found):
        yield f"{len(near)} texts have another above {THRESHOLD} similarity (below {MAX_NEAR:.0%} allowed): {near[:10]}"


def near_duplicates(found: Sequence[dict[str, Any]]) -> list[str]:
    """Ids of the rows that have a near-duplicate."""
    index, _ = near_pairs([row.get("text", "") for row in found])
    return [found[i]["id"] for i in np.unique(index)]


def _borrowed(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    for folder in (sources.folder(), copied.research_folder()):
        if folder is not None:
            for row_id, (name, run) in copied.shared_runs(found, copied.source_texts(folder)).items():
                yield f"{row_id}: shares {copied.WORDS} words with {name}: {run}"


def unchecked() -> list[str]:
    """What `check` could not look at, because the folder is not there."""
    places = {"public sources (DETECTOR_SOURCES)": sources.folder(), "research notes": copied.research_folder()}
    return [
        f"NOT CHECKED for borrowed sentences: {name}, folder not found" for name, at in places.items() if at is None
    ]


def summary(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Counts of the corpus, as in ``docs/corpus.json``."""
    lures = [row for row in found if row["label"] in LURES]
    honest = [row for row in found if row["label"] == "no_pattern"]
    words = [length(row["text"], row["lang"]) for row in found]
    counted = ("label", "lang", "kind", "genre", "scenario", "split", "writer")
    return {
        "texts": len(found),
        **{name: dict(sorted(Counter(row[name] for row in found).items())) for name in counted},
        "split_by_label": {
            split: dict(sorted(Counter(row["label"] for row in found if row["split"] == split).items()))
            for split in ("train", "test")
        },
        "language_share": {k: round(n / len(found), 4) for k, n in sorted(Counter(r["lang"] for r in found).items())},
        "subtle": sum(row["subtle"] for row in lures),
        "subtle_share": round(sum(row["subtle"] for row in lures) / max(len(lures), 1), 4),
        "hard": sum(row["hard"] for row in honest),
        "hard_share": round(sum(row["hard"] for row in honest) / max(len(honest), 1), 4),
        "indicator_spans": sum(len(row["indicators"]) for row in found),
        "credibility_spans": sum(len(row["credibility"]) for row in found),
        "indicators": dict(sorted(Counter(i for row in found for i in {m["id"] for m in row["indicators"]}).items())),
        "words": {
            "median": int(np.median(words)),
            "longest": max(words),
            f"below_{SHORT}": sum(n < SHORT for n in words),
            f"above_{LONG}": sum(n > LONG for n in words),
        },
        "near_duplicates": len(near_duplicates(found)),
    }


def shortfalls(counts: dict[str, Any]) -> list[str]:
    """Stated minima that the corpus (its `summary`) does not reach."""
    out: list[str] = []

    def need(name: str, have: float, least: float, share: bool = False, more: str = "") -> None:
        if have < least:
            stated = f"{have:.1%}, at least {least:.1%}" if share else f"{have:g}, at least {least:g}"
            out.append(f"{name}: {stated} wanted{more}")

    need("texts", counts["texts"], TEXTS)
    for label, least in LABELS.items():
        need(f"label {label}", counts["label"].get(label, 0), least)
    for lang, share in LANGUAGE_SHARES.items():
        have = counts["lang"].get(lang, 0) / counts["texts"]
        need(f"language {lang}", have, share, share=True)
    for lang, least in LANGUAGE_TEXTS.items():
        need(f"language {lang}", counts["lang"].get(lang, 0), least)
    need("hard among no_pattern", counts["hard_share"], HARD_SHARE, share=True)
    need("subtle among lures", counts["subtle_share"], SUBTLE_SHARE, share=True)
    for scenario in get_args(Scenario):
        need(f"scenario {scenario}", counts["scenario"].get(scenario, 0), 1)
    unusual = (counts["words"][f"below_{SHORT}"] + counts["words"][f"above_{LONG}"]) / counts["texts"]
    if unusual > MAX_UNUSUAL:
        out.append(f"{unusual:.1%} of the texts are not {SHORT} to {LONG} words long")
    return out


def with_counts(datasheet: str, counts: dict[str, Any]) -> str:
    """`datasheet` with the table between its two ``counts`` marks made from `counts`."""
    named = {"label": "label", "lang": "language", "kind": "kind", "genre": "genre", "scenario": "scenario"}
    lines = [f"{counts['texts']:,} texts.", "", "| by | texts |", "|---|---|"]
    for key, title in named.items():
        ordered = sorted(counts[key].items(), key=lambda item: (-item[1], item[0]))
        lines.append(f"| {title} | " + ", ".join(f"{value} {n}" for value, n in ordered) + " |")
    for split, by_label in counts["split_by_label"].items():
        lines.append(
            f"| split {split} | {counts['split'][split]}: " + ", ".join(f"{k} {n}" for k, n in by_label.items()) + " |"
        )
    share = f"{counts['hard_share']:.0%} of the genuine adverts hard, {counts['subtle_share']:.0%} of the lures subtle"
    lines.append(
        f"| other | {len(counts['writer'])} writers; {share}; median length {counts['words']['median']} words |"
    )
    begin, end = "<!-- counts: begin -->", "<!-- counts: end -->"
    before, rest = datasheet.split(begin)
    return "\n".join([before + begin, *lines, end + rest.split(end)[1]])


def add(path: Path, folder: Path = FOLDER) -> int:
    """Take in the rows of `path` (all keys but `split`, which follows from the writer); returns their number."""
    writers: dict[str, list[dict[str, Any]]] = {}
    for row in read_lines(path):
        row["split"] = "test" if row["writer"] in test_writers() else "train"
        Row.model_validate(row)
        writers.setdefault(row["writer"], []).append(row)
    for writer, new in writers.items():
        target = folder / f"{writer}.jsonl"
        if target.exists():
            raise FileExistsError(f"{target} is there already")
        write_lines(target, new)
    return sum(map(len, writers.values()))


def main(arguments: Sequence[str] | None = None) -> None:
    """Check the corpus (and print what was found), or add a file to it."""
    parser = argparse.ArgumentParser(prog="python -m training.corpus", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("check", "add"), default="check")
    parser.add_argument("file", nargs="?", type=Path, help="with add: JSON Lines of one new writer or several")
    parser.add_argument("--write", action="store_true", help="write the counts to docs/corpus.json and the datasheet")
    options = parser.parse_args(arguments)
    if options.command == "add":
        if options.file is None:
            parser.error("add needs a file")
        print(f"{add(options.file)} texts added")
    counts = summary(rows())
    for name, value in counts.items():
        print(
            f"{name}: " + (", ".join(f"{k} {n}" for k, n in value.items()) if isinstance(value, dict) else str(value))
        )
    for row in rows():
        if not SHORT <= (n := length(row["text"], row["lang"])) <= LONG:
            print(f"note: {row['id']} ({row['lang']}) has {n} words")
    if options.write:
        OUT.write_text(json.dumps(counts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        DATASHEET.write_text(with_counts(DATASHEET.read_text(encoding="utf-8"), counts), encoding="utf-8")
    for line in unchecked():
        print(line, file=sys.stderr)
    findings = check() + shortfalls(counts)
    print("\n".join(findings) or "no problems found")
    sys.exit(bool(findings))


if __name__ == "__main__":
    main()
