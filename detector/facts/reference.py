"""The YAML tables in `resources/reference/` that the facts are read against."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["load"]


@cache
def load(name: str) -> dict[str, Any]:
    """The table in the file `name`, parsed once per process; callers must not change it.

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    """
    path = files("detector") / "resources" / "reference" / name
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table
