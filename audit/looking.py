"""Looks at what is otherwise hidden: each is recorded with its purpose before anything is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from audit.errors import PurposeMissing
from audit.events import AuditEvent, record

LONGEST_PURPOSE = 300


@dataclass(frozen=True)
class Looked(AuditEvent):
    """Somebody with the right looked at names behind scores, or at raw answers. whose: seat, unit or way in."""

    what: str
    whose: str
    purpose: str


def record_look(
    session: Session, what: str, whose: str, purpose: str, *, subject: str, by: str, now: datetime
) -> None:
    """Record a look. purpose: why, in words; at most 300 characters are kept. Raises PurposeMissing."""
    if not purpose.strip():
        raise PurposeMissing
    record(session, Looked(what, whose, purpose.strip()[:LONGEST_PURPOSE]), by=by, now=now, subject=subject)
