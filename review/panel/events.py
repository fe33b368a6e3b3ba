"""What is recorded of the panel."""

from dataclasses import dataclass

from audit.events import AuditEvent


@dataclass(frozen=True)
class ConflictDeclared(AuditEvent):
    """A seat declared a conflict with a unit. effect: recused at once, or asked where marks exist."""

    round_code: str
    seat_code: str
    unit_code: str
    reason: str
    effect: str


@dataclass(frozen=True)
class ConflictGranted(AuditEvent):
    """The office granted a recusal; the sheets left the set. withdrawn: their latest marks."""

    round_code: str
    seat_code: str
    unit_code: str
    reason: str
    withdrawn: dict[str, dict[str, str]]
    approved_by: str


@dataclass(frozen=True)
class SheetsSealed(AuditEvent):
    """A seat sealed its set. digest: salted, over all latest marks."""

    round_code: str
    seat_code: str
    sheets: int
    digest: str


@dataclass(frozen=True)
class SheetsReopened(AuditEvent):
    """The office opened a sealed set again. digest: what had been sealed."""

    round_code: str
    seat_code: str
    reason: str
    digest: str
    approved_by: str
