"""What is recorded of a year's register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit.events import AuditEvent


@dataclass(frozen=True)
class YearMoved(AuditEvent):
    """A year went to its next stage."""

    year: int
    from_stage: str
    to_stage: str
    approved_by: str


@dataclass(frozen=True)
class ShowingChanged(AuditEvent):
    """An item was switched on or off for an audience at a time."""

    year: int
    item: str
    time: str
    audience: str
    shown: bool
    approved_by: str


@dataclass(frozen=True)
class UnitChanged(AuditEvent):
    """A unit's entry in the register was changed. was, now: the changed fields alone."""

    year: int
    unit_code: str
    was: Mapping[str, object]
    now: Mapping[str, object]


@dataclass(frozen=True)
class UnitsImported(AuditEvent):
    """A table of units was read in. file: SHA-256 of what was uploaded."""

    year: int
    added: int
    changed: int
    file: str
