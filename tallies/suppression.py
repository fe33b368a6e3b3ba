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
    """How many answers stand behind a cell, and on how few it must not be shown.

    counted: False for a group that was left out of the total for its few answers.
    """

    n: int
    least: int
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts it is made of; beside: groups that are in the parts but were left out of the total."""

    total: Key
    parts: tuple[Key, ...]
    beside: tuple[Key, ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """All cells that the sum joins."""
        return (self.total, *self.beside, *self.parts)


def close(sizes: Mapping[Key, Size], hidden: Collection[Key]) -> frozenset[Key]:
    """The hidden cells and as many more as keep each of them from being computed.

    Parts are hidden before totals, small ones before large. The parts of a total that is taken as adding
    up to it are all that the table has; so a table which lists only some of them is guarded as if complete.
    """
    units = {key[0] for key in sizes}
    if "" not in units and len(units) > 1:  # no total joins units: each is a table of its own
        return frozenset().union(
            *(close({k: s for k, s in sizes.items() if k[0] == u}, [k for k in hidden if k[0] == u]) for u in units)
        )
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
    left_out: dict[Key, tuple[Key, ...]] = {}
    for (_, total), some in parts.items():
        left_out[total] = left_out.get(total, ()) + tuple(key for key in some if not sizes[key].counted)
    sums = []
    for (_, total), some in parts.items():
        counted = tuple(key for key in some if sizes[key].counted)
        beside = tuple(key for key in left_out[total] if key not in some)
        sums.append(Sum(total, counted, beside))
    return sums


def _without(key: Key, dimension: int) -> Key:
    unit, group, stratum, channel = ("" if place == dimension else part for place, part in enumerate(key[:-1]))
    return unit, group, stratum, channel, key[-1]


def _betrayed(sizes: Mapping[Key, Size], sums: list[Sum], hidden: set[Key]) -> Key | None:
    """The next cell to hide, or None once nothing hidden can be computed."""
    for one in sums:
        unknown = [key for key in one.keys if key in hidden]
        if len(unknown) == 1 or (one.total not in hidden and _thin(sizes, one, hidden)):
            found = _cheapest(sizes, [one], hidden)
            if found is not None:
                return found
    for system in (_equations(sums, hidden, even=True), _equations(sums, hidden, even=False)):
        for key in determined(system):
            near = [one for one in sums if key in one.keys]
            return _cheapest(sizes, near, hidden) or _cheapest(sizes, sums, hidden)
    return None


def _thin(sizes: Mapping[Key, Size], one: Sum, hidden: set[Key]) -> bool:
    """Whether a shown total tells the sum of hidden cells that stand on too few answers together."""
    sides = [[key for key in side if key in hidden] for side in (one.parts, one.beside)]
    alone = [side for side in sides if side]
    return len(alone) == 1 and sum(sizes[key].n for key in alone[0]) < max(sizes[key].least for key in alone[0])


def _cheapest(sizes: Mapping[Key, Size], sums: list[Sum], hidden: set[Key]) -> Key | None:
    """The shown cell of the sums that is hidden next: parts before totals, small before large, empty ones last."""
    totals = {one.total for one in sums if one.total not in hidden}
    parts = {key for one in sums for key in one.keys if key not in hidden} - totals
    return min(parts or totals, key=lambda key: (sizes[key].n == 0, sizes[key].n, key), default=None)


def _equations(sums: list[Sum], hidden: set[Key], *, even: bool) -> Iterator[Equation]:
    """What the shown cells say about the hidden ones.

    even: counts, where parts add up as they are. Else values, where a total is a mean whose weights the
    reader knows: any uneven coefficients stand for them, since only what they determine is asked.
    """
    for row, one in enumerate(sums):
        yield {
            key: Fraction(
                (1 if key in one.parts else -1) * (1 if even else 1 + (row * 7919 + column * 104729) % 9973)
            )
            for column, key in enumerate(one.keys)
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
