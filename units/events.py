"""What is recorded of the material that units hand in."""

from __future__ import annotations

from dataclasses import dataclass

from audit.events import AuditEvent


@dataclass(frozen=True)
class PaperHandedIn(AuditEvent):
    """A unit handed in its plan or a self-assessment. digest: over the text and its files."""

    unit_code: str
    kind: str
    digest: str


@dataclass(frozen=True)
class MattersLoaded(AuditEvent):
    """The office loaded assigned matters. file: SHA-256 of the table."""

    year: int
    added: int
    changed: int
    file: str


@dataclass(frozen=True)
class MatterAnswered(AuditEvent):
    """A unit answered an assigned matter, or changed its answer."""

    unit_code: str
    number: str
    digest: str


@dataclass(frozen=True)
class SubmissionMoved(AuditEvent):
    """An entry went from one state to another. digest: over its text and files at that moment."""

    unit_code: str
    submission: str
    act: str
    from_state: str
    to_state: str
    remark: str
    digest: str


@dataclass(frozen=True)
class SubmissionShown(AuditEvent):
    """The office made an entry public or internal."""

    submission: str
    visibility: str


@dataclass(frozen=True)
class MandateShown(AuditEvent):
    """The office made a mandate public or internal."""

    unit_code: str
    visibility: str
