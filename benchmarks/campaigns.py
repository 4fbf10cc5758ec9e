"""``python benchmarks/campaigns.py [POSTS]``: speed, memory and quality of the grouping into campaigns.

* quality: reposts of corpus texts per share of edits (pairwise precision and recall), and how many pairs of different
  texts of the corpus are joined;
* signature: milliseconds a post of 600 characters;
* grouping: POSTS (200,000) posts, half of them reposts of the corpus, half new texts put together from pieces of it;
  time and peak memory of a fresh process, with templates and the contact network.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from joblib import Parallel, delayed

from detector.scan.campaigns import Post, Posts, campaigns_of, group, network, signature
from detector.scan.campaigns.group import wordings
from detector.text.normalise import normalise
from training import corpus
from training.reposts import reposts, touched

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5)
_CORES = 2


def pairwise(groups: Sequence[int], origins: Sequence[str]) -> tuple[float, float]:
    """(precision, recall) over pairs of posts."""

    def pairs(counts: Counter) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = pairs(Counter(zip(groups, origins, strict=True)))
    return both / max(1, pairs(Counter(groups))), both / max(1, pairs(Counter(origins)))


def group_numbers(posts: Sequence[Post]) -> list[int]:
    """The number of each post's campaign; a post in none has one of its own."""
    of = {key: i for i, campaign in enumerate(group(posts)) for key in campaign.members}
    return [of.get(post.key, -1 - i) for i, post in enumerate(posts)]


def signed(text: str) -> np.ndarray:
    """The signature of a raw text."""
    return signature(normalise(text).text)


