"""The seam to the campaigns: finished parts in, a campaign id for the records that belong to one out."""

from __future__ import annotations

from collections.abc import Sequence

from detector.scan.rows import InputError
from detector.scan.state import Finished, State


def campaigns_of(state: State, parts: Sequence[Finished]) -> dict[int, str]:
    """Campaign id by number of the record in the run, from 0; records without one are not in it.

    Raises
    ------
    InputError
        When this version cannot group.
    """
    raise InputError("This version does not group reposts yet; leave --campaigns out.")
