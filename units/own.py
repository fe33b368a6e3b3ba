"""Which year and unit a unit's people work in."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from units.unit import Unit
from units.year import Year


def unit_at_work(session: Session, code: str) -> tuple[Year, Unit] | None:
    """The latest year past its preparation in which the unit is assessed, and the unit in it; None before that."""
    found = session.execute(
        select(Year, Unit)
        .join(Unit, Unit.year_id == Year.id)
        .where(Unit.code == code, Year.stage != "preparing")
        .order_by(Year.year.desc())
        .limit(1)
    ).one_or_none()
    return (found[0], found[1]) if found else None


def years_of(session: Session, code: str) -> list[tuple[Year, Unit]]:
    """Every year past its preparation in which the unit is assessed, the latest first."""
    rows = session.execute(
        select(Year, Unit)
        .join(Unit, Unit.year_id == Year.id)
        .where(Unit.code == code, Year.stage != "preparing")
        .order_by(Year.year.desc())
    )
    return [(row[0], row[1]) for row in rows]


def unit_in(session: Session, year: Year, code: str) -> Unit | None:
    """A unit of a year by its code."""
    return session.scalar(select(Unit).where(Unit.year_id == year.id, Unit.code == code))
