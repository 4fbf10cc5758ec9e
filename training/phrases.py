"""``python -m training.phrases``: propose indicator phrases that the catalogue lacks, for a person to accept.

Confirmed lures (the corpus, or ``--confirmed FILE``: JSON Lines with ``text`` and, where known, ``id``, ``lang`` and
``indicators`` with spans) are compared with ordinary adverts of the same language, runs of one to four words at a time:

* weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words"), which keeps
  words that are merely frequent or merely rare from standing out; the z-score is the log-odds over its deviation;
* a run of several words must be a collocation (likelihood ratio, nltk), not a chance meeting;
* a run that the rules find already, in half of its places or more, is left out, and so is one that ordinary adverts
  use too: in more than 1 in 200 of them or, a single word, in as many as lures.

Thai is passed over: its words cannot be told apart without a dictionary. A Chinese character counts as a word.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from pathlib import Path
from typing import Any

import yaml
from nltk.collocations import BigramCollocationFinder, TrigramCollocationFinder
from nltk.metrics import BigramAssocMeasures, TrigramAssocMeasures

from detector.detector import prepare
from detector.model.classifier import LURES
from detector.text.normalise import normalise
from training import sources
from training.rows import read_lines, rows

LONGEST = 4  # words
LEAST_TEXTS = 3
LEAST_Z = 1.96
MOST_ORDINARY = 0.005  # share of ordinary adverts that may hold a proposed phrase
MOST = 10  # proposals for one indicator and language
_COLLOCATION = 10.83  # likelihood ratio at which chance is below 1 in 1,000
_COMMON = 30  # words too common to begin or end a phrase
_WHOLE = "(whole text)"  # confirmed adverts without spans
_HAN = "㐀-䶿一-鿿"
_CLAUSE = re.compile(r"[^\W_](?:[^\W_]|['’ -](?=[^\W_]))*")
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+(?:['’-][^\W_{_HAN}]+)*")
_NUMBER = re.compile(r"(?<![^\W_])\d+(?![^\W_])|\d{3}")  # amounts and hours are the facts' business, not a phrase's


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase for one indicator and language: z-score, texts with it on either side, and examples."""

    indicator: str
    lang: str
    phrase: str
    z: float
    texts: int
    ordinary: int
    examples: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    """Where a run of words stands: texts with it, and texts in which the rules find it too."""

    texts: list[str] = field(default_factory=list)
    known: int = 0


def propose(
    confirmed: Iterable[dict[str, Any]], ordinary: Iterable[tuple[str, str]], indicator: str | None = None
) -> list[Proposal]:
    """Phrases of `confirmed` lures (rows) that set them off from `ordinary` adverts (language, text)."""
    runs: dict[tuple[str, str], dict[str, _Seen]] = defaultdict(dict)
    clauses: dict[str, list[list[str]]] = defaultdict(list)
    for number, row in enumerate(confirmed):
        _read(row, str(row.get("id", number + 1)), indicator, runs, clauses)
    plain: dict[str, Counter[str]] = defaultdict(Counter)
    adverts: Counter[str] = Counter()
    sizes: dict[str, list[int]] = defaultdict(lambda: [0] * (LONGEST + 1))
    wanted = {run for found in runs.values() for run in found}
    for lang, text in ordinary:
        folded = normalise(text).text
        adverts[lang] += 1
        here: set[str] = set()
        for run, _, _, words in _runs(folded, 0, len(folded)):
            sizes[lang][words] += 1
            if run in wanted or words == 1:
                here.add(run)
        plain[lang].update(here)
    together = {lang: _collocations(found) for lang, found in clauses.items()}
    out: list[Proposal] = []
    for (name, lang), found in sorted(runs.items()):
        common = {word for word, _ in plain[lang].most_common(_COMMON)}
        scored = _score(name, lang, found, plain[lang], sizes[lang])
        most = MOST_ORDINARY * adverts[lang]
        fit = [p for p in scored if p.ordinary <= most and _fits(p, common, together[lang])]
        out += _distinct(fit, found)[:MOST]
    return out


