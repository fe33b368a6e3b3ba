"""Special items: additions and deductions, each resting on a document and on a second person's approval."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from accounts.approvals import refuse_one_person
from audit.events import record
from database.base import Base
from database.columns import public_id
from scoring.errors import NoDocument, NoSuchSpecial, SpecialOutOfRange, UnknownIndicator
from scoring.events import SpecialDecided, SpecialProposed
from units.year import Year

BONUS, DEDUCTION = "bonus", "deduction"
PROPOSED, COUNTED, REFUSED = "proposed", "counted", "refused"


class SpecialItem(Base):
    """A kind of addition or deduction in one year. direction: bonus, deduction or both; most: points at most."""

    __tablename__ = "special_item"
    __table_args__ = (CheckConstraint("direction IN ('bonus', 'deduction', 'both')", name="direction_is_known"),)

    year_id: Mapped[int] = mapped_column(ForeignKey("evaluation_year.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int]
    name_zh: Mapped[str] = mapped_column(String(96))
    name_en: Mapped[str] = mapped_column(String(160))
    direction: Mapped[str] = mapped_column(String(16))
    most: Mapped[Decimal]


class SpecialEntry(Base):
    """One addition to or deduction from one unit. matter: what happened; the same matter counts once.

    state: proposed, then counted or refused by a second person; never deleted.
    """

    __tablename__ = "special_entry"
    __table_args__ = (
        CheckConstraint("points > 0", name="points_are_positive"),
        CheckConstraint("direction IN ('bonus', 'deduction')", name="direction_is_known"),
        CheckConstraint("document_no <> ''", name="rests_on_a_document"),
        CheckConstraint("state IN ('proposed', 'counted', 'refused')", name="state_is_known"),
        CheckConstraint("decided_by IS NULL OR decided_by <> made_by", name="two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("evaluation_year.id"), index=True)
    unit_code: Mapped[str] = mapped_column(String(8))
    item: Mapped[str] = mapped_column(String(32))
    direction: Mapped[str] = mapped_column(String(16))
    points: Mapped[Decimal]
    matter: Mapped[str] = mapped_column(String(200))
    document_no: Mapped[str] = mapped_column(String(64))
    remark: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(16), default=PROPOSED)
    made_by: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(64))
    decided_at: Mapped[datetime | None]


def special_items(session: Session, year: Year) -> list[SpecialItem]:
    """The year's special items in their order."""
    wanted = select(SpecialItem).where(SpecialItem.year_id == year.id).order_by(SpecialItem.position)
    return list(session.scalars(wanted))


def special_entries(session: Session, year: Year, unit_code: str | None = None) -> list[SpecialEntry]:
    """All special entries of a year, or of one of its units, in the order in which they were made."""
    wanted = select(SpecialEntry).where(SpecialEntry.year_id == year.id).order_by(SpecialEntry.id)
    return list(session.scalars(wanted if unit_code is None else wanted.where(SpecialEntry.unit_code == unit_code)))


def propose_special(
    session: Session,
    year: Year,
    unit_code: str,
    item: str,
    points: Decimal,
    *,
    matter: str,
    document_no: str,
    direction: str = "",
    remark: str = "",
    by: str,
    now: datetime,
) -> SpecialEntry:
    """Enter an addition or a deduction; it counts once a second person has approved it.

    points: above 0, at most the item's, three decimals. direction: needed only where the item allows both.
    Raises UnknownIndicator, NoDocument, SpecialOutOfRange. Rule: docs/rules.md, "Special items".
    """
    kind = session.get(SpecialItem, (year.id, item))
    if kind is None:
        raise UnknownIndicator(item)
    if not document_no.strip():
        raise NoDocument(item)
    way = direction or kind.direction
    if not 0 < points <= kind.most or way not in (BONUS, DEDUCTION) or kind.direction not in (way, "both"):
        raise SpecialOutOfRange(item, f"{kind.most:f}")
    entry = SpecialEntry(
        year_id=year.id,
        unit_code=unit_code,
        item=item,
        direction=way,
        points=points,
        matter=matter.strip(),
        document_no=document_no.strip(),
        remark=remark.strip(),
        made_by=by,
        made_at=now,
    )
    session.add(entry)
    session.flush()
    proposed = SpecialProposed(unit_code, item, way, f"{points:.3f}", entry.document_no)
    record(session, proposed, by=by, now=now, subject=f"unit {unit_code}")
    return entry


def decide_special(session: Session, public_id: str, *, counts: bool, by: str, now: datetime) -> SpecialEntry:
    """Let a proposed entry count, or refuse it, as a second person.

    Raises NoSuchSpecial, SamePerson, MayNotApprove.
    """
    entry = session.scalar(
        select(SpecialEntry)
        .where(SpecialEntry.public_id == public_id, SpecialEntry.state == PROPOSED)
        .with_for_update()
    )
    if entry is None:
        raise NoSuchSpecial(public_id)
    refuse_one_person(session, entry.made_by, by)
    entry.state = COUNTED if counts else REFUSED
    entry.decided_by, entry.decided_at = by, now
    decided = SpecialDecided(entry.unit_code, entry.item, entry.state)
    record(session, decided, by=by, now=now, subject=f"unit {entry.unit_code}")
    return entry


def counting(entries: Sequence[SpecialEntry]) -> list[SpecialEntry]:
    """Those entries that a second person let count."""
    return [entry for entry in entries if entry.state == COUNTED]
