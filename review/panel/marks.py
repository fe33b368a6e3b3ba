"""What a cell of a sheet can hold, and what a sheet's cells make of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from review.rubrics.rubric import Rubric

ANSWERS = ("points", "unable", "empty")


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry for one criterion: whole points, "can't judge", or emptied again."""

    answer: str
    points: int | None = None


UNABLE = Mark("unable")
"""无法评判: an answer, but the sheet has no total."""

EMPTY = Mark("empty")
"""Entered before and emptied again; the same as never entered."""


def points(value: int) -> Mark:
    """A mark of that many whole points."""
    return Mark("points", value)


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet as its latest cells stand: marks by criterion, in the order of the rubric.

    needed: False for innovation of a unit without an entry, where there is nothing to judge.
    """

    object: str
    marks: Mapping[str, Mark]
    needed: bool = True

    @property
    def answered(self) -> int:
        """Criteria with points or "can't judge"."""
        return sum(mark.answer != "empty" for mark in self.marks.values())

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of criteria that still need an answer."""
        if not self.needed:
            return ()
        return tuple(code for code, mark in self.marks.items() if mark.answer == "empty")

    @property
    def done(self) -> bool:
        """Whether no criterion needs an answer any more."""
        return not self.missing

    @property
    def total(self) -> int | None:
        """Sum of points; None unless every criterion has points: such a sheet isn't counted."""
        total = 0
        for mark in self.marks.values():
            if mark.points is None:
                return None
            total += mark.points
        return total


def filled(rubric: Rubric, cells: Mapping[str, Mark], *, entries: bool = True) -> Filled:
    """A sheet of a rubric with these latest cells; what has no cell is empty.

    entries: whether the unit has an entry to judge.
    """
    marks = {one.code: cells.get(one.code, EMPTY) for one in rubric.criteria}
    return Filled(rubric.object, marks, needed=entries or rubric.object != "innovation")
