"""Who sees what when: the year's table, internal by default, asked wherever a result is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.events import record
from units.register_errors import NeedsSecondPerson, NeverShown
from units.register_events import ShowingChanged
from units.year import STAGES, Showing, Year

# At "tallied" the year is still being assessed, but its rounds are counted and the totals not yet checked.
TIMES = (*STAGES[:3], "tallied", *STAGES[3:])
ITEMS = (
    "return_counts",
    "lead_entries",
    "additions",
    "deductions",
    "satisfaction",
    "leader_satisfaction",
    "distributions",
    "panel_and_peers",
    "total_and_grade",
    "rank_in_category",
    "rank_overall",
    "rank_interval",
    "rater_statistics",
    "flag_counts",
    "excellent_units",
    "city_satisfaction",
    "improvements",
)
# The joint meeting has no account: it gets prints from whoever approves. "unit" and "lead" see their own alone,
# "units" is all of them.
AUDIENCES = ("public", "units", "unit", "lead", "agency", "office", "office_approve", "auditor")
# Whom no switch lets see an item.
NEVER = frozenset(
    (item, audience)
    for item, audiences in {
        "lead_entries": ("public", "units"),
        "additions": ("public",),
        "deductions": ("public", "units"),
        "leader_satisfaction": ("public", "units"),
        "distributions": ("public", "units"),
        "panel_and_peers": ("public", "units"),
        "rater_statistics": ("public", "units", "unit", "lead", "agency", "office"),
        "flag_counts": ("public", "units", "unit", "lead", "agency"),
    }.items()
    for audience in audiences
)

_COUNTED = ("tallied", "provisional", "final", "archived")
APPROVED = ("final", "archived")
"""Stages whose results a second person has approved."""
# item -> time -> audiences. Source: docs/rules.md, "Who sees what when". What is not here is not shown.
DEFAULTS: dict[str, dict[str, tuple[str, ...]]] = {
    "return_counts": {
        "assessing": ("office", "agency"),
        "tallied": ("office", "agency"),
        "provisional": ("office",),
        **dict.fromkeys(APPROVED, ("office", "units")),
    },
    "lead_entries": {
        "assessing": ("lead",),
        "tallied": ("office", "lead"),
        **dict.fromkeys(("provisional", *APPROVED), ("office", "lead", "unit")),
    },
    "additions": {
        "tallied": ("office",),
        **dict.fromkeys(("provisional", *APPROVED), ("office", "units")),
    },
    "deductions": {
        "tallied": ("office",),
        **dict.fromkeys(("provisional", *APPROVED), ("office", "unit")),
    },
    "satisfaction": {
        "tallied": ("office",),
        **dict.fromkeys(("provisional", *APPROVED), ("office", "unit")),
    },
    "leader_satisfaction": {
        **dict.fromkeys(("tallied", "provisional"), ("office",)),
        **dict.fromkeys(APPROVED, ("office", "unit")),
    },
    "distributions": {
        **dict.fromkeys(("tallied", "provisional"), ("office",)),
        **dict.fromkeys(APPROVED, ("office", "unit")),
    },
    "panel_and_peers": {
        "tallied": ("office",),
        **dict.fromkeys(("provisional", *APPROVED), ("office", "unit")),
    },
    "total_and_grade": {
        **dict.fromkeys(("tallied", "provisional"), ("office_approve", "auditor")),
        **dict.fromkeys(APPROVED, ("office", "office_approve", "auditor", "unit")),
    },
    "rank_in_category": dict.fromkeys(_COUNTED, ("office_approve", "auditor")),
    "rank_overall": dict.fromkeys(_COUNTED, ("office_approve", "auditor")),
    "rank_interval": dict.fromkeys(_COUNTED, ("office", "office_approve", "auditor")),
    "rater_statistics": dict.fromkeys(_COUNTED, ("auditor",)),
    "flag_counts": dict.fromkeys(_COUNTED, ("office", "auditor")),
}


def default_showings(year_id: int) -> Iterator[Showing]:
    """The rows that a new year's table begins with."""
    for item, times in DEFAULTS.items():
        for time, audiences in times.items():
            for audience in audiences:
                yield Showing(year_id=year_id, item=item, stage=time, audience=audience, shown=True)


def time_of(year: Year, *, counted: bool) -> str:
    """The column of the table (one of TIMES) that a year stands in.

    counted: the rounds in question are tallied; while the year is being assessed this opens the next column.
    """
    return "tallied" if year.stage == "assessing" and counted else year.stage


def shown_items(session: Session, year_id: int, time: str, *audiences: str) -> frozenset[str]:
    """The items that somebody who belongs to these audiences is shown at a time (one of TIMES)."""
    return frozenset(
        session.scalars(
            select(Showing.item).where(
                Showing.year_id == year_id,
                Showing.stage == time,
                Showing.audience.in_(audiences),
                Showing.shown,
            )
        )
    )


def showings_of(session: Session, year_id: int) -> frozenset[tuple[str, str, str]]:
    """The whole table of a year: (item, time, audience) of every cell that is on."""
    wanted = select(Showing.item, Showing.stage, Showing.audience).where(Showing.year_id == year_id, Showing.shown)
    return frozenset((item, time, audience) for item, time, audience in session.execute(wanted))


def change_showing(
    session: Session,
    year: Year,
    item: str,
    time: str,
    audience: str,
    shown: bool,
    *,
    by: str,
    approved_by: str,
    now: datetime,
) -> None:
    """Switch one cell of the table on or off.

    Raises NeverShown on a cell that the table doesn't have or that may not be switched on, NeedsSecondPerson.
    """
    if approved_by == by:
        raise NeedsSecondPerson
    refuse_never(item, time, audience, shown=shown)
    session.merge(Showing(year_id=year.id, item=item, stage=time, audience=audience, shown=shown))
    changed = ShowingChanged(year.year, item, time, audience, shown, approved_by)
    record(session, changed, by=by, now=now, subject=f"year {year.year}")


def refuse_never(item: str, time: str, audience: str, *, shown: bool) -> None:
    """Raise NeverShown on a cell that the table doesn't have, or that would be switched on but may not."""
    known = item in ITEMS and time in TIMES and audience in AUDIENCES
    if not known or (shown and (item, audience) in NEVER):
        raise NeverShown(item, audience)
