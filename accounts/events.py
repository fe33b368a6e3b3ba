"""What is recorded of accounts and approvals."""

from dataclasses import dataclass
from typing import Any

from audit.events import AuditEvent


@dataclass(frozen=True)
class AccountMade(AuditEvent):
    """An account was made."""

    username: str
    roles: list[str]


@dataclass(frozen=True)
class AccountChanged(AuditEvent):
    """An account was disabled, enabled, given a new password by the office, or given other roles."""

    username: str
    change: str


@dataclass(frozen=True)
class SignInRecorded(AuditEvent):
    """Somebody with a role signed in."""

    username: str


@dataclass(frozen=True)
class ApprovalAsked(AuditEvent):
    """Somebody asked a second person to approve an act."""

    act: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class ApprovalDecided(AuditEvent):
    """The second person approved or refused."""

    act: str
    decision: str
    asked_by: str
    way: str


@dataclass(frozen=True)
class RolesHandedOver(AuditEvent):
    """What one account held was handed over to another; the first is disabled and keeps its trail."""

    from_username: str
    to_username: str
    roles: list[str]
    reason: str
