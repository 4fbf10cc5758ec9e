"""Bulk scans: :func:`scan` for files, :func:`assess_frame` for a pandas data frame."""

from __future__ import annotations

from detector.scan.engine import Summary, scan
from detector.scan.frame import assess_frame
from detector.scan.rows import InputError

__all__ = ["InputError", "Summary", "assess_frame", "scan"]
