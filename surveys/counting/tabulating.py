"""Packed answers counted in chunks: how often each combination of grades occurred, by door and unit."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import lcm
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import LargeBinary, bindparam, or_, select
from sqlalchemy.orm import Session

from surveys.counting.measuring import Measure, Source, Value
from surveys.counting.responses import Response
from surveys.counting.statistics import Sums, pooled
from surveys.fieldwork.batches import Batch
from surveys.instruments.layout import OUTCOME, PRESET, Record

CHUNK = 50_000
"""Responses read at once: bounds the memory of a count of any size."""
DENSE = 4_000_000
"""Most counters that are held as one array; beyond, only what occurred is held."""

Ints = NDArray[np.int64]
Cells = dict[tuple[int, int], Sums]
"""Door (its place in the list) and unit (its place, from 1) -> what was answered."""


class _Tally:
    """Counts of whole numbers below `size`."""

    def __init__(self, size: int) -> None:
        self.dense: Ints | None = np.zeros(size, dtype=np.int64) if size <= DENSE else None
        self.sparse: Counter[int] = Counter()

    def add(self, keys: Ints) -> None:
        """Count one more occurrence of each number."""
        if self.dense is not None:
            self.dense += np.bincount(keys, minlength=len(self.dense))
            return
        found, counts = np.unique(keys, return_counts=True)
        self.sparse.update(dict(zip(found.tolist(), counts.tolist(), strict=True)))

    def found(self) -> tuple[Ints, Ints]:
        """The numbers that occurred, ascending, and how often each."""
        if self.dense is not None:
            keys = np.flatnonzero(self.dense)
            return keys, self.dense[keys]
        ordered = sorted(self.sparse.items())
        both = np.array(ordered, dtype=np.int64).reshape(len(ordered), 2)
        return both[:, 0], both[:, 1]


def tabulate(
    session: Session, round_id: int, record: Record, doors: Sequence[int], units: int, measures: Sequence[Measure]
) -> list[Cells]:
    """Count every complete response that isn't in a voided batch; one result a measure, in their order.

    doors: ids of the round's doors. units: how many units the round has.
    """
    sources: list[Source] = []
    for source in (source for measure in measures for source in measure.sources):
        if source not in sources:
            sources.append(source)
    tallies = [_Tally(len(doors) * (units + 1) * source.patterns) for source in sources]
    for door_ids, rows in _chunks(session, round_id, record):
        complete = rows[OUTCOME] == 0
        places, kept = np.searchsorted(np.sort(doors), door_ids[complete]), rows[complete]
        for source, tally in zip(sources, tallies, strict=True):
            tally.add(_keys(source, kept, places, units))
    order = np.argsort(np.asarray(doors, dtype=np.int64)).tolist()
    return [
        _cells(measure, [tallies[sources.index(source)] for source in measure.sources], order, units)
        for measure in measures
    ]


def _chunks(session: Session, round_id: int, record: Record) -> Iterator[tuple[Ints, NDArray[np.void]]]:
    """Door ids and unpacked answers, a chunk at a time in the order of the primary key."""
    wanted = (
        select(Response.commitment, Response.door_id, Response.packed)
        .outerjoin(Batch, Batch.id == Response.batch_id)
        .where(Response.round_id == round_id, Response.commitment > bindparam("last", type_=LargeBinary))
        .where(or_(Batch.id.is_(None), Batch.state != "void"))
        .order_by(Response.commitment)
        .limit(CHUNK)
    )
    last = b""
    # Plain tuples from the driver: a Row object for each response would take longer than the count.
    while part := session.connection().execute(wanted, {"last": last}).cursor.fetchall():
        last = part[-1][0]
        door_ids = np.fromiter(map(itemgetter(1), part), dtype=np.int64, count=len(part))
        yield door_ids, np.frombuffer(b"".join(map(itemgetter(2), part)), dtype=record)


def _keys(source: Source, rows: NDArray[np.void], doors: Ints, units: int) -> Ints:
    """One whole number for each graded unit of each response: door, unit and combination of codes."""
    about, pattern = _units(source, rows, units), np.int64(0)
    for item, weight in zip(source.items, np.cumprod((1, *source.bases))[:-1], strict=True):
        pattern = pattern + _codes(source, rows, item.id).astype(np.int64) * weight
    keys = (doors[:, None] * (units + 1) + about) * source.patterns + pattern
    found: Ints = keys[(about > 0) & (pattern > 0)]
    return found


def _units(source: Source, rows: NDArray[np.void], units: int) -> Ints:
    if source.place == "all":
        return np.broadcast_to(np.arange(1, units + 1, dtype=np.int64), (len(rows), units))
    if source.place == "preset":
        return rows[PRESET].astype(np.int64)[:, None]
    found = rows[source.picker] if source.place == "slots" else rows[source.where]["unit"]
    return found.astype(np.int64)


def _codes(source: Source, rows: NDArray[np.void], item: str) -> NDArray[np.uint8]:
    if source.place == "slots":
        return rows[source.where][item]
    if source.place == "block":
        return rows[source.where]["grade"]
    return rows[item] if source.place == "all" else rows[item][:, None]


@dataclass(frozen=True, slots=True)
class _Graded:
    """One place of a measure after the count.

    cells, counts, which: for each cell and combination that occurred, how often, and where the combination stands in
    `codes` and `values`.
    """

    cells: Ints
    counts: Ints
    which: Ints
    codes: Sequence[tuple[int, ...]]
    values: Sequence[Value]


def _cells(measure: Measure, tallies: Sequence[_Tally], order: Sequence[int], units: int) -> Cells:
    """Sums of values by door and unit, over the places where a measure is asked."""
    places = [_graded(measure, source, tally) for source, tally in zip(measure.sources, tallies, strict=True)]
    scale = lcm(*(value.denominator for place in places for value in place.values if value is not None))
    cells: Cells = {}
    for place in places:
        for cell, answers in _sums(place, measure.graded, scale):
            door, unit = divmod(cell, units + 1)
            known = cells.get((order[door], unit), Sums())
            cells[order[door], unit] = pooled((known, answers))
    return cells


def _graded(measure: Measure, source: Source, tally: _Tally) -> _Graded:
    keys, counts = tally.found()
    patterns, which = np.unique(keys % source.patterns, return_inverse=True)
    codes = [source.codes_of(pattern) for pattern in patterns.tolist()]
    return _Graded(keys // source.patterns, counts, which, codes, [measure.value(source, code) for code in codes])


def _sums(place: _Graded, options: Sequence[int], scale: int) -> Iterator[tuple[int, Sums]]:
    """Exact sums by cell, of values counted in parts of 1/scale. options: codes whose counts are told."""
    scaled = [0 if value is None else int(value * scale) for value in place.values]
    # Python's own integers where the squares of so many answers could pass 64 bits.
    exact = np.int64 if int(place.counts.sum()) * max(scaled, default=0) ** 2 < 2**62 else np.object_
    value: NDArray[Any] = np.array(scaled, dtype=exact)[place.which]
    valid = np.array([value is not None for value in place.values], dtype=bool)[place.which]
    first = np.array([codes[0] for codes in place.codes], dtype=np.int64)[place.which]
    cells, at = np.unique(place.cells, return_inverse=True)

    def summed(weights: NDArray[Any]) -> list[int]:
        sums = np.zeros(len(cells), dtype=exact)
        np.add.at(sums, at, weights)
        return [int(one) for one in sums.tolist()]

    counts = place.counts
    columns = (summed(counts * valid), summed(counts * ~valid), summed(counts * value), summed(counts * value**2))
    graded = [summed(counts * (first == option)) for option in options]
    by_option = zip(*graded, strict=True) if graded else ((),) * len(cells)
    for cell, n, dont_know, total, squares, told in zip(cells.tolist(), *columns, by_option, strict=True):
        yield cell, Sums(n, dont_know, total, squares, scale, tuple(told))
