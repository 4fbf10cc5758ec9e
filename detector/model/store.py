"""The trained model on disk: a joblib file and the sidecar that is checked before anything is unpickled.

``model.joblib`` holds a dict of numbers, names and NumPy arrays; ``model.json`` (the sidecar) names its SHA-256, the
versions it was made with, the data it was trained on, the stated prevalence and its metrics.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import joblib

FORMAT = 3  # of the parts and of the features they weigh; raise it when either changes
MODEL, SIDECAR = "model.joblib", "model.json"
REPAIR = "Reinstall the package, or train a new one with: python -m training.fit"


class ModelError(RuntimeError):
    """The model file cannot be used; the message says why and which command repairs it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A verified model: its parts and its sidecar."""

    parts: dict[str, Any]
    sidecar: dict[str, Any]


def default_folder() -> Path:
    """Where the model that ships with the package lies."""
    return Path(str(files("detector") / "resources" / "model"))


def save(folder: Path, parts: dict[str, Any], sidecar: dict[str, Any]) -> None:
    """Write model and sidecar to `folder`; the sidecar gets format, hash and size."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MODEL
    joblib.dump(parts, path, compress=("zlib", 6))
    content = path.read_bytes()
    head = {
        "format": FORMAT,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }
    text = json.dumps({**head, **sidecar}, indent=1, ensure_ascii=False, sort_keys=False)
    (folder / SIDECAR).write_text(text + "\n", encoding="utf-8")


def load(folder: Path | None = None) -> Stored:
    """Verify and load the model in `folder` (default: the one that ships).

    Raises
    ------
    ModelError
        When a file is missing, altered or of another format.
    """
    folder = folder or default_folder()
    path, side = folder / MODEL, folder / SIDECAR
    for wanted in (side, path):
        if not wanted.is_file():
            raise ModelError(f"The model file {wanted.name} is missing from {folder}. {REPAIR}")
    try:
        sidecar = json.loads(side.read_text(encoding="utf-8"))
        expected, form = sidecar["sha256"], sidecar["format"]
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        raise ModelError(f"The model's sidecar {side.name} in {folder} is not readable. {REPAIR}") from None
    if form != FORMAT:
        raise ModelError(f"The model has format {form!r}, this version reads {FORMAT}. {REPAIR}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise ModelError(
            f"The model file {path.name} in {folder} is not the one its sidecar describes; it was not opened. {REPAIR}"
        )
    try:
        parts = joblib.load(path)
    except Exception as problem:  # pickle raises whatever the file makes it raise
        raise ModelError(f"The model file {path.name} could not be read ({type(problem).__name__}). {REPAIR}") from None
    return Stored(parts, sidecar)
