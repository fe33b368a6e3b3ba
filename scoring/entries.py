"""What lead departments enter: files in versions, of which the newest confirmed one counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base
from database.canonical import digest
from database.columns import public_id
from scoring.errors import UnknownLead
from scoring.points import SUBSTITUTE, PointRules
from scoring.tree import LEAD, PANEL, Lead, Node, leads_of, not_applicable_of, tree_of
from units.unit import Unit
from units.year import Year

DRAFT, SENT, CONFIRMED = "draft", "sent", "confirmed"
ACCOUNT, PAPER = "account", "paper"
TAKES_ENTRIES = ("collecting", "assessing", "provisional")
"""Stages of the year in which leads enter and correct."""
LONGEST_REASON, LONGEST_BASIS = 500, 200


class LeadFile(Base):
    """One version of what a lead enters for a year; kept for good, its entries never changed.

    corrects: the confirmed version of which this is a correction, 0 for none; why: its reason. way: how the head
    confirmed: in the own account, or on a printed form whose scan is kept (then confirmed_by is the signer's name).
    """

    __tablename__ = "lead_file"
    __table_args__ = (
        UniqueConstraint("year_id", "lead", "version"),
        CheckConstraint("state IN ('draft', 'sent', 'confirmed')", name="state_is_known"),
        CheckConstraint("(state = 'confirmed') = (confirmed_by IS NOT NULL)", name="confirmed_by_somebody"),
        CheckConstraint("way = 'paper' OR confirmed_by IS NULL OR confirmed_by <> made_by", name="two_people"),
        CheckConstraint("way <> 'paper' OR scan IS NOT NULL", name="paper_has_a_scan"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("evaluation_year.id"))
    lead: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default=DRAFT)
    digest: Mapped[str] = mapped_column(String(64))
    corrects: Mapped[int] = mapped_column(default=0)
    why: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(String(64))
    confirmed_at: Mapped[datetime | None]
    way: Mapped[str] = mapped_column(String(16), default=ACCOUNT)
    scan: Mapped[str | None] = mapped_column(String(64))


class LeadEntry(Base):
    """What one version says of one indicator and one unit. points is None exactly where it doesn't apply."""

    __tablename__ = "lead_entry"
    __table_args__ = (CheckConstraint("applicable = (points IS NOT NULL)", name="points_where_applicable"),)

    file_id: Mapped[int] = mapped_column(ForeignKey("lead_file.id", ondelete="CASCADE"), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(32), primary_key=True)
    unit_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    points: Mapped[Decimal | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(Text, default="")
    applicable: Mapped[bool] = mapped_column(default=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell as it is entered: points (None where not applicable), and reason and basis of a deduction."""

    indicator: str
    unit_code: str
    points: Decimal | None
    reason: str = ""
    basis: str = ""

    @property
    def applicable(self) -> bool:
        """Whether the leaf applies to the unit."""
        return self.points is not None


@dataclass(frozen=True)
class LeadSheet:
    """What one lead has to fill: its items, the units in protocol order, and what each cell asks for.

    stands_in: cells that it fills in another lead's place. reviews: whether it also fills sheets beside the panel's.
    """

    lead: Lead
    items: tuple[Node, ...]
    units: tuple[Unit, ...]
    not_applicable: frozenset[tuple[str, str]]
    stands_in: frozenset[tuple[str, str]]
    reviews: bool

    def asks(self, indicator: str, unit_code: str) -> str:
        """What a cell takes: "points", "not_applicable", "own" (another scores it) or "nothing"."""
        item = next(item for item in self.items if item.code == indicator)
        if item.lead == self.lead.code and unit_code == self.lead.unit_code:
            return "own"
        if item.lead != self.lead.code and (indicator, unit_code) not in self.stands_in:
            return "nothing"
        return "not_applicable" if (indicator, unit_code) in self.not_applicable else "points"

    def only_for(self, item: Node) -> list[Unit]:
        """The units whose row this lead fills on another lead's item; empty for an item of its own."""
        return [unit for unit in self.units if (item.code, unit.code) in self.stands_in]

    def asked(self) -> Iterable[tuple[Node, str]]:
        """Every cell that must be filled, unit by unit."""
        for unit in self.units:
            for item in self.items:
                if self.asks(item.code, unit.code) in ("points", "not_applicable"):
                    yield item, unit.code


def lead_sheet(session: Session, year: Year, lead_code: str) -> LeadSheet:
    """What a lead has to fill, from the tree, the matrix and the year's rule for own rows.

    Raises UnknownLead, NoTree.
    """
    leads = leads_of(session, year)
    if lead_code not in leads:
        raise UnknownLead(lead_code)
    rules = PointRules.of(year.rules)
    leaves = list(tree_of(session, year).leaves)
    entered = [leaf for leaf in leaves if leaf.level == 3 and leaf.lead]
    helped = {
        other.code: other.unit_code
        for other in leads.values()
        if rules.own_rows.get(other.code) == SUBSTITUTE and rules.substitutes.get(other.code) == lead_code
    }
    units = session.scalars(select(Unit).where(Unit.year_id == year.id).order_by(Unit.position))
    return LeadSheet(
        lead=leads[lead_code],
        items=tuple(leaf for leaf in entered if leaf.lead == lead_code or leaf.lead in helped),
        units=tuple(units),
        not_applicable=not_applicable_of(session, year),
        stands_in=frozenset((leaf.code, helped[leaf.lead]) for leaf in entered if leaf.lead in helped),
        reviews=any(leaf.source == PANEL and leaf.lead == lead_code for leaf in leaves),
    )


def entries_digest(entries: Iterable[Entry]) -> str:
    """Digest over all cells of a file, in a fixed order; it is printed on the form that the head signs."""
    cells = sorted((e.indicator, e.unit_code, e.points, e.reason, e.basis) for e in entries)
    return digest([list(cell) for cell in cells])


def file_of(session: Session, year: Year, lead: str, *, state: str | None = None) -> LeadFile | None:
    """The newest version of a lead's entries, or the newest in one state; None where there is none."""
    wanted = select(LeadFile).where(LeadFile.year_id == year.id, LeadFile.lead == lead)
    if state is not None:
        wanted = wanted.where(LeadFile.state == state)
    return session.scalar(wanted.order_by(LeadFile.version.desc()).limit(1))


def files_of(session: Session, year: Year, lead: str | None = None) -> list[LeadFile]:
    """Every version of a lead's entries, newest first; without a lead, of all leads."""
    wanted = select(LeadFile).where(LeadFile.year_id == year.id).order_by(LeadFile.lead, LeadFile.version.desc())
    return list(session.scalars(wanted if lead is None else wanted.where(LeadFile.lead == lead)))


def entries_of(session: Session, file: LeadFile) -> list[Entry]:
    """The cells of one version."""
    wanted = select(LeadEntry).where(LeadEntry.file_id == file.id).order_by(LeadEntry.unit_code, LeadEntry.indicator)
    return [Entry(row.indicator, row.unit_code, row.points, row.reason, row.basis) for row in session.scalars(wanted)]


def confirmed_files(session: Session, year: Year) -> dict[str, LeadFile]:
    """For each lead the version that counts: the newest confirmed."""
    newest: dict[str, LeadFile] = {}
    for file in files_of(session, year):
        if file.state == CONFIRMED:
            newest.setdefault(file.lead, file)
    return newest


def entries_in(session: Session, files: Sequence[LeadFile]) -> list[tuple[LeadFile, LeadEntry]]:
    """The cells of several versions, each with its file; one statement."""
    by_id = {file.id: file for file in files}
    rows = session.scalars(select(LeadEntry).where(LeadEntry.file_id.in_(by_id)))
    return [(by_id[row.file_id], row) for row in rows]


def scored_by_leads(tree: Node) -> dict[str, Node]:
    """The level-3 items that leads enter, by code."""
    return {leaf.code: leaf for node in tree.walk() if node.source == LEAD for leaf in node.children}
