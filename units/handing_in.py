"""How far units are with what they hand in: counts for the office, never a text."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from units.matters import AssignedMatter
from units.papers import Paper
from units.submissions import Submission
from units.unit import Unit


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One unit: kinds of papers handed in, assigned matters and those answered, entries beyond their draft."""

    unit_code: str
    name_zh: str
    name_en: str
    papers: frozenset[str]
    matters: int
    answered: int
    entries: int


def handed_in(session: Session, year_id: int) -> list[HandedIn]:
    """All units of a year in protocol order; four statements whatever their number."""
    papers: dict[int, set[str]] = {}
    for unit_id, kind in session.execute(select(Paper.unit_id, Paper.kind).where(Paper.state == "handed_in")):
        papers.setdefault(unit_id, set()).add(kind)
    answered = func.sum(case((AssignedMatter.answered_at.is_not(None), 1), else_=0))
    asked = select(AssignedMatter.unit_id, func.count(), answered).group_by(AssignedMatter.unit_id)
    matters = {unit_id: (number, done) for unit_id, number, done in session.execute(asked)}
    handed = select(Submission.unit_id, func.count()).where(Submission.state != "draft").group_by(Submission.unit_id)
    entries = {row[0]: row[1] for row in session.execute(handed)}
    units = session.scalars(select(Unit).where(Unit.year_id == year_id).order_by(Unit.position, Unit.code))
    return [
        HandedIn(
            unit.code,
            unit.short_name_zh,
            unit.name_en,
            frozenset(papers.get(unit.id, ())),
            *matters.get(unit.id, (0, 0)),
            entries.get(unit.id, 0),
        )
        for unit in units
    ]
