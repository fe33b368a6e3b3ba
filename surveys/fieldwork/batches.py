"""Numbered batches: what one interviewer or typist entered, kept together so that it can be voided together."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from audit.events import AuditEvent, record
from database.base import Base
from database.columns import public_id
from rounds.instants import refuse_unless_open
from rounds.life import round_named
from rounds.round import Round
from surveys.fieldwork.errors import BatchNotOpen, ReasonMissing, UnknownBatch
from surveys.fieldwork.surveying import DoorFacts

STATES = ("open", "closed", "void")


class Batch(Base):
    """Forms that one person entered through one door. A voided batch keeps its rows and leaves the count."""

    __tablename__ = "batch"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint(f"state IN {STATES}", name="state_is_known"),
        CheckConstraint("(state = 'void') = (reason <> '')", name="void_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    door_id: Mapped[int] = mapped_column(ForeignKey("door.id"), index=True)
    username: Mapped[str] = mapped_column(String(64), index=True)
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(8), default="open")
    reason: Mapped[str] = mapped_column(String(500), default="")


@dataclass(frozen=True)
class BatchVoided(AuditEvent):
    """A batch was taken out of the count, with all its forms."""

    round_code: str
    number: int
    reason: str


def open_batch(session: Session, round_: Round, door: DoorFacts, *, by: str, now: datetime) -> Batch:
    """Begin a batch under the round's next number, at a door whose answers are taken down. Raises RoundNotOpen."""
    refuse_unless_open(round_named(session, round_.code, lock=True), now)
    last = session.scalar(select(func.max(Batch.number)).where(Batch.round_id == round_.id))
    batch = Batch(round_id=round_.id, number=(last or 0) + 1, door_id=door.id, username=by, day=now.date())
    session.add(batch)
    session.flush()
    return batch


def batch_for(session: Session, batch_id: str, *, by: str, whole_agency: bool = False) -> Batch:
    """Return a batch by its public id: one's own, or any for the agency as a whole. Raises UnknownBatch."""
    wanted = select(Batch).where(Batch.public_id == batch_id)
    found = session.scalar(wanted if whole_agency else wanted.where(Batch.username == by))
    if found is None:
        raise UnknownBatch(batch_id)
    return found


def close_batch(session: Session, batch: Batch) -> None:
    """End a batch; it takes no more forms and counts. Raises BatchNotOpen."""
    if batch.state != "open":
        raise BatchNotOpen(batch.number, batch.state)
    batch.state = "closed"
    session.flush()


def void_batch(session: Session, batch: Batch, reason: str, *, by: str, now: datetime) -> None:
    """Take a batch out of the count for a reason; its forms are kept. Audited.

    Raises ReasonMissing, BatchNotOpen where it was voided before, RoundNotOpen: after the close an exclusion is an
    act of the office, not of the agency.
    """
    if not reason.strip():
        raise ReasonMissing
    if batch.state == "void":
        raise BatchNotOpen(batch.number, batch.state)
    round_ = session.get_one(Round, batch.round_id, with_for_update=True)
    refuse_unless_open(round_, now)
    batch.state, batch.reason = "void", reason.strip()[:500]
    session.flush()
    voided = BatchVoided(round_.code, batch.number, batch.reason)
    record(session, voided, by=by, now=now, subject=f"round {round_.code}")
