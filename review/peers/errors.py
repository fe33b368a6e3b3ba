"""What mutual evaluation refuses; webapp/words/peers.py holds the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from review.peers.limits import Quota


class PeersError(Exception):
    """Base of all that mutual evaluation refuses."""


@dataclass
class NotARater(PeersError):
    """The unit has no ballot in this round."""

    unit_code: str


@dataclass
class NotOnTheForm(PeersError):
    """A unit, an item or a grade that the form doesn't hold; one's own unit is never on it."""

    place: str


@dataclass
class BallotNotInDraft(PeersError):
    """Grades change only while the ballot is a draft; it is `state`."""

    state: str


@dataclass
class BallotNotSent(PeersError):
    """Only a ballot that the officer sent can be confirmed or taken back; it is `state`."""

    state: str


@dataclass
class BallotLacks(PeersError):
    """The ballot can't be sent: these units lack a grade, these quotas are exceeded."""

    unfinished: Sequence[str]
    exceeded: Sequence[Quota]


@dataclass
class NothingToUndo(PeersError):
    """No step is left that could be undone."""


@dataclass
class CommentTooLong(PeersError):
    """A suggestion holds more characters than the form allows."""

    most: int
    has: int
