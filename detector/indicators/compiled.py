"""``python -m detector.indicators.compiled``: the validated catalogue in one file that loads in a tenth of a second.

``catalogue.json.gz`` holds the catalogue, the pieces that each pattern needs (`literals.py`) and the SHA-256 of the
YAML files. It is made from them alone: when they have changed since, they are read again, which is right but slow.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detector.indicators import catalogue
from detector.indicators.catalogue import Catalogue
from detector.indicators.literals import Pieces, required

FILE = "catalogue.json.gz"


@dataclass(frozen=True, slots=True)
class Compiled:
    """The catalogue and, for each of its patterns, the pieces it needs."""

    catalogue: Catalogue
    needs: dict[str, list[Pieces]]


def patterns(found: Catalogue) -> list[str]:
    """Every pattern of the catalogue once: of rules, guards and contexts."""
    seen: dict[str, None] = {}
    for entry in (*found.indicators.values(), *found.credibility.values()):
        for rules in entry.languages.values():
            seen |= dict.fromkeys(rules.do_not_trigger)
            for rule in rules.rules:
                seen |= dict.fromkeys(rule.patterns)
    for shared in found.contexts.values():
        seen |= dict.fromkeys(shared)
    return list(seen)


def compile_catalogue(found: Catalogue) -> Compiled:
    """Find the pieces that each pattern needs."""
    return Compiled(found, {pattern: required(pattern) for pattern in patterns(found)})


def digest(content: dict[str, bytes]) -> str:
    """One SHA-256 over the YAML files `content` (name -> bytes)."""
    whole = hashlib.sha256()
    for name, data in sorted(content.items()):
        whole.update(f"{name} {len(data)}\n".encode() + data)
    return whole.hexdigest()


def dump(made: Compiled, sha256: str) -> bytes:
    """`made` as the content of the file; the same input gives the same bytes."""
    groups: dict[Pieces, int] = {}
    needs = {p: [groups.setdefault(pieces, len(groups)) for pieces in sets] for p, sets in made.needs.items()}
    document = {
        "sources": sha256,
        "catalogue": made.catalogue.model_dump(mode="json", exclude_defaults=True),
        "pieces": [sorted(pieces) for pieces in groups],
        "needs": list(needs.items()),
    }
    return gzip.compress(json.dumps(document, ensure_ascii=False).encode(), mtime=0)


@cache
def load() -> Compiled:
    """The catalogue that ships with the package (once per process)."""
    content = catalogue.sources()
    file = catalogue.folder() / FILE
    if file.is_file():
        document = json.loads(gzip.decompress(file.read_bytes()))
        if document["sources"] == digest(content):
            groups = [frozenset(pieces) for pieces in document["pieces"]]
            needs = {pattern: [groups[i] for i in numbers] for pattern, numbers in document["needs"]}
            return Compiled(Catalogue.model_validate(document["catalogue"], strict=False), needs)
    return compile_catalogue(catalogue.read(content))


def shipped() -> Catalogue:
    """The catalogue alone, for those who only show it."""
    return load().catalogue


def main() -> None:
    """Read the YAML files and write the compiled one beside them."""
    content = catalogue.sources()
    made = compile_catalogue(catalogue.read(content))
    path = Path(str(catalogue.folder() / FILE))
    path.write_bytes(dump(made, digest(content)))
    print(f"{len(made.needs)} patterns, {path.stat().st_size:,} bytes written to {path.name}")


if __name__ == "__main__":
    main()
