"""What the panel refuses, as facts; webapp/words/panel.py holds the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.errors import ReviewError


@dataclass
class NoSeat(ReviewError):
    """The account fills no sheets in any round that has begun."""

    username: str


@dataclass
class NoSheet(ReviewError):
    """The seat has no sheet on this unit and object: its own unit, a recusal, or nothing of that code."""

    unit_code: str


@dataclass
class NoCriterion(ReviewError):
    """The rubric has no criterion of that code."""

    criterion: str


@dataclass
class MarkOutOfRange(ReviewError):
    """A mark lies outside 0..most whole points of its criterion."""

    criterion: str
    most: int


@dataclass
class SetSealed(ReviewError):
    """The set of sheets is sealed; only the office can open it again."""

    seat_code: str


@dataclass
class SetNotSealed(ReviewError):
    """The set of sheets isn't sealed, so there is nothing to open again."""

    seat_code: str


@dataclass(frozen=True)
class Missing:
    """A sheet on which criteria have no answer yet."""

    unit_code: str
    object: str
    criteria: tuple[str, ...]


@dataclass
class SetIncomplete(ReviewError):
    """The set can't be sealed yet; `missing` lists every sheet with what it lacks."""

    missing: Sequence[Missing]


class ReasonMissing(ReviewError):
    """The act needs a reason in words."""
