"""What grouping needs of each post, kept beside the records of a part as a Parquet table.

The seam between the engine and the campaigns: workers write these tables, the merge reads them part by part.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from detector.scan.rows import Row

if TYPE_CHECKING:
    from detector.assessment import Assessment

COLUMNS = ("id", "posted_at", "place", "url", "level", "indicators", "contacts", "signature", "text")
_READ = 50_000  # characters of a text that are kept: as many as the analysis reads


def table_of(rows: Sequence[Row], assessments: Sequence[Assessment]) -> bytes:
    """A Parquet table with one row a post.

    `id` is that of the record as JSON (a number and its digits differ); `level` is None for what is no advert;
    `contacts` are `type:value`; `signature` is the MinHash of the folded text as bytes (little-endian uint32), None
    where the text is too short for one.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for row, a in zip(rows, assessments, strict=True):
        columns["id"].append(json.dumps(row.id))
        columns["posted_at"].append(row.posted_at)
        columns["place"].append(_clean(row.place))
        columns["url"].append(_clean(row.url))
        columns["level"].append(a.level.value if a.kind == "advert" else None)
        columns["indicators"].append(list(a.indicators))
        columns["contacts"].append([f"{c.type}:{_clean(c.value)}" for c in a.facts.contacts])
        columns["signature"].append(_signature(a.text))
        columns["text"].append(_clean(a.text[:_READ]))
    texts = pa.string()
    schema = pa.schema(
        [(name, texts) for name in ("id", "posted_at", "place", "url", "level")]
        + [("indicators", pa.list_(texts)), ("contacts", pa.list_(texts)), ("signature", pa.binary()), ("text", texts)]
    )
    out = io.BytesIO()
    pq.write_table(pa.table(columns, schema=schema), out, compression="zstd")
    return out.getvalue()


def _signature(text: str) -> bytes | None:
    """Bytes of the post's MinHash, None where the text is too short for one."""
    from detector.scan.campaigns.signatures import EMPTY, signature
    from detector.text.normalise import normalise

    found = signature(normalise(text[:_READ]).text)
    return found.astype("<u4").tobytes() if (found != EMPTY).any() else None


def _clean(text: str | None) -> str | None:
    """Without lone surrogates, which no UTF-8 column can hold."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")
