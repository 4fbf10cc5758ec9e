"""Parquet, in batches of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detector.scan.readers.records import DamagedError, Job, Record, plain
from detector.scan.rows import InputError

BATCH = 1000  # rows turned into Python objects at once


def read_parquet(job: Job) -> Iterator[Record]:
    """Records in order; `number` counts rows from 1.

    Raises
    ------
    InputError
        When the file is no Parquet file.
    DamagedError
        After the rows before the place where it is damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with job.file.seekable() as handle:
        try:
            table = pq.ParquetFile(handle, pre_buffer=False)
        except (pa.ArrowException, OSError, ValueError, MemoryError):
            raise InputError(f"{job.file.label} is damaged or no Parquet file; copy or write it again.") from None
        number = 0
        batches = table.iter_batches(batch_size=BATCH, use_threads=False)
        while True:
            try:
                batch = next(batches, None)
            except (pa.ArrowException, OSError, ValueError, MemoryError):
                raise DamagedError(f"{job.file.label} was read only in part: it is damaged; write it again.") from None
            if batch is None:
                return
            for record in _python(batch):
                number += 1
                if isinstance(record, dict):
                    yield Record(number, plain(record))
                else:
                    job.reject("has a value that cannot be shown", number, record)


def _python(batch: Any) -> Iterator[dict[str, Any] | str]:
    try:
        yield from batch.to_pylist()
        return
    except (ValueError, OverflowError, UnicodeDecodeError):  # one date of the year 300,000 spoils the batch
        pass
    for at in range(batch.num_rows):
        try:
            yield batch.slice(at, 1).to_pylist()[0]
        except (ValueError, OverflowError, UnicodeDecodeError) as problem:
            yield str(problem)
