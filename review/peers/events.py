"""What is recorded of mutual evaluation: never a grade."""

from __future__ import annotations

from dataclasses import dataclass

from audit.events import AuditEvent


@dataclass(frozen=True)
class BallotSent(AuditEvent):
    """An officer sent the unit's ballot to the head. digest: over its grades and suggestions, under the salt."""

    round_code: str
    unit_code: str
    digest: str


@dataclass(frozen=True)
class BallotTakenBack(AuditEvent):
    """A sent ballot became a draft again."""

    round_code: str
    unit_code: str


@dataclass(frozen=True)
class BallotConfirmed(AuditEvent):
    """The head confirmed the ballot: by account, or on paper whose scan has this SHA-256."""

    round_code: str
    unit_code: str
    digest: str
    way: str
    scan: str
