"""Shared fixtures, and the place of the material that lies beside the repository."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

from detector import Detector

SHARED = Path(os.environ.get("DETECTOR_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def detector() -> Detector:
    """The detector with the model that ships."""
    return Detector.load()


def beside(relative: str) -> Path:
    """A path beside the repository; skips loudly where it is not there."""
    path = SHARED / relative
    if not path.exists():
        warnings.warn(f"{relative} is not here (set DETECTOR_SHARED): this check did not run", stacklevel=2)
        pytest.skip(f"{relative} is not here; set DETECTOR_SHARED to the folder that holds it")
    return path