def _read(
    row: dict[str, Any],
    row_id: str,
    indicator: str | None,
    runs: dict[tuple[str, str], dict[str, _Seen]],
    clauses: dict[str, list[list[str]]],
) -> None:
    prepared = prepare(row["text"])
    lang = row.get("lang") or prepared.language
    if lang == "th":
        return
    text = prepared.text
    marks = row.get("indicators") or [{"id": indicator or _WHOLE, "start": 0, "end": len(row["text"])}]
    for mark in marks:
        if indicator and mark["id"] != indicator:
            continue
        known = [(s.start, s.end) for s in prepared.signals if mark["id"] in (_WHOLE, s.indicator)]
        seen = runs[mark["id"], lang]
        first, last = text.locate(mark["start"]), text.locate(mark["end"] - 1) + 1
        clauses[lang] += [
            [w.group() for w in _WORD.finditer(c.group())] for c in _CLAUSE.finditer(text.text[first:last])
        ]
        for run, start, end, _ in _runs(text.text, first, last):
            entry = seen.setdefault(run, _Seen())
            if entry.texts[-1:] == [row_id]:
                continue
            entry.texts.append(row_id)
            at = text.span(start, end)
            entry.known += any(a < at.end and at.start < b for a, b in known)


def _runs(folded: str, first: int, last: int) -> Iterator[tuple[str, int, int, int]]:
    """(run of words as it stands in the text, start, end, number of words) within clauses of folded[first:last]."""
    for clause in _CLAUSE.finditer(folded, first, last):
        words = [w.span() for w in _WORD.finditer(folded, *clause.span())]
        for i, (start, _) in enumerate(words):
            for count, (_, end) in enumerate(words[i : i + LONGEST], start=1):
                yield folded[start:end], start, end, count


def _score(name: str, lang: str, found: dict[str, _Seen], plain: Counter[str], sizes: Sequence[int]) -> list[Proposal]:
    """Unknown runs with their z-scores: several words before one, then the highest first."""
    mine = [0] * (LONGEST + 1)
    for run, seen in found.items():
        mine[_length(run)] += len(seen.texts)
    out = []
    for run, seen in found.items():
        count, other, words = len(seen.texts), plain[run], _length(run)
        if count < LEAST_TEXTS or 2 * seen.known >= count or _NUMBER.search(run):
            continue
        z = log_odds_z(count, mine[words], other, sizes[words])
        if z >= LEAST_Z:
            out.append(Proposal(name, lang, run, round(z, 2), count, other, tuple(seen.texts[:3])))
    return sorted(out, key=lambda p: (_length(p.phrase) == 1, -p.z, -len(p.phrase), p.phrase))


def log_odds_z(count: int, total: int, other: int, other_total: int) -> float:
    """z-score of the log-odds ratio of a run: `count` of `total` runs here, `other` of `other_total` there.

    The prior is the run's rate in both together, and weighs as much as all runs here.
    """
    prior = total * (count + other) / max(total + other_total, 1)
    here = log((count + prior) / (2 * total - count - prior))
    there = log((other + prior) / (other_total + total - other - prior))
    return (here - there) / sqrt(1 / (count + prior) + 1 / (other + prior))


def _length(run: str) -> int:
    return len(_WORD.findall(run))


def _collocations(clauses: list[list[str]]) -> set[tuple[str, ...]]:
    """Pairs and triples of words that stand together more often than by chance."""
    pairs = BigramCollocationFinder.from_documents(clauses)
    triples = TrigramCollocationFinder.from_documents(clauses)
    out: set[tuple[str, ...]] = set()
    for finder, measures in ((pairs, BigramAssocMeasures), (triples, TrigramAssocMeasures)):
        finder.apply_freq_filter(2)
        out |= {words for words, score in finder.score_ngrams(measures.likelihood_ratio) if score >= _COLLOCATION}
    return out


