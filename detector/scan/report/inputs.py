"""What was scanned, for the record: names, sizes and SHA-256 of the input files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LISTED = 60  # files that are named one by one


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file: its name below the folder that all have in common, bytes, SHA-256 in hex (None: no longer there)."""

    name: str
    size: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Inputs:
    """All files, and the SHA-256 of their list as ``sha256sum`` would print it, in this order."""

    files: tuple[InputFile, ...]
    digest: str

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def sha256_of(path: Path) -> str | None:
    """SHA-256 of a file in hex, None where it cannot be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return None


def hashed(inventory: Sequence[Sequence[Any]]) -> Inputs:
    """The files of an inventory with their hashes; reads each once."""
    paths = [Path(entry[0]) for entry in inventory]
    common = Path(os.path.commonpath([path.parent for path in paths])) if paths else Path()
    files = []
    total = hashlib.sha256()
    for path, entry in zip(paths, inventory, strict=True):
        name = path.relative_to(common).as_posix()
        digest = sha256_of(path)
        files.append(InputFile(name, int(entry[1]), digest))
        total.update(f"{digest or '-'}  {name}\n".encode("utf-8", "surrogateescape"))
    return Inputs(tuple(files), total.hexdigest())
