"""What ballots refuses: facts, no words."""

from dataclasses import dataclass


class BallotsError(Exception):
    """Base of all that ballots refuses."""


@dataclass
class CodeMistyped(BallotsError):
    """A code has a wrong length, symbol or check symbol: it was mistyped, whatever it was meant to be."""


@dataclass
class CodeUnknown(BallotsError):
    """A well-formed code gives no right in this round."""


@dataclass
class TicketInvalid(BallotsError):
    """A ticket wasn't made here, or is for another round."""
