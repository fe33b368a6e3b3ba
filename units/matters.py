"""Assigned matters (交办事项): loaded by the office, answered by the unit."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from audit.events import record
from database.base import Base
from database.canonical import digest
from database.columns import public_id
from storage.folder import Storage
from units.attachments import Attachment, attach, detach, hashes
from units.collecting import fitting, refuse_unless_collecting
from units.errors import HandInLacks
from units.events import MatterAnswered
from units.unit import Unit
from units.year import Year

LONGEST_RESULT = 500


class AssignedMatter(Base):
    """One matter that the leadership gave to a unit, and what became of it. number: the office's, once a unit."""

    __tablename__ = "assigned_matter"
    __table_args__ = (
        UniqueConstraint("unit_id", "number"),
        CheckConstraint("(result = '') = (answered_at IS NULL)", name="answer_has_its_time"),
        CheckConstraint(f"length(result) <= {LONGEST_RESULT}", name="result_fits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(String(32))
    matter: Mapped[str] = mapped_column(String(300))
    source_document: Mapped[str] = mapped_column(String(128))
    deadline: Mapped[date]
    result: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(64))
    attachments: Mapped[list[Attachment]] = relationship(
        lazy="selectin", order_by="Attachment.id", cascade="all, delete-orphan"
    )


def matters_of(session: Session, unit: Unit) -> list[AssignedMatter]:
    """A unit's matters, the nearest deadline first."""
    wanted = select(AssignedMatter).where(AssignedMatter.unit_id == unit.id)
    return list(session.scalars(wanted.order_by(AssignedMatter.deadline, AssignedMatter.number)))


def matter_of(session: Session, unit: Unit, public_id: str) -> AssignedMatter | None:
    """A unit's own matter by its public id; None for anybody else's."""
    wanted = select(AssignedMatter).where(AssignedMatter.unit_id == unit.id, AssignedMatter.public_id == public_id)
    return session.scalar(wanted)


def answer_matter(
    session: Session, unit: Unit, matter: AssignedMatter, result: str, *, by: str, now: datetime
) -> None:
    """Say what became of a matter; may be corrected while the year collects. result: 1 to 500 characters.

    Raises HandInLacks, TextTooLong, NothingCollected.
    """
    refuse_unless_collecting(session.get_one(Year, unit.year_id))
    text = fitting("result", result, LONGEST_RESULT)
    if not text:
        raise HandInLacks(["result"])
    matter.result, matter.answered_at, matter.answered_by = text, now, by
    session.flush()
    fixed = digest([matter.number, matter.matter, text, hashes(matter.attachments)])
    record(session, MatterAnswered(unit.code, matter.number, fixed), by=by, now=now, subject=f"unit {unit.code}")


def attach_to_matter(
    session: Session,
    storage: Storage,
    unit: Unit,
    matter: AssignedMatter,
    name: str,
    content: bytes,
    *,
    by: str,
    now: datetime,
) -> Attachment:
    """Hang a file at a matter; raises NothingCollected and as attach."""
    refuse_unless_collecting(session.get_one(Year, unit.year_id))
    return attach(session, storage, matter, name, content, by=by, now=now)


def detach_from_matter(session: Session, unit: Unit, matter: AssignedMatter, public_id: str) -> None:
    """Take a file away from a matter; raises NothingCollected."""
    refuse_unless_collecting(session.get_one(Year, unit.year_id))
    detach(session, matter, public_id)
