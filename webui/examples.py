"""The example ads: composed for the page, so that nobody's real post is put on show."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from detector.indicators.catalogue import Words


class Example(BaseModel):
    """One example: a short name for its button, and the text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: Words
    text: str


@cache
def examples() -> tuple[Example, ...]:
    """All examples in the order of the page."""
    content = yaml.safe_load((Path(__file__).parent / "examples.yaml").read_text(encoding="utf-8"))
    return tuple(Example.model_validate(item) for item in content["examples"])
