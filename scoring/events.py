"""What is recorded of trees, entries, special items and standings."""

from dataclasses import dataclass

from audit.events import AuditEvent


@dataclass(frozen=True)
class TreeLoaded(AuditEvent):
    """An index tree was stored as a version."""

    year: int
    version: int
    digest: str


@dataclass(frozen=True)
class ApplicabilityChanged(AuditEvent):
    """A leaf was declared not applicable to a unit, or applicable again."""

    year: int
    unit_code: str
    indicator: str
    applicable: bool
    document_no: str
    approved_by: str


@dataclass(frozen=True)
class EntriesKept(AuditEvent):
    """A lead's entries were stored as a draft version. corrects: the version that it corrects, 0 for none."""

    lead: str
    version: int
    digest: str
    corrects: int
    why: str


@dataclass(frozen=True)
class EntriesSent(AuditEvent):
    """A lead's draft went to the head for confirmation."""

    lead: str
    version: int


@dataclass(frozen=True)
class EntriesReturned(AuditEvent):
    """The head gave a lead's entries back to the officer."""

    lead: str
    version: int
    why: str


@dataclass(frozen=True)
class EntriesConfirmed(AuditEvent):
    """A lead's entries were confirmed and count from now on. way: account or paper."""

    lead: str
    version: int
    digest: str
    confirmed_by: str
    way: str


@dataclass(frozen=True)
class SpecialProposed(AuditEvent):
    """An addition or a deduction was entered."""

    unit_code: str
    item: str
    direction: str
    points: str
    document_no: str


@dataclass(frozen=True)
class SpecialDecided(AuditEvent):
    """A second person let an addition or a deduction count, or refused it."""

    unit_code: str
    item: str
    decision: str


@dataclass(frozen=True)
class StandingsComputed(AuditEvent):
    """The standings of a year were computed as a version."""

    year: int
    version: int
    digest: str


@dataclass(frozen=True)
class StandingsApproved(AuditEvent):
    """A version of the standings was approved. document_no: of the decision that approves it, where there is one."""

    year: int
    version: int
    digest: str
    document_no: str
