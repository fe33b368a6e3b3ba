"""How long the rest will take, and how a seat has scored so far. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from statistics import median

from review.panel.trimming import thousandths
from review.rubrics.rubric import Grade, RubricSet

SHORTEST_READING, LONGEST_PAUSE = 0.5, 20
"""Minutes between two finished units: below, they were typed off a list; above, the expert was away."""

PACE_FROM = 5
"""Gaps between finished units from which an expert's own pace is used."""


def minutes_left(finished: Iterable[datetime], left: int, minutes_per_unit: int) -> int:
    """Minutes for `left` units: the median gap between finished units times what is left.

    finished: when units were finished, in any order; only gaps from SHORTEST_READING to LONGEST_PAUSE minutes
    count. Below PACE_FROM of them the office's own reckoning of minutes_per_unit is used.
    """
    gaps = [(later - earlier).total_seconds() / 60 for earlier, later in pairwise(sorted(finished))]
    working = [gap for gap in gaps if SHORTEST_READING <= gap <= LONGEST_PAUSE]
    pace = median(working) if len(working) >= PACE_FROM else minutes_per_unit
    return round(pace * left)


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many totals of one object fall into each grade, best first, and their mean (None of none)."""

    counts: tuple[tuple[Grade, int], ...]
    n: int
    mean: Decimal | None


def distribution(totals: Sequence[int], rubrics: RubricSet) -> Distribution:
    """The grades of a seat's own totals on one object."""
    grades = [rubrics.grade_of(total).code for total in totals]
    return Distribution(
        counts=tuple((grade, grades.count(grade.code)) for grade in rubrics.grades),
        n=len(totals),
        mean=mean_of(totals),
    )


def mean_of(totals: Sequence[int]) -> Decimal | None:
    """Plain mean of totals, three decimals; None of none."""
    return thousandths(sum(totals) / len(totals)) if totals else None


ENDS = 10
"""How many units at either end are set side by side."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Means of the first and of the last ten units that were scored, in the order of scoring."""

    first: Decimal
    last: Decimal


def drift(in_order: Sequence[int]) -> Drift | None:
    """Whether a seat grew stricter; None below twenty totals, where the two ends would overlap.

    in_order: totals of one object in the order in which the units were finished.
    """
    if len(in_order) < 2 * ENDS:
        return None
    first, last = in_order[:ENDS], in_order[-ENDS:]
    return Drift(thousandths(sum(first) / ENDS), thousandths(sum(last) / ENDS))
