"""What the year's register refuses: its stages, its units, its table of who sees what."""

from __future__ import annotations

from dataclasses import dataclass


class RegisterError(Exception):
    """Base of all that the register refuses; webapp/words/register.py holds the words."""


class NeedsSecondPerson(RegisterError):
    """This change needs a second person."""


@dataclass
class WrongStage(RegisterError):
    """A year moves to its next stage and to no other."""

    stage: str
    asked: str


@dataclass
class NeverShown(RegisterError):
    """This item is never shown to this audience, or the table has no such cell."""

    item: str
    audience: str


@dataclass
class WrongUnit(RegisterError):
    """A field of a unit holds what it can't hold."""

    field: str
