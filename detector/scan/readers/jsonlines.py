"""JSON Lines: one object a line; also X's API pages, one page of posts a line."""

from __future__ import annotations

from collections.abc import Iterator

from detector.scan.readers.encodings import encoding_of
from detector.scan.readers.jsonvalue import parse
from detector.scan.readers.records import DamagedError, Job, Record
from detector.scan.readers.streams import lines, recoded


def read_json_lines(job: Job) -> Iterator[Record]:
    """Records; `number` is the line, lines that are left out count too, so that every record can be found again.

    Raises
    ------
    DamagedError
        After the rows before the damage.
    """
    stream = job.file.stream()
    encoding = encoding_of(stream.head())
    chunks = stream.chunks()
    if encoding.startswith("utf-") and encoding != "utf-8":
        chunks = recoded(chunks, encoding)
        job.encoding = encoding
    try:
        for line in lines(chunks, stream):
            if line.reason:
                job.reject(line.reason, line.number, line.data)
                continue
            if not line.data.strip():
                continue
            try:
                record = parse(line.data.decode("utf-8-sig" if line.number == 1 else "utf-8").strip("\0"))
            except UnicodeDecodeError:
                job.reject("not UTF-8", line.number, line.data)
                continue
            except ValueError:
                job.reject("not a JSON object", line.number, line.data)
                continue
            if not isinstance(record, dict):
                job.reject("not a JSON object", line.number, line.data)
                continue
            page = record.get("data")
            if isinstance(page, list) and page and all(isinstance(post, dict) and "text" in post for post in page):
                for at, post in enumerate(page, 1):
                    yield Record(f"{line.number}.{at}", post)
            else:
                yield Record(line.number, record)
    except UnicodeDecodeError:
        raise DamagedError(f"{job.file.label} is not readable as {encoding.upper()}; save it as UTF-8.") from None
    finally:
        stream.close()
    if stream.problem:
        raise DamagedError(f"{job.file.label} was read only in part: {stream.problem}.")
