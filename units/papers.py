"""Year plan and self-assessments of a unit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from audit.events import record
from database.base import Base
from database.canonical import digest
from database.columns import public_id
from storage.folder import Storage
from units.attachments import Attachment, attach, detach, hashes
from units.collecting import fitting, refuse_unless_collecting
from units.errors import AlreadyHandedIn, HandInLacks
from units.events import PaperHandedIn
from units.unit import Unit
from units.year import Year

PAPER_KINDS = ("plan", "mid_year", "year_end")
LONGEST_PAPER = 1500


class Paper(Base):
    """A unit's year plan, mid-year or year-end self-assessment; what was handed in stays as it is."""

    __tablename__ = "paper"
    __table_args__ = (
        UniqueConstraint("unit_id", "kind"),
        CheckConstraint(f"kind IN {PAPER_KINDS}", name="kind_is_known"),
        CheckConstraint("state IN ('draft', 'handed_in')", name="state_is_known"),
        CheckConstraint("(state = 'handed_in') = (handed_in_at IS NOT NULL)", name="handed_in_has_its_time"),
        CheckConstraint(f"length(text) <= {LONGEST_PAPER}", name="text_fits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(16), default="draft")
    saved_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]
    handed_in_by: Mapped[str | None] = mapped_column(String(64))
    attachments: Mapped[list[Attachment]] = relationship(
        lazy="selectin", order_by="Attachment.id", cascade="all, delete-orphan"
    )


def paper_of(session: Session, unit: Unit, kind: str) -> Paper | None:
    """A unit's paper of one kind, or None while nothing was saved."""
    return session.scalar(select(Paper).where(Paper.unit_id == unit.id, Paper.kind == kind))


def papers_of(session: Session, unit: Unit) -> list[Paper]:
    """All papers that a unit has begun or handed in."""
    return list(session.scalars(select(Paper).where(Paper.unit_id == unit.id).order_by(Paper.id)))


def save_paper(session: Session, unit: Unit, kind: str, text: str, *, now: datetime) -> Paper:
    """Keep the draft of a paper. text: at most 1,500 characters.

    Raises TextTooLong, AlreadyHandedIn, NothingCollected; then nothing is written.
    """
    paper = _editable(session, unit, kind, now)
    paper.text, paper.saved_at = fitting("text", text, LONGEST_PAPER), now
    session.flush()
    return paper


def attach_to_paper(
    session: Session, storage: Storage, unit: Unit, kind: str, name: str, content: bytes, *, by: str, now: datetime
) -> Attachment:
    """Hang a file at a paper that isn't handed in yet; raises as save_paper and attach."""
    paper = _editable(session, unit, kind, now)
    session.flush()
    return attach(session, storage, paper, name, content, by=by, now=now)


def detach_from_paper(session: Session, unit: Unit, kind: str, public_id: str, *, now: datetime) -> None:
    """Take a file away from a paper that isn't handed in yet; raises as save_paper."""
    detach(session, _editable(session, unit, kind, now), public_id)


def hand_in_paper(session: Session, unit: Unit, kind: str, *, by: str, now: datetime) -> Paper:
    """Hand a paper in for good. Raises HandInLacks without a text, AlreadyHandedIn, NothingCollected."""
    paper = _editable(session, unit, kind, now)
    if not paper.text:
        raise HandInLacks(["text"])
    paper.state, paper.handed_in_at, paper.handed_in_by = "handed_in", now, by
    session.flush()
    fixed = digest([paper.kind, paper.text, hashes(paper.attachments)])
    record(session, PaperHandedIn(unit.code, kind, fixed), by=by, now=now, subject=f"unit {unit.code}")
    return paper


def _editable(session: Session, unit: Unit, kind: str, now: datetime) -> Paper:
    refuse_unless_collecting(session.get_one(Year, unit.year_id))
    paper = paper_of(session, unit, kind)
    if paper is None:
        paper = Paper(unit_id=unit.id, kind=kind, text="", state="draft", saved_at=now, attachments=[])
        session.add(paper)
    if paper.state != "draft":
        raise AlreadyHandedIn(paper.state)
    return paper
