"""Which cells of a table must be hidden so that the hidden ones don't follow from the rest. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

Key = tuple[str, str, str, str, str]
"""Unit, group, stratum, channel, way: the people behind a cell; "" in one of the first four is "all"."""

_DIMENSIONS = 4
Equation = dict[Key, Fraction]


@dataclass(frozen=True, slots=True)
class Size:
    """How many answers stand behind a cell, and on how few it must not be shown."""

    n: int
    least: int


@dataclass(frozen=True, slots=True)
class Sum:
    """A total of the table and the parts it is made of."""

    total: Key
    parts: tuple[Key, ...]


def close(sizes: Mapping[Key, Size], hidden: Collection[Key]) -> frozenset[Key]:
    """The hidden cells and as many more as keep each of them from being computed.

    Parts are hidden before totals, small ones before large. The parts of a total that is taken as adding
    up to it are all that the table has; so a table which lists only some of them is guarded as if complete.
    """
    sums = _sums(sizes)
    closed = set(hidden)
    while (betrayed := _betrayed(sizes, sums, closed)) is not None:
        closed.add(betrayed)
    return frozenset(closed)


def _sums(sizes: Mapping[Key, Size]) -> list[Sum]:
    parts: dict[tuple[int, Key], list[Key]] = {}
    for key in sorted(sizes):
        for dimension in range(_DIMENSIONS):
            total = _without(key, dimension)
            if key[dimension] and total in sizes:
                parts.setdefault((dimension, total), []).append(key)
    return [Sum(total, tuple(some)) for (_, total), some in parts.items()]


def _without(key: Key, dimension: int) -> Key:
    unit, group, stratum, channel = ("" if place == dimension else part for place, part in enumerate(key[:-1]))
    return unit, group, stratum, channel, key[-1]


def _betrayed(sizes: Mapping[Key, Size], sums: list[Sum], hidden: set[Key]) -> Key | None:
    """The next cell to hide, or None once nothing hidden can be computed."""
    for one in sums:
        parts = [part for part in one.parts if part in hidden]
        lone = len(parts) == 1 and one.total not in hidden
        bare = one.total in hidden and not parts
        thin = (
            parts
            and one.total not in hidden
            and sum(sizes[part].n for part in parts) < max(sizes[part].least for part in parts)
        )
        if lone or bare or thin:
            return _cheapest(sizes, [one], hidden)
    for system in (_equations(sums, hidden, even=True), _equations(sums, hidden, even=False)):
        for key in determined(system):
            near = [one for one in sums if key == one.total or key in one.parts]
            return _cheapest(sizes, near, hidden) or _cheapest(sizes, sums, hidden)
    return None


def _cheapest(sizes: Mapping[Key, Size], sums: list[Sum], hidden: set[Key]) -> Key | None:
    parts = {part for one in sums for part in one.parts if part not in hidden}
    totals = {one.total for one in sums if one.total not in hidden}
    candidates = (parts - totals) or parts or totals
    return min(candidates, key=lambda key: (sizes[key].n == 0, sizes[key].n, key), default=None)


def _equations(sums: list[Sum], hidden: set[Key], *, even: bool) -> Iterator[Equation]:
    """What the shown cells say about the hidden ones.

    even: counts, where parts add up as they are. Else values, where a total is a mean whose weights the
    reader knows: any uneven coefficients stand for them, since only what they determine is asked.
    """
    for row, one in enumerate(sums):
        yield {
            key: Fraction(
                (-1 if key == one.total else 1) * (1 if even else 1 + (row * 7919 + column * 104729) % 9973)
            )
            for column, key in enumerate((one.total, *one.parts))
            if key in hidden
        }


def determined(equations: Iterator[Equation]) -> list[Key]:
    """The unknowns that have one value only, by exact elimination over the rationals."""
    solved: dict[Key, Equation] = {}
    for equation in equations:
        rest = _reduced(equation, solved)
        if not rest:
            continue
        pivot = min(rest)
        scale = rest[pivot]
        fresh = {key: value / scale for key, value in rest.items()}
        for key, older in solved.items():
            if pivot in older:
                solved[key] = _reduced(older, {pivot: fresh})
        solved[pivot] = fresh
    return sorted(key for key, equation in solved.items() if len(equation) == 1)


def _reduced(equation: Equation, solved: Mapping[Key, Equation]) -> Equation:
    rest = dict(equation)
    for key in list(equation):
        if key not in solved or key not in rest:
            continue
        factor = rest[key]
        for other, value in solved[key].items():
            left = rest.get(other, Fraction(0)) - factor * value
            if left:
                rest[other] = left
            else:
                rest.pop(other, None)
    return rest
