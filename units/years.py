"""Finding an evaluation year."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from units.year import Year


def all_years(session: Session) -> list[Year]:
    """Every year, the latest first."""
    return list(session.scalars(select(Year).order_by(Year.year.desc())))


def year_of(session: Session, number: int | None = None) -> Year | None:
    """The year of a number, or the latest; whatever its stage. None where there is none."""
    wanted = select(Year).order_by(Year.year.desc()).limit(1)
    return session.scalar(wanted if number is None else wanted.where(Year.year == number))
