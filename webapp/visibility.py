"""Whether somebody is shown something now: the one question that pages, exports and prints ask."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from rounds.round import Round
from units.visibility import shown_items, time_of
from units.year import Year

COUNTED = frozenset({"tallied", "published", "archived"})
# Who sees what another audience sees, and more.
INCLUDES = {"office_approve": ("office_approve", "office"), "unit": ("unit", "units")}


def shows(session: Session, year: Year, item: str, audience: str, *, counted: bool | None = None) -> bool:
    """Tell whether an item of a year (one of `units.visibility.ITEMS`) is shown to an audience now.

    counted: whether the round in question is tallied; left out, whether all rounds of the year are.
    Rule: docs/rules.md, "Who sees what when".
    """
    return item in shown_now(session, year, audience, counted=counted)


def shown_now(session: Session, year: Year, audience: str, *, counted: bool | None = None) -> frozenset[str]:
    """All items of a year that are shown to an audience now; `counted` as in `shows`."""
    if counted is None:
        counted = year.stage == "assessing" and _all_counted(session, year)
    time = time_of(year, counted=counted)
    return shown_items(session, year.id, time, *INCLUDES.get(audience, (audience,)))


def _all_counted(session: Session, year: Year) -> bool:
    states = select(Round.state).where(Round.year_id == year.id, ~Round.rehearsal).distinct()
    found = set(session.scalars(states))
    return bool(found) and found <= COUNTED
