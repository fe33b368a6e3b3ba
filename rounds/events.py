"""What is recorded of a round's life."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit.events import AuditEvent


@dataclass(frozen=True)
class RoundMade(AuditEvent):
    """A round was made as a draft."""

    round_code: str
    kind: str


@dataclass(frozen=True)
class RoundEdited(AuditEvent):
    """A draft was given its titles and window."""

    round_code: str
    title_zh: str
    opens_at: str
    closes_at: str


@dataclass(frozen=True)
class RulesChanged(AuditEvent):
    """Rules of a draft's count were replaced. was, now: the replaced rules alone."""

    round_code: str
    was: Mapping[str, Any]
    now: Mapping[str, Any]
    approved_by: str


@dataclass(frozen=True)
class RoundFrozen(AuditEvent):
    """The instrument, doors and rules were fixed. document: digest over all three."""

    round_code: str
    version: int
    instrument_digest: str
    document: str
    approved_by: str


@dataclass(frozen=True)
class RoundOpened(AuditEvent):
    """The round was opened by hand, before or at its hour."""

    round_code: str
    approved_by: str


@dataclass(frozen=True)
class WindowMoved(AuditEvent):
    """The opening or closing hour was changed while the round wasn't closed."""

    round_code: str
    opens_at: str
    closes_at: str
    approved_by: str


@dataclass(frozen=True)
class RoundClosed(AuditEvent):
    """The round was closed. accepted: answers; merkle_root: over the salted leaves of all rows."""

    round_code: str
    accepted: int
    merkle_root: str


@dataclass(frozen=True)
class RoundTallied(AuditEvent):
    """The closed round was counted (again)."""

    round_code: str
    version: int
    digest: str


@dataclass(frozen=True)
class RoundPublished(AuditEvent):
    """A version of the tally was published."""

    round_code: str
    version: int
    approved_by: str


@dataclass(frozen=True)
class RoundArchived(AuditEvent):
    """The round was archived."""

    round_code: str