def _fits(proposal: Proposal, common: set[str], together: set[tuple[str, ...]]) -> bool:
    words = tuple(_WORD.findall(proposal.phrase))
    if words[0] in common or words[-1] in common or len(proposal.phrase) < 3:
        return False
    if len(words) == 1:
        return proposal.texts > proposal.ordinary
    size = min(len(words), 3)
    return all(words[i : i + size] in together for i in range(len(words) - size + 1))


def _distinct(proposals: Sequence[Proposal], found: dict[str, _Seen]) -> list[Proposal]:
    """Of runs that hold one another in mostly the same texts, the longest that keeps nearly all of them."""
    texts = {p.phrase: set(found[p.phrase].texts) for p in proposals}
    longest = [
        p
        for p in proposals
        if not any(
            p.phrase != q.phrase
            and _within(p.phrase, q.phrase)
            and len(texts[p.phrase] & texts[q.phrase]) >= 0.8 * len(texts[p.phrase])
            for q in proposals
        )
    ]
    kept: list[Proposal] = []
    for p in longest:
        related = (q for q in kept if _within(p.phrase, q.phrase) or _within(q.phrase, p.phrase))
        if not any(2 * len(texts[p.phrase] & texts[q.phrase]) >= len(texts[p.phrase]) for q in related):
            kept.append(p)
    return kept


def _within(short: str, long: str) -> bool:
    return f" {short} " in f" {long} " or (short in long and re.search(f"[{_HAN}]", short) is not None)


def snippet(proposals: Iterable[Proposal]) -> str:
    """YAML: indicator -> ``languages`` -> language -> ``rules``, in the form of the indicator files."""
    phrases: dict[str, dict[str, list[str]]] = {}
    for p in proposals:
        phrases.setdefault(p.indicator, {}).setdefault(p.lang, []).append(p.phrase)
    tree = {
        name: {"languages": {lang: {"rules": [{"phrases": found}]} for lang, found in by_lang.items()}}
        for name, by_lang in phrases.items()
    }
    head = "# Proposed phrases: keep what a caseworker would accept, move each list to its indicator, add examples.\n"
    return head + yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=120)


def ordinary_adverts() -> Iterator[tuple[str, str]]:
    """(language, text) of the corpus' genuine adverts and, where they are, the ordinary public sources."""
    yield from ((r["lang"], r["text"]) for r in rows() if r["label"] == "no_pattern" and r["split"] == "train")
    if (folder := sources.folder()) is not None:
        yield from ((e.lang, e.text[:3000]) for e in sources.read_all(folder, sources.ORDINARY))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the proposals as a table; with ``--out`` write them as YAML."""
    parser = argparse.ArgumentParser(prog="python -m training.phrases", description="Propose indicator phrases.")
    parser.add_argument("--confirmed", type=Path, help="JSON Lines of confirmed lures (default: the corpus)")
    parser.add_argument("--indicator", help="only this indicator; adverts without spans count for it as a whole")
    parser.add_argument("--out", type=Path, help="write a YAML snippet")
    options = parser.parse_args(arguments)
    # The test writers' texts stay unseen.
    lures = [r for r in rows() if r["label"] in LURES and r["split"] == "train"]
    confirmed = read_lines(options.confirmed) if options.confirmed else lures
    proposals = propose(confirmed, ordinary_adverts(), options.indicator)
    print(f"{'indicator':26} {'lang':4} {'z':>5} {'lures':>5} {'ordinary':>8}  phrase (examples)")
    for p in proposals:
        examples = ", ".join(p.examples)
        print(f"{p.indicator:26} {p.lang:4} {p.z:5.2f} {p.texts:5d} {p.ordinary:8d}  {p.phrase} ({examples})")
    if options.out:
        options.out.write_text(snippet(proposals), encoding="utf-8")


if __name__ == "__main__":
    main()
