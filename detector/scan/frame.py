"""Assess the texts of a pandas data frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detector.scan.parts import detector as shared
from detector.scan.rows import Row

if TYPE_CHECKING:
    import pandas as pd

    from detector.detector import Detector


def assess_frame(df: pd.DataFrame, text_column: str = "text", detector: Detector | None = None) -> pd.DataFrame:
    """The records of the texts in `df[text_column]`, one row each, with the index of `df`.

    Parameters
    ----------
    df
        Any frame.
    text_column
        Its column of texts; a missing text counts as an empty one.
    detector
        The one to use; None for the shipped model, loaded once.

    Returns
    -------
    A frame with the columns of the CSV output except `id`, lists joined by ``;``.

    Raises
    ------
    KeyError
        When there is no such column.

    Examples
    --------
    >>> import pandas as pd
    >>> assess_frame(pd.DataFrame({"text": ["Loker Kamboja, gaji 15 juta"]}, index=["a"])).loc["a", "kind"]
    'advert'
    """
    import pandas as pd

    from detector.scan.parts import record
    from detector.scan.writers import COLUMNS, flatten

    if text_column not in df.columns:
        raise KeyError(f"There is no column {text_column!r}; the columns are: {', '.join(map(str, df.columns))}")
    texts = [
        "" if missing else str(text) for text, missing in zip(df[text_column], df[text_column].isna(), strict=True)
    ]
    flat = [
        flatten(record(Row(number, text, {}), assessment, keep=False))
        for number, (text, assessment) in enumerate(
            zip(texts, (detector or shared()).assess_many(texts), strict=True)
        )
    ]  # fmt: skip
    return pd.DataFrame(flat, columns=list(COLUMNS), index=df.index).drop(columns="id")
