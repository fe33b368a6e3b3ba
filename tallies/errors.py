"""What tallies refuse; the words are webapp's."""

from dataclasses import dataclass


class TallyError(Exception):
    """Base of all that tallies/ refuses."""


@dataclass
class BadRow(TallyError):
    """A row breaks the contract: `field` names where, `fault` is a code."""

    field: str
    fault: str


@dataclass
class SameCellTwice(TallyError):
    """Two rows of one count claim the same cell."""

    cell: tuple[str, ...]


@dataclass
class NoTally(TallyError):
    """The round has no tally, or not this version of it."""

    round_id: int
    version: int | None


@dataclass
class ThresholdLowered(TallyError):
    """A threshold below the least one was asked for: it may be raised, never lowered."""

    name: str
    least: int