def quality() -> None:
    """Pairwise figures on reposts of every fifth corpus text, and on the corpus itself."""
    rows = corpus.rows()
    texts = {row["id"]: row["text"] for row in rows[::5]}
    for share in SHARES:
        made = reposts(texts, share, 4, seed=11)
        groups = group_numbers([Post(r.key, signed(r.text)) for r in made])
        shares = [r.share for r in made if r.key != r.origin]
        copies = [i for i, r in enumerate(made) if r.key != r.origin]
        alone = group_numbers([Post(made[i].key, signed(made[i].text)) for i in copies])
        whole = pairwise(groups, [r.origin for r in made])
        without = pairwise(alone, [made[i].origin for i in copies])
        print(
            f"reposts, {share:.0%} of words edited (mean {np.mean(shares):.0%}), {len(made)} texts: precision "
            f"{whole[0]:.4f}, recall {whole[1]:.4f}; the original not among them: {without[0]:.4f}, {without[1]:.4f}"
        )
    groups = group_numbers([Post(row["id"], signed(row["text"])) for row in rows])
    joined = sum(n * (n - 1) // 2 for n in Counter(groups).values())
    print(f"corpus: {joined} of {len(rows) * (len(rows) - 1) // 2} pairs of {len(rows)} different texts joined")


def signature_milliseconds(posts: int = 2000) -> float:
    """Milliseconds of `signature` on folded texts of 600 characters."""
    joined = " ".join(normalise(row["text"]).text for row in corpus.rows())
    texts = [joined[i * 600 : (i + 1) * 600] for i in range(posts)]
    start = time.perf_counter()
    for text in texts:
        signature(text)
    return (time.perf_counter() - start) / posts * 1e3


# --- two hundred thousand posts ---------------------------------------------------------------------------------------


def stretch(text: str, rng: random.Random) -> str:
    """A dozen words in a row, or a line's length where there are no blanks."""
    words = text.split()
    at = rng.randrange(max(1, len(words) - 12))
    return " ".join(words[at : at + 12])[:80]


def make(start: int, stop: int) -> list[tuple[str, np.ndarray, dict]]:
    """Posts number start to stop: (text, signature, what else a post has)."""
    texts = [row["text"] for row in corpus.rows()]
    out = []
    for i in range(start, stop):
        rng = random.Random(i)
        origin = i // 2 % len(texts)
        if i % 2:
            text = touched(texts[origin], rng.randrange(9), rng)
            phone = f"+62812{origin % 3000:04d}{rng.randrange(2):03d}"
        else:
            origin = -i
            # Stretches of a dozen words make a text of its own; in a hundredth, two whole adverts stand together.
            both = "\n\n".join(rng.sample(texts, 2))
            text = both if i % 100 == 0 else " ".join(stretch(rng.choice(texts), rng) for _ in range(8))
            phone = f"+62813{rng.randrange(10**6):07d}"
        contacts = [("whatsapp", phone)] if rng.random() < 0.6 else [("link", "bit.ly")]
        day = f"2025-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}T08:00:00"
        level = rng.choice(["high", "check", "low", "low", None])
        rest = {
            "key": i,
            "contacts": contacts,
            "posted_at": day,
            "place": f"group {rng.randrange(200)}",
            "level": level,
        }
        out.append((text, signed(text), {**rest, "indicators": ["unrealistic_pay"], "origin": origin}))
    return out


def write(folder: Path, posts: int) -> None:
    """The made posts as files: texts with their offsets, signatures, the rest."""
    part = 5000
    jobs = (delayed(make)(i, min(posts, i + part)) for i in range(0, posts, part))
    offsets = []
    with (
        (folder / "texts").open("wb") as texts,
        (folder / "rest").open("w") as rest,
        (folder / "sig").open("wb") as sig,
    ):
        for batch in Parallel(n_jobs=_CORES, return_as="generator")(jobs):
            for text, numbers, other in batch:
                offsets.append(texts.tell())
                texts.write(text.encode())
                sig.write(numbers.tobytes())
                rest.write(json.dumps(other) + "\n")
    np.save(folder / "offsets.npy", np.array([*offsets, (folder / "texts").stat().st_size]))


def measure(folder: Path) -> None:
    """Group the posts in `folder`; prints the figures. Runs in a process of its own, or its memory would not be its."""
    offsets = np.load(folder / "offsets.npy")
    origins = []

    def read() -> Iterator[Post]:
        with (folder / "rest").open() as rest, (folder / "sig").open("rb") as sig:
            for line in rest:
                other = json.loads(line)
                origins.append(other.pop("origin"))
                other["contacts"] = tuple(tuple(c) for c in other["contacts"])
                yield Post(signature=np.frombuffer(sig.read(512), dtype=np.uint32), **other)

    def fetch(keys: Sequence[int]) -> Mapping[int, str]:
        with (folder / "texts").open("rb") as texts:
            out = {}
            for key in keys:
                texts.seek(offsets[key])
                out[key] = texts.read(offsets[key + 1] - offsets[key]).decode()
        return out

    start = time.perf_counter()
    posts = Posts.of(read())
    loaded = time.perf_counter()
    found = campaigns_of(posts, fetch, jobs=_CORES)
    grouped = time.perf_counter()
    contacts = network(posts, found)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"grouping {len(posts)} posts: {done - start:.0f} s (reading {loaded - start:.0f}, campaigns and templates "
        f"{grouped - loaded:.0f}, network {done - grouped:.0f}), peak memory {peak:.0f} MB; {len(found)} campaigns, "
        f"largest {found[0].size}, {len(contacts.contacts)} contacts"
    )
    numbers = wordings(posts)[0].tolist()  # by text alone: the made phones join different texts on purpose
    precision, recall = pairwise(numbers, origins)
    plain = [i for i in range(len(origins)) if i % 100]
    clean, _ = pairwise([numbers[i] for i in plain], [origins[i] for i in plain])
    print(
        f"by text alone: pairwise precision {clean:.4f} ({precision:.4f} with the posts of two adverts counted as "
        f"wrong wherever they are), recall {recall:.4f} (0 to 8 edits a repost)"
    )


def main() -> None:
    """Print every figure."""
    if sys.argv[1:2] == ["--folder"]:
        return measure(Path(sys.argv[2]))
    print(f"signature, 600 characters: {signature_milliseconds():.3f} ms")
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with TemporaryDirectory() as folder:
        write(Path(folder), posts)
        subprocess.run([sys.executable, __file__, "--folder", folder], check=True)
    quality()


if __name__ == "__main__":
    main()
