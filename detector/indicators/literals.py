"""Pieces of text that a pattern cannot match without: what lets a few of thousands of patterns be tried on a text.

`(gaji|upah) \\d+ ?(jt|juta)` needs one of {"gaji ", "upah "} and one of {"jt", "juta"}. One automaton over all such
pieces tells which patterns are worth a search. (RE2's own filter does the same through a regular expression per piece
and took seven times as long.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# The standard library's own parser of patterns has no public name, and has not changed for years.

Pieces = frozenset[str]
MAX_EXACT = 48  # spellings of one stretch that are kept apart; more would only lengthen the list
MAX_PIECES = 400  # a set with more alternatives than this hardly excludes a text
MAX_SETS = 5


def required(pattern: str) -> list[Pieces]:
    """Sets of pieces; every match of `pattern` holds at least one piece of each set.

    The most telling set stands first; an empty list means that nothing can be said (the pattern is always tried).
    """
    tree = parser.parse(pattern)
    if tree.state.flags & re.IGNORECASE:
        return []
    _, needs = _sequence(tree)
    sets = {_shortest(pieces) for pieces in needs if len(pieces) <= MAX_PIECES}
    ranked = sorted(sets, key=lambda pieces: (-_telling(pieces), sorted(pieces)))
    return [pieces for i, pieces in enumerate(ranked[:MAX_SETS]) if i == 0 or min(map(len, pieces)) > 1]


def _telling(pieces: Pieces) -> float:
    """How much a set excludes: long pieces and few of them."""
    return min(6, min(map(len, pieces))) - len(pieces) ** 0.5 / 6


def _shortest(pieces: Pieces) -> Pieces:
    return frozenset(p for p in pieces if not any(q != p and q in p for q in pieces))


def _sequence(tree: Iterable[tuple[Any, Any]]) -> tuple[set[str] | None, list[Pieces]]:
    """(all texts that the parts in a row can match, or None when there are too many; the sets they need)."""
    run: set[str] = {""}
    needs: list[Pieces] = []
    exact = True
    for op, argument in tree:
        spellings, inner = _node(op, argument)
        if spellings is not None and len(run) * len(spellings) <= MAX_EXACT:
            run = {a + b for a in run for b in spellings}
            continue
        exact = False
        if "" not in run:
            needs.append(frozenset(run))
        run = {""} if spellings is None else spellings
        needs += inner if spellings is None else []
    if "" not in run:
        needs.append(frozenset(run))
    return (run if exact else None), needs


def _node(op: Any, argument: Any) -> tuple[set[str] | None, list[Pieces]]:
    if op is code.LITERAL:
        return {chr(argument)}, []
    if op is code.AT:
        return {""}, []
    if op is code.SUBPATTERN and not argument[1] & re.IGNORECASE:
        return _sequence(argument[-1])
    if op is code.IN:
        return _character_class(argument)
    if op is code.BRANCH:
        return _branch(argument[1])
    if op in (code.MAX_REPEAT, code.MIN_REPEAT):
        return _repeat(*argument)
    return None, []


def _character_class(members: list[tuple[Any, Any]]) -> tuple[set[str] | None, list[Pieces]]:
    found: set[str] = set()
    for op, value in members:
        if op is code.LITERAL:
            found.add(chr(value))
        elif op is code.RANGE and value[1] - value[0] < 10:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None, []
    return (found, []) if len(found) <= 4 else (None, [frozenset(found)])


def _branch(branches: list[Any]) -> tuple[set[str] | None, list[Pieces]]:
    spellings: set[str] | None = set()
    union: set[str] | None = set()
    for branch in branches:
        exact, needs = _sequence(branch)
        spellings = None if spellings is None or exact is None else spellings | exact
        best = max(needs, key=_telling, default=None)
        union = None if union is None or best is None else union | best
    if spellings is not None and len(spellings) > MAX_PIECES:
        spellings = None
    return spellings, [frozenset(union)] if union else []


def _repeat(least: int, most: Any, tree: Any) -> tuple[set[str] | None, list[Pieces]]:
    exact, needs = _sequence(tree)
    if least == 0:
        return ({""} | exact, []) if most == 1 and exact is not None else (None, [])
    if least == most and exact is not None and len(exact) ** least <= MAX_EXACT:
        spellings = {""}
        for _ in range(least):
            spellings = {a + b for a in spellings for b in exact}
        return spellings, needs
    return None, needs
