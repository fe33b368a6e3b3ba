"""What accounts refuses."""

from dataclasses import dataclass


class AccountsError(Exception):
    """Base of all that accounts refuses; webapp/words/accounts.py holds the words."""


class WrongPassword(AccountsError):
    """Username and password don't belong together, or the account is disabled."""


@dataclass
class TooManyTries(AccountsError):
    """Too many wrong passwords in a row; the next try is possible after some minutes."""

    minutes: int


@dataclass
class WeakPassword(AccountsError):
    """A new password is too short, too long, too common or holds the username."""

    least: int


@dataclass
class UsernameTaken(AccountsError):
    """An account of this username exists."""

    username: str


@dataclass
class UnknownAccount(AccountsError):
    """There is no account of this username."""

    username: str


@dataclass
class UnknownRole(AccountsError):
    """A role, or a duty in it, that doesn't exist."""

    role: str


class SamePerson(AccountsError):
    """Who asked for an act can't approve it."""


class NotPending(AccountsError):
    """The approval was already given, refused or taken back, or was never asked for."""


class RequestStale(AccountsError):
    """What the request rested on has changed since it was made."""


@dataclass
class MayNotApprove(AccountsError):
    """The account lacks the right that this approval needs."""

    username: str


@dataclass
class NotHeld(AccountsError):
    """The account doesn't hold this role."""

    username: str


class ReasonMissing(AccountsError):
    """Handing over needs a reason."""
