"""What units refuses of what is handed in: facts only; webapp/words/units.py says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class UnitsError(Exception):
    """Base of all that units refuses."""


@dataclass
class UnknownYear(UnitsError):
    """There is no such year, or it isn't public yet."""

    year: int | str


@dataclass
class UnknownUnit(UnitsError):
    """There is no unit of this code in the year."""

    unit_code: str


@dataclass
class TextTooLong(UnitsError):
    """A field holds more characters than it may."""

    field: str
    most: int
    has: int


@dataclass
class HandInLacks(UnitsError):
    """What is to be handed in lacks these fields."""

    fields: Sequence[str]


@dataclass
class AlreadyHandedIn(UnitsError):
    """What was handed in can't be edited; it is `state`."""

    state: str


@dataclass
class StepNotPossible(UnitsError):
    """An entry that is `state` can't be put through `act`."""

    state: str
    act: str


@dataclass
class RemarkMissing(UnitsError):
    """This act tells the unit why, so it needs a remark."""

    act: str


@dataclass
class TooManyEntries(UnitsError):
    """The unit already has as many entries as the year allows."""

    most: int


@dataclass
class TooManyFiles(UnitsError):
    """As many files hang here as may."""

    most: int


@dataclass
class NothingCollected(UnitsError):
    """The year takes no material from units at this stage."""

    stage: str


@dataclass(frozen=True, slots=True)
class CellFault:
    """One wrong cell of an uploaded table: address ("B7"), reason code, and what stood there."""

    cell: str
    reason: str
    value: str


@dataclass
class TableHasFaults(UnitsError):
    """The uploaded table was not taken: all its wrong cells at once."""

    faults: Sequence[CellFault]
