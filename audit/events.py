"""Typed events and the chain that they are recorded in."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base
from database.canonical import canonical

GENESIS = "0" * 64


@dataclass(frozen=True)
class AuditEvent:
    """Base of every recorded act; a subclass holds exactly its facts, as plain values."""


class Entry(Base):
    """One recorded act; its hash covers every other column and the hash before it."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(64), index=True)
    subject: Mapped[str] = mapped_column(String(128), index=True)
    facts: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    def digest(self) -> str:
        """SHA-256 over all columns but the hash itself, as 64 hex digits."""
        row = [self.number, self.at, self.by, self.kind, self.subject, self.facts, self.previous]
        return hashlib.sha256(canonical(row)).hexdigest()


class Head(Base):
    """The chain's last number and hash: one row, locked by whoever appends."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


def record(session: Session, event: AuditEvent, *, by: str, now: datetime, subject: str = "") -> Entry:
    """Append an event to the chain, in the transaction of the act that it records.

    by: the username who acted, or "system". subject: what the act was done to, for looking up ("round q1-2016").
    now: aware; kept to the second.
    """
    head = session.execute(select(Head).with_for_update()).scalar_one_or_none()
    if head is None:
        head = Head(id=1, number=0, hash=GENESIS)
        session.add(head)
    entry = Entry(
        number=head.number + 1,
        at=now.replace(microsecond=0),
        by=by,
        kind=type(event).__name__,
        subject=subject,
        facts=canonical(facts_of(event)).decode(),
        previous=head.hash,
    )
    entry.hash = entry.digest()
    head.number, head.hash = entry.number, entry.hash
    session.add(entry)
    session.flush()
    # Whoever commits keeps this line outside the database (`House.keep_head`).
    session.info["audit_head"] = f"{entry.number} {entry.hash}"
    return entry


def take_head(session: Session) -> str | None:
    """Take the line of the chain's head that this session appended last, or None where it appended nothing."""
    head: str | None = session.info.pop("audit_head", None)
    return head


def facts_of(event: AuditEvent) -> dict[str, Any]:
    """The facts of an event as a dict."""
    return asdict(event)
