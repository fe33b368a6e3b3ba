"""Standings: a version holds, for every unit, each node of the tree, the special items, total and ranks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from audit.events import record
from database.base import Base
from database.canonical import digest
from scoring.errors import NoStandings
from scoring.events import StandingsComputed
from scoring.gathering import Gathered, gather
from scoring.points import ABSENT, Scored, Special, score_unit, special_total
from scoring.ranks import competition_ranks
from scoring.specials import BONUS, DEDUCTION, SpecialEntry
from scoring.tree import ROOT
from units.year import Year


class Standings(Base):
    """One version of a year's standings; never changed, except that a second person approves it once.

    inputs: which versions went in, with their digests: the tree, rounds, leads' entries; and the rules.
    """

    __tablename__ = "standings"

    year_id: Mapped[int] = mapped_column(ForeignKey("evaluation_year.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(String(64))
    approved_at: Mapped[datetime | None]
    document_no: Mapped[str] = mapped_column(String(64), default="")


class Standing(Base):
    """One unit in one version. total is None where something is missing; then it is listed apart, without a rank.

    bonus, deduction: what counts; the uncapped sums beside them. missing: codes of the indicators without points.
    """

    __tablename__ = "standing"
    __table_args__ = (ForeignKeyConstraint(["year_id", "version"], ["standings.year_id", "standings.version"]),)

    year_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    category: Mapped[str] = mapped_column(String(32))
    ranked: Mapped[bool]
    basic: Mapped[Decimal | None]
    bonus: Mapped[Decimal]
    bonus_uncapped: Mapped[Decimal]
    deduction: Mapped[Decimal]
    deduction_uncapped: Mapped[Decimal]
    total: Mapped[Decimal | None]
    rank_category: Mapped[int | None]
    rank_overall: Mapped[int | None]
    missing: Mapped[list[str]] = mapped_column(JSON)


class ScoreNode(Base):
    """The points of one unit on one indicator in one version, with the rule and the numbers that made them."""

    __tablename__ = "score_node"
    __table_args__ = (ForeignKeyConstraint(["year_id", "version"], ["standings.year_id", "standings.version"]),)

    year_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[Decimal | None]
    rule: Mapped[str] = mapped_column(String(32))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


_COLUMNS = tuple(column.key for column in Standing.__table__.columns if column.key not in ("year_id", "version"))


@dataclass(frozen=True)
class Result:
    """One unit as computed: its nodes and what they and the special items come to."""

    unit_code: str
    category: str
    ranked: bool
    nodes: Mapping[str, Scored]
    bonus: Decimal
    bonus_uncapped: Decimal
    deduction: Decimal
    deduction_uncapped: Decimal

    @property
    def basic(self) -> Decimal | None:
        """The basic assessment, None where something is missing."""
        return self.nodes[ROOT].value

    @property
    def total(self) -> Decimal | None:
        """Basic points plus additions minus deductions, as capped; None where the basic points are."""
        return None if self.basic is None else self.basic + self.bonus - self.deduction

    @property
    def lacks(self) -> list[str]:
        """The leaves without points that keep the total away."""
        return [node.code for node in self.nodes.values() if node.rule in ABSENT and "missing" not in node.facts]


def compute_standings(session: Session, year: Year, *, by: str, now: datetime) -> int:
    """Compute the year's standings from what counts now and store them; return the version.

    The same inputs and results as in the newest version add none. Raises NoTree.
    Rule: docs/rules.md, "From tally to points", "Special items", "Ranks".
    """
    session.refresh(year, with_for_update=True)  # one computation of a year after the other
    gathered = gather(session, year)
    results = _results(gathered)
    rows = _rows(results)
    fresh = digest([gathered.inputs, _by_unit(rows)])
    newest = newest_standings(session, year)
    if newest is not None and newest.digest == fresh:
        return newest.version
    version = newest.version + 1 if newest else 1
    session.add(
        Standings(year_id=year.id, version=version, digest=fresh, inputs=gathered.inputs, made_by=by, made_at=now)
    )
    session.flush()
    place = {"year_id": year.id, "version": version}
    if rows:
        session.execute(insert(Standing), [row | place for row in rows])
        session.execute(insert(ScoreNode), [node | place for result in results for node in _nodes(result)])
    record(session, StandingsComputed(year.year, version, fresh), by=by, now=now, subject=f"year {year.year}")
    return version


def digest_of_standings(inputs: Mapping[str, Any], rows: Sequence[Standing]) -> str:
    """The digest of a stored version: over what went in and every unit's row, in the order of codes."""
    return digest([dict(inputs), _by_unit([{name: getattr(row, name) for name in _COLUMNS} for row in rows])])


def _by_unit(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return sorted((dict(row) for row in rows), key=lambda row: str(row["unit_code"]))


def newest_standings(session: Session, year: Year, *, approved: bool = False) -> Standings | None:
    """The newest version of a year's standings, or the newest that was approved; None where there is none."""
    wanted = select(Standings).where(Standings.year_id == year.id).order_by(Standings.version.desc()).limit(1)
    return session.scalar(wanted.where(Standings.approved_by.is_not(None)) if approved else wanted)


def standings_of(session: Session, year: Year, version: int | None = None) -> Standings:
    """One version of a year's standings, else the newest. Raises NoStandings."""
    found = newest_standings(session, year) if version is None else session.get(Standings, (year.id, version))
    if found is None:
        raise NoStandings(year.year, version)
    return found


def _results(gathered: Gathered) -> list[Result]:
    rules = gathered.evidence.rules
    results = []
    for unit in gathered.units:
        special = [_special(gathered, entry) for entry in gathered.specials.get(unit.code, [])]
        bonus = special_total(special, BONUS, rules.cap_bonus)
        deduction = special_total(special, DEDUCTION, rules.cap_deduction)
        results.append(
            Result(
                unit_code=unit.code,
                category=unit.category,
                ranked=unit.ranked,
                nodes=score_unit(gathered.tree, unit.code, gathered.evidence),
                bonus=bonus.counted,
                bonus_uncapped=bonus.uncapped,
                deduction=deduction.counted,
                deduction_uncapped=deduction.uncapped,
            )
        )
    return results


def _special(gathered: Gathered, entry: SpecialEntry) -> Special:
    return Special(
        entry.item, entry.direction, entry.points, entry.matter, gathered.most.get(entry.item, entry.points)
    )


def _rows(results: list[Result]) -> list[dict[str, Any]]:
    """The results as stored, with ranks: in each category and over all, of the ranked units that have a total."""
    totals = {result.unit_code: result.total for result in results if result.ranked and result.total is not None}
    overall = competition_ranks(totals)
    within: dict[str, int] = {}
    for category in {result.category for result in results}:
        mine = {result.unit_code for result in results if result.category == category}
        within |= competition_ranks({code: total for code, total in totals.items() if code in mine})
    return [
        {
            "unit_code": result.unit_code,
            "category": result.category,
            "ranked": result.ranked,
            "basic": result.basic,
            "bonus": result.bonus,
            "bonus_uncapped": result.bonus_uncapped,
            "deduction": result.deduction,
            "deduction_uncapped": result.deduction_uncapped,
            "total": result.total,
            "rank_category": within.get(result.unit_code),
            "rank_overall": overall.get(result.unit_code),
            "missing": [] if result.total is not None else result.lacks,
        }
        for result in results
    ]


def _nodes(result: Result) -> list[dict[str, Any]]:
    return [
        {
            "unit_code": result.unit_code,
            "code": node.code,
            "value": node.value,
            "rule": node.rule,
            "facts": dict(node.facts),
        }
        for node in result.nodes.values()
    ]
