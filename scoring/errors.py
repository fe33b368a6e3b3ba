"""What scoring refuses; the words are webapp's."""

from collections.abc import Sequence
from dataclasses import dataclass


class ScoringError(Exception):
    """Base of all that scoring/ refuses."""


@dataclass(frozen=True)
class TreeFault:
    """Something wrong in an index tree: `what` is a code, `where` the indicator."""

    what: str
    where: str


@dataclass
class BadTree(ScoringError):
    """An index tree doesn't add up or names what isn't there; `faults` says all of it."""

    faults: Sequence[TreeFault]


@dataclass
class NoTree(ScoringError):
    """The year has no index tree yet."""

    year: int


@dataclass
class TooLate(ScoringError):
    """The year's stage no longer allows the act."""

    act: str
    stage: str


@dataclass
class UnknownIndicator(ScoringError):
    """The year's tree has no such indicator, or it isn't one that this act may name."""

    code: str


@dataclass(frozen=True)
class EntryFault:
    """One wrong cell of a lead's entries.

    what: a code. indicator, unit_code: the cell; indicator is "" where the whole row is meant. most: full marks.
    """

    what: str
    indicator: str
    unit_code: str
    most: str = ""


@dataclass
class BadEntries(ScoringError):
    """A lead's entries hold wrong cells; nothing was kept."""

    faults: Sequence[EntryFault]


@dataclass
class UnknownLead(ScoringError):
    """The year has no such lead department."""

    lead: str


@dataclass
class NoSuchFile(ScoringError):
    """The lead has no entries of this version, or none that the act can be done to."""

    lead: str


@dataclass
class WrongFileState(ScoringError):
    """The act isn't possible from the state that the entries are in."""

    state: str
    act: str


class ScanMissing(ScoringError):
    """A confirmation on paper needs the scan of the signed form and the name of who signed it."""


@dataclass
class NoDocument(ScoringError):
    """A special entry names no document; every addition and deduction needs one."""

    item: str


@dataclass
class SpecialOutOfRange(ScoringError):
    """A special entry's points aren't above 0 and at most the item's, or go the wrong way."""

    item: str
    most: str


@dataclass
class NoSuchSpecial(ScoringError):
    """There is no such special entry, or it was decided before."""

    public_id: str


@dataclass
class NoStandings(ScoringError):
    """The year has no standings, or not this version of them."""

    year: int
    version: int | None


@dataclass
class NotReady(ScoringError):
    """The year can't go to its next stage: `lack` is "no_standings" or "not_approved"."""

    stage: str
    lack: str
