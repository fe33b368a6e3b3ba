"""What the office has to do with the rounds of a year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rounds.queries import RoundLine

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RoundTask:
    """One thing to do with a round. what: freeze, close, tally or publish. late: its hour has passed."""

    what: str
    line: RoundLine
    late: bool = False


def round_tasks(lines: Sequence[RoundLine], asked: Collection[str], *, now: datetime) -> list[RoundTask]:
    """What is due: drafts that open within a week, and what is closed but not recorded, counted or published.

    asked: subjects of requests that already wait for the second person; these need nothing more from the maker.
    """
    return [task for line in lines if line.code not in asked for task in _tasks(line, now)]


def _tasks(line: RoundLine, now: datetime) -> Iterator[RoundTask]:
    if line.recorded_state == "draft" and line.opens_at - now < SOON:
        yield RoundTask("freeze", line, late=line.opens_at <= now)
    elif line.state == "closed" and line.recorded_state != "closed":
        yield RoundTask("close", line)
    elif line.state in ("closed", "unsealed"):
        yield RoundTask("tally", line)
    elif line.state == "tallied" and not line.rehearsal:
        yield RoundTask("publish", line)
