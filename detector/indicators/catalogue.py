"""The indicators and credibility signs as validated data.

Each file under ``resources/indicators`` holds one family. The loader refuses unknown keys, duplicate ids, unknown
contexts, and patterns that RE2 cannot compile, and says which file and entry to mend. Reading takes seconds; what ships
is read once and kept compiled (`compiled.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

import re2
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from detector.assessment import Strength
from detector.indicators.literals import required

Language = Literal["id", "en", "ms", "fil", "vi", "th", "zh", "km", "my"]

# Context names that are not word lists but follow from the facts (see `matcher.py`).
FACT_CONTEXTS = frozenset({"overseas", "compound_country", "pay_stated", "pay_above_norm", "personal_contact"})


class CatalogueError(ValueError):
    """A catalogue file is unusable; the message names the file, the entry and what to change."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """A text in the two languages that are complete everywhere."""

    id: str = Field(min_length=2)
    en: str = Field(min_length=2)


class Source(_Strict):
    """Who says that this is a sign, and when."""

    authority: str
    year: int = Field(ge=1990, le=2100)


class Rule(_Strict):
    """Phrases (literal, folded) and patterns (RE2, on folded text) that share a strength and conditions.

    `requires`: context names that must all hold somewhere in the text; `unless`: names that must not.
    `negatable`: a negation to the left ("we never ...") cancels the match.
    """

    strength: Strength | None = None
    phrases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    negatable: bool = True


class LanguageRules(_Strict):
    """What one language contributes to an indicator. `do_not_trigger` cancels matches in the same sentence."""

    rules: tuple[Rule, ...] = ()
    do_not_trigger: tuple[str, ...] = ()
    examples_yes: tuple[str, ...] = ()
    examples_no: tuple[str, ...] = ()


class Entry(_Strict):
    """What indicators and credibility signs have in common."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]+$")
    label: Words
    definition: Words
    why: Words
    advice: Words
    sources: tuple[Source, ...] = Field(min_length=1)
    derived: bool = False
    languages: dict[Language, LanguageRules] = {}

    @model_validator(mode="after")
    def _has_examples(self) -> Entry:
        for lang, rules in self.languages.items():
            for name in ("examples_yes", "examples_no"):
                if (n := len(getattr(rules, name))) < 5:
                    raise ValueError(f"{self.id}.{lang}.{name} has {n} examples; write at least 5")
        return self


class Indicator(Entry):
    """One sign of trafficking or job fraud. `family` comes from its file."""

    strength: Strength
    family: str = ""


class CredibilitySign(Entry):
    """One sign that can be checked; it never cancels a critical indicator."""


class IndicatorFile(_Strict):
    family: str
    label: Words
    contexts: dict[str, tuple[str, ...]] = {}
    indicators: tuple[dict[str, Any], ...]


class Catalogue(_Strict):
    """All entries by id, in file order."""

    indicators: dict[str, Indicator]
    credibility: dict[str, CredibilitySign]
    contexts: dict[str, tuple[str, ...]]
    negators: tuple[str, ...]
    negators_after: tuple[str, ...]
    families: dict[str, Words]


def check_pattern(pattern: str) -> None:
    """Raise ValueError when RE2 or `literals.py` cannot read `pattern`, or it matches the empty string."""
    try:
        required(pattern)
        options = re2.Options()
        options.log_errors = False
        compiled = re2.compile(pattern, options=options)
    except (re2.error, re.error) as problem:
        raise ValueError(f"RE2 cannot compile {pattern!r}: {problem}") from None
    if compiled.fullmatch(""):
        raise ValueError(f"pattern {pattern!r} matches the empty string; require at least one word")


def _check(patterns: Iterable[str], where: str) -> None:
    for pattern in patterns:
        try:
            check_pattern(pattern)
        except ValueError as error:
            raise CatalogueError(f"{where}: {error}") from None


def _first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _build(model: type[Entry], raw: dict[str, Any], file: str) -> Any:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise CatalogueError(f"{file}, entry {raw.get('id', '?')!r}: {_first_problem(error)}") from None


def parse(documents: dict[str, Any]) -> Catalogue:
    """Validate the parsed YAML `documents` (file name -> content) and join them into one catalogue.

    Raises
    ------
    CatalogueError
        Names the file and the entry to mend.
    """
    indicators: dict[str, Indicator] = {}
    credibility: dict[str, CredibilitySign] = {}
    families: dict[str, Words] = {}
    shared = documents.get("contexts.yaml", {})
    contexts = {name: tuple(patterns) for name, patterns in shared.get("contexts", {}).items()}
    for file, content in sorted(documents.items()):
        if file == "contexts.yaml":
            continue
        target: dict[str, Any]
        if file == "credibility.yaml":
            entries = [_build(CredibilitySign, raw, file) for raw in content["signs"]]
            target = credibility
        else:
            try:
                head = IndicatorFile.model_validate(content)
            except ValidationError as error:
                raise CatalogueError(f"{file}: {_first_problem(error)}") from None
            families[head.family] = head.label
            for name, patterns in head.contexts.items():
                contexts[name] = contexts.get(name, ()) + patterns
            entries = [_build(Indicator, {**raw, "family": head.family}, file) for raw in head.indicators]
            target = indicators
        for entry in entries:
            if entry.id in indicators or entry.id in credibility:
                raise CatalogueError(f"{file}: id {entry.id!r} exists twice; rename or remove one")
            target[entry.id] = entry
    for name, patterns in contexts.items():
        _check(patterns, f"contexts.yaml, context {name!r}")
    known = set(contexts) | FACT_CONTEXTS
    for entry in (*indicators.values(), *credibility.values()):
        for rules in entry.languages.values():
            _check(rules.do_not_trigger, entry.id)
            for rule in rules.rules:
                _check(rule.patterns, entry.id)
                if unknown := {*rule.requires, *rule.unless} - known:
                    raise CatalogueError(
                        f"{entry.id}: unknown context {sorted(unknown)}; define it in contexts.yaml "
                        f"or use one of {sorted(known)}"
                    )
    return Catalogue(
        indicators=indicators,
        credibility=credibility,
        contexts=contexts,
        negators=tuple(shared.get("negators", ())),
        negators_after=tuple(shared.get("negators_after", ())),
        families=families,
    )


def folder() -> Traversable:
    """Where the YAML files lie."""
    return files("detector") / "resources" / "indicators"


def sources() -> dict[str, bytes]:
    """The YAML files by name."""
    return {item.name: item.read_bytes() for item in folder().iterdir() if item.name.endswith(".yaml")}


def read(content: dict[str, bytes]) -> Catalogue:
    """Parse and validate the YAML files `content` (name -> bytes); takes seconds, see `compiled.py`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return parse({name: yaml.load(data, Loader=loader) for name, data in content.items()})
