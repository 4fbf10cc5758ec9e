"""``python benchmarks/posters.py PICTURES [TRANSCRIPTS] [--show]``: recall and speed of the poster reader.

PICTURES is a folder of posters. TRANSCRIPTS holds what people read in them, `<name of the picture>.txt` each. The
recall of a poster is the share of the words of its transcript (case-folded, each as often as it occurs) that the reader
found; order does not count. Seconds are those of a warm reader; processor seconds do not swell with other work on the
machine.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from detector import ocr

ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".pdf"}
LEAST_RECALL, MOST_SECONDS = 0.9, 3.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One poster: wall and processor seconds, recall (None without a transcript), words missed and words made up."""

    name: str
    seconds: float
    processor: float
    recall: float | None
    missed: Counter[str]
    extra: Counter[str]


def words(text: str) -> Counter[str]:
    """Case-folded words: stretches of letters and digits."""
    return Counter(re.findall(r"\w+", text.casefold()))


def measure(picture: Path, transcripts: Path | None) -> Measured:
    """Read `picture` once and compare it with its transcript."""
    data = picture.read_bytes()
    wall, processor = time.perf_counter(), time.process_time()
    found = words(ocr.read(data).text)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    transcript = transcripts / f"{picture.stem}.txt" if transcripts else None
    if transcript is None or not transcript.is_file():
        return Measured(picture.name, wall, processor, None, Counter(), Counter())
    wanted = words(transcript.read_text(encoding="utf-8"))
    recall = (wanted & found).total() / wanted.total()
    return Measured(picture.name, wall, processor, recall, wanted - found, found - wanted)


def main() -> None:
    """Print a line a poster and the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=Path, help="folder of posters")
    parser.add_argument("transcripts", type=Path, nargs="?", help="folder of <name>.txt")
    parser.add_argument("--show", action="store_true", help="print the words missed and made up")
    options = parser.parse_args()
    pictures = sorted(path for path in options.pictures.iterdir() if path.suffix.lower() in ENDINGS)
    if not pictures:
        parser.error(f"no picture in {options.pictures}")
    ocr.read(pictures[0].read_bytes())  # loads the models
    results = [measure(picture, options.transcripts) for picture in pictures]
    for m in results:
        recall = "     -" if m.recall is None else f"{m.recall:6.3f}"
        print(f"{recall}  {m.seconds:5.2f} s  {m.processor:5.2f} cpu-s  {m.name}")
        if options.show and m.recall is not None:
            print(f"        missed {dict(m.missed)} extra {dict(m.extra)}")
    seconds = [m.seconds for m in results]
    middle, longest = statistics.median(seconds), max(seconds)
    print(f"seconds a poster: median {middle:.2f} (at most {MOST_SECONDS}), longest {longest:.2f}")
    print(f"processor seconds: median {statistics.median(m.processor for m in results):.2f}")
    recalls = [m.recall for m in results if m.recall is not None]
    if recalls:
        middle, mean, worst = statistics.median(recalls), statistics.fmean(recalls), min(recalls)
        print(
            f"word recall of {len(recalls)} posters: median {middle:.3f} (at least {LEAST_RECALL}), "
            f"mean {mean:.3f}, worst {worst:.3f}"
        )


if __name__ == "__main__":
    main()
