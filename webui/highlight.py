"""The ad with its evidence marked: colour and label, never colour alone.

Spans may overlap ("gaji 15 juta tanpa pengalaman" can be one sign inside another), HTML elements may not, so
overlapping spans are joined into one mark that carries every label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detector.assessment import Credential, Signal, Strength
from webui.markup import plain, tag
from webui.words import Say

ORDER = {Strength.CRITICAL: 0, Strength.STRONG: 1, Strength.MEDIUM: 2, Strength.WEAK: 3}
MAX_SHOWN = 12_000  # characters of a pasted text that are shown


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text with the spans that cover any of it (none: ordinary text)."""

    start: int
    end: int
    signals: tuple[Signal, ...] = ()
    credentials: tuple[Credential, ...] = ()


def pieces(length: int, signals: Sequence[Signal], credentials: Sequence[Credential]) -> list[Piece]:
    """Cut a text of `length` characters into marked and unmarked pieces that cover it without overlap.

    Empty spans and spans outside the text are left out: they have nothing to show.
    """
    every: list[Signal | Credential] = [*signals, *credentials]
    spans = sorted((s for s in every if 0 <= s.start < s.end <= length), key=lambda s: (s.start, s.end))
    groups: list[tuple[int, int, list[Signal | Credential]]] = []
    for span in spans:
        if groups and span.start < groups[-1][1]:
            start, end, members = groups[-1]
            groups[-1] = (start, max(end, span.end), [*members, span])
        else:
            groups.append((span.start, span.end, [span]))
    out: list[Piece] = []
    done = 0
    for start, end, members in groups:
        if done < start:
            out.append(Piece(done, start))
        out.append(
            Piece(
                start,
                end,
                tuple(m for m in members if isinstance(m, Signal)),
                tuple(m for m in members if isinstance(m, Credential)),
            )
        )
        done = end
    if done < length:
        out.append(Piece(done, length))
    return out


def marked(
    text: str,
    signals: Sequence[Signal],
    credentials: Sequence[Credential],
    numbers: Mapping[str, int],
    labels: Mapping[str, str],
    say: Say,
) -> str:
    """HTML of `text` with marks.

    `numbers` maps an indicator to the number of its card, which its chip shows; `labels` maps an indicator or
    credential to its short label in the page's language.
    """
    shown = text[:MAX_SHOWN]
    seen: set[str] = set()
    parts: list[str] = []
    for piece in pieces(len(shown), signals, credentials):
        words = shown[piece.start : piece.end]
        if core := (piece.signals or piece.credentials) and words.strip():
            # White space at the edges stays outside, or a line end would draw an empty stub of colour.
            head, _, tail = words.partition(core)
            parts += [plain(head), _mark(plain(core), piece, numbers, labels, seen, say), plain(tail)]
        else:
            parts.append(plain(words))
    if len(text) > MAX_SHOWN:
        parts.append(tag("span", plain(say("ad.cut")), "cut"))
    return tag("div", tag("bdi", "".join(parts)), "ad")


def _mark(
    words: str, piece: Piece, numbers: Mapping[str, int], labels: Mapping[str, str], seen: set[str], say: Say
) -> str:
    ranked = sorted(piece.signals, key=lambda s: (ORDER[s.strength], s.start))
    ids = list(dict.fromkeys(s.indicator for s in ranked))
    chips = []
    for name in ids:
        label = labels.get(name, name)
        number = numbers.get(name)
        lead = tag("b", str(number)) if number else ""
        # The full label once; later marks of the same sign carry its number, or the ad drowns in labels.
        chips.append(
            tag("span", lead, "chip again", title=label, aria_label=label)
            if name in seen and lead
            else tag("span", lead + plain(label), "chip")
        )
        seen.add(name)
    if ids:
        css = f"m-{ranked[0].strength.value}"
    else:
        css = "m-credential"
        for name in dict.fromkeys(c.id for c in piece.credentials):
            if name not in seen:
                chips.append(tag("span", plain(f"{say('ad.check_label')}: {labels.get(name, name)}"), "chip"))
            seen.add(name)
    # Chips stand behind the mark, not in it, so that a label that wraps leaves no empty stub of colour.
    return tag("mark", words, css) + tag("span", "".join(chips), f"chips {css}") * bool(chips)
