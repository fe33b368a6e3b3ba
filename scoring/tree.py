"""The index tree of a year: indicators in three levels, lead departments, leaves that don't apply to a unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base
from scoring.errors import NoTree
from units.year import Year

LEAD, PANEL, SURVEY = "lead", "panel", "survey"
SOURCES = ("", LEAD, PANEL, SURVEY)
ROOT = "BASIC"


class Indicator(Base):
    """An indicator of one version of a year's tree.

    points: full marks; a parent's are the sum of its children's. source: how a level-2 indicator is scored; "" at the
    other levels. lead: who enters the score (level 3), or whose sheet stands beside the panel's (level 2); else "".
    """

    __tablename__ = "indicator"
    __table_args__ = (
        UniqueConstraint("year_id", "version", "code"),
        CheckConstraint("level BETWEEN 1 AND 3", name="three_levels"),
        CheckConstraint("points > 0", name="points_are_positive"),
        CheckConstraint(f"source IN {SOURCES}", name="source_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("evaluation_year.id", ondelete="CASCADE"))
    version: Mapped[int]
    code: Mapped[str] = mapped_column(String(32))
    parent_code: Mapped[str] = mapped_column(String(32), default="")
    level: Mapped[int]
    position: Mapped[int]
    name_zh: Mapped[str] = mapped_column(String(96))
    name_en: Mapped[str] = mapped_column(String(128))
    points: Mapped[Decimal]
    source: Mapped[str] = mapped_column(String(8), default="")
    leads: Mapped[list[str]] = mapped_column(JSON, default=list)
    lead: Mapped[str] = mapped_column(String(16), default="")


class Lead(Base):
    """A lead department of a year: an assessed unit that scores others on its indicators."""

    __tablename__ = "lead_department"

    year_id: Mapped[int] = mapped_column(ForeignKey("evaluation_year.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(96))
    name_en: Mapped[str] = mapped_column(String(160))
    unit_code: Mapped[str] = mapped_column(String(8))


class NotApplicable(Base):
    """A leaf that doesn't apply to a unit, by a document that says so; approved before the assessing begins."""

    __tablename__ = "not_applicable"

    year_id: Mapped[int] = mapped_column(ForeignKey("evaluation_year.id", ondelete="CASCADE"), primary_key=True)
    unit_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(32), primary_key=True)
    document_no: Mapped[str] = mapped_column(String(64))
    approved_by: Mapped[str] = mapped_column(String(64))
    approved_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator with its children, in order; the root stands for the basic assessment."""

    code: str
    level: int
    name_zh: str
    name_en: str
    points: Decimal
    source: str = ""
    lead: str = ""
    leads: tuple[str, ...] = ()
    children: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, parents before children."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def leaves(self) -> Iterator["Node"]:
        """The nodes that are scored by themselves: level 3 where a lead enters points, else level 2."""
        for node in self.walk():
            if node.source in (PANEL, SURVEY):
                yield node
            elif node.source == LEAD:
                yield from node.children


def tree_version(session: Session, year: Year) -> int:
    """The newest version of the year's tree, 0 before the first."""
    return session.scalar(select(func.max(Indicator.version)).where(Indicator.year_id == year.id)) or 0


def tree_of(session: Session, year: Year, version: int | None = None) -> Node:
    """The year's tree, newest version unless one is named. Raises NoTree."""
    newest = select(func.max(Indicator.version)).where(Indicator.year_id == year.id).scalar_subquery()
    wanted = select(Indicator).where(
        Indicator.year_id == year.id, Indicator.version == (newest if version is None else version)
    )
    found = session.scalars(wanted.order_by(Indicator.position)).all()
    if not found:
        raise NoTree(year.year)
    below: dict[str, list[Indicator]] = {}
    for indicator in found:
        below.setdefault(indicator.parent_code, []).append(indicator)

    def node(indicator: Indicator) -> Node:
        return Node(
            code=indicator.code,
            level=indicator.level,
            name_zh=indicator.name_zh,
            name_en=indicator.name_en,
            points=indicator.points,
            source=indicator.source,
            lead=indicator.lead,
            leads=tuple(indicator.leads),
            children=tuple(node(child) for child in below.get(indicator.code, [])),
        )

    tops = tuple(node(indicator) for indicator in below[""])
    return Node(ROOT, 0, "基本考核", "Basic assessment", sum((top.points for top in tops), Decimal(0)), children=tops)


def leads_of(session: Session, year: Year) -> dict[str, Lead]:
    """The year's lead departments by code."""
    found = session.scalars(select(Lead).where(Lead.year_id == year.id).order_by(Lead.code))
    return {lead.code: lead for lead in found}


def not_applicable_of(session: Session, year: Year) -> frozenset[tuple[str, str]]:
    """The year's matrix as pairs of indicator and unit code."""
    wanted = select(NotApplicable.indicator, NotApplicable.unit_code).where(NotApplicable.year_id == year.id)
    return frozenset((indicator, unit_code) for indicator, unit_code in session.execute(wanted))
