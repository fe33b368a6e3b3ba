"""The latest cells of sheets: a change is a new version, and the highest version counts."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from review.panel.marks import Mark
from review.panel.sheet import SheetCell


@dataclass(frozen=True, slots=True, order=True)
class SheetKey:
    """A sheet within its round."""

    seat_code: str
    unit_code: str
    object: str


class Cell(NamedTuple):
    """The latest version of one cell."""

    sheet: SheetKey
    criterion: str
    version: int
    mark: Mark
    at: datetime


def each_latest(
    session: Session, round_id: int, seat_code: str | None = None, unit_codes: Collection[str] | None = None
) -> Iterator[Cell]:
    """The latest version of every cell of a round, of one seat and of some units where given."""
    other = aliased(SheetCell)
    same_cell = and_(
        other.round_id == SheetCell.round_id,
        other.seat_code == SheetCell.seat_code,
        other.unit_code == SheetCell.unit_code,
        other.object == SheetCell.object,
        other.criterion == SheetCell.criterion,
    )
    newest = select(func.max(other.version)).where(same_cell).scalar_subquery()
    wanted = select(
        SheetCell.seat_code,
        SheetCell.unit_code,
        SheetCell.object,
        SheetCell.criterion,
        SheetCell.version,
        SheetCell.answer,
        SheetCell.points,
        SheetCell.at,
    ).where(SheetCell.round_id == round_id, SheetCell.version == newest)
    if seat_code is not None:
        wanted = wanted.where(SheetCell.seat_code == seat_code)
    if unit_codes is not None:
        wanted = wanted.where(SheetCell.unit_code.in_(unit_codes))
    for seat, unit, object_, criterion, version, answer, points, at in session.execute(wanted):
        yield Cell(SheetKey(seat, unit, object_), criterion, version, Mark(answer, points), at)


def latest_marks(
    session: Session, round_id: int, seat_code: str | None = None, unit_codes: Collection[str] | None = None
) -> dict[SheetKey, dict[str, Mark]]:
    """Latest marks by sheet and criterion, of a round, a seat or some units."""
    found: dict[SheetKey, dict[str, Mark]] = defaultdict(dict)
    for cell in each_latest(session, round_id, seat_code, unit_codes):
        found[cell.sheet][cell.criterion] = cell.mark
    return dict(found)
