"""The auditor's look at one seat's sheets: names behind scores, recorded before they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from audit.looking import record_look
from review.panel.cells import SheetKey, latest_marks
from review.panel.errors import NoSeat
from review.panel.marks import Mark
from review.panel.seating import seats_of
from rounds.round import Round


@dataclass(frozen=True, slots=True)
class SeatSheets:
    """All that one seat entered: by sheet, then criterion."""

    username: str
    unit_code: str
    sealed_at: datetime | None
    marks: Mapping[SheetKey, Mapping[str, Mark]]


def look_at_sheets(
    session: Session, round_: Round, seat_code: str, purpose: str, *, by: str, now: datetime
) -> SeatSheets:
    """Show the sheets of one seat under its name. Raises NoSeat, PurposeMissing; audited."""
    seat = next((each for each in seats_of(session, round_.id) if each.code == seat_code), None)
    if seat is None:
        raise NoSeat(seat_code)
    record_look(session, "sheets", seat.username, purpose, subject=f"round {round_.code}", by=by, now=now)
    marks = latest_marks(session, round_.id, seat_code)
    return SeatSheets(seat.username, seat.unit_code, seat.sealed_at, dict(sorted(marks.items())))
