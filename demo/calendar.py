"""When things happen in a demonstrated year: real instants, all in UTC, for the acts that take `now`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Calendar:
    """The instants of one year, in order.

    begins: units and accounts are made; collects: material comes in; freezes, opens, closes: all five rounds;
    counted, provisional, final, archived: the acts after the close.
    """

    begins: datetime
    collects: datetime
    freezes: datetime
    opens: datetime
    closes: datetime
    counted: datetime
    provisional: datetime
    final: datetime
    archived: datetime


def calendar_of(year: int) -> Calendar:
    """The calendar of a year that was played in its own time: three weeks of December, approval in March."""
    return Calendar(
        begins=datetime(year, 9, 7, 1, tzinfo=UTC),
        collects=datetime(year, 11, 2, 1, tzinfo=UTC),
        freezes=datetime(year, 11, 27, 2, tzinfo=UTC),
        opens=datetime(year, 12, 1, 0, tzinfo=UTC),
        closes=datetime(year, 12, 21, 10, tzinfo=UTC),
        counted=datetime(year + 1, 1, 11, 2, tzinfo=UTC),
        provisional=datetime(year + 1, 1, 20, 2, tzinfo=UTC),
        final=datetime(year + 1, 3, 4, 2, tzinfo=UTC),
        archived=datetime(year + 1, 3, 18, 2, tzinfo=UTC),
    )


def calendar_around(now: datetime) -> Calendar:
    """A calendar whose window lies around `now`: opened six days ago, closing in two weeks at midnight in Suzhou."""
    day = now.replace(minute=0, second=0, microsecond=0)
    midnight = day.replace(hour=16)
    return Calendar(
        begins=day - timedelta(days=60),
        collects=day - timedelta(days=40),
        freezes=day - timedelta(days=8),
        opens=day - timedelta(days=6),
        closes=midnight + timedelta(days=14),
        counted=day + timedelta(days=17),
        provisional=day + timedelta(days=20),
        final=day + timedelta(days=50),
        archived=day + timedelta(days=60),
    )
