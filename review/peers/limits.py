"""How often a grade may be given: pure arithmetic over one unit's grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from review.peers.form import Form

Cell = tuple[str, str]  # target unit, item


@dataclass(frozen=True, slots=True)
class Quota:
    """Use of one limited grade in one item. A blocking quota that is exceeded can't be sent."""

    item: str
    grade: str
    used: int
    most: int
    blocks: bool

    @property
    def exceeded(self) -> bool:
        """More were given than the form allows."""
        return self.used > self.most


def allowance(percent: int, of: int) -> int:
    """The most grades that a limit of `percent` leaves among `of` units, rounded down.

    100 others and 30 % make 30; 36 others and 10 % make 3. Source: docs/rules.md, "Mutual evaluation".
    """
    return of * percent // 100


def quotas(form: Form, rater: str, grades: Mapping[Cell, str]) -> tuple[Quota, ...]:
    """Each limited grade of each item with its use, in the form's order, blocking ones first in an item."""
    of = len(form.others(rater))
    given = Counter((item, grade) for (_, item), grade in grades.items())
    limits = [(grade, percent, True) for grade, percent in form.block_percent.items()]
    limits += [(grade, percent, False) for grade, percent in form.warn_percent.items()]
    return tuple(
        Quota(item.code, grade, given[item.code, grade], allowance(percent, of), blocks)
        for item in form.items
        for grade, percent, blocks in limits
    )
