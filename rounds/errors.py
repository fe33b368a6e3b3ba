"""What rounds refuses."""

from collections.abc import Sequence
from dataclasses import dataclass


class RoundsError(Exception):
    """Base of all that rounds refuses; webapp/words/rounds.py holds the words."""


@dataclass
class UnknownRound(RoundsError):
    """There is no round of this code."""

    round_code: str


@dataclass
class RoundNotOpen(RoundsError):
    """The round takes no answers at this instant."""

    round_code: str
    state: str


@dataclass
class WrongState(RoundsError):
    """The act isn't possible from the state the round is in."""

    round_code: str
    state: str
    act: str


@dataclass
class TooEarly(RoundsError):
    """A round closes at its hour; before it only by bringing the hour forward."""

    round_code: str


@dataclass
class NotComplete(RoundsError):
    """The round can't be frozen yet; `lacks` says what is missing and where."""

    round_code: str
    lacks: "Sequence[Lack]"


@dataclass
class TallyMissing(RoundsError):
    """A version of the tally that doesn't exist was to be published."""

    round_code: str
    version: int


@dataclass
class FrozenRound(RoundsError):
    """A round that is no longer a draft can't be edited."""

    round_code: str


@dataclass
class WindowReversed(RoundsError):
    """A round must open before it closes."""

    round_code: str


@dataclass
class LowerThreshold(RoundsError):
    """A threshold of small cells may be raised, never lowered."""

    name: str
    least: int


@dataclass(frozen=True)
class Lack:
    """Something missing before the freeze: `what` is a code, `place` says where."""

    what: str
    place: str
