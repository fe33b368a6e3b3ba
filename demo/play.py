"""What every scene of a demonstrated year needs: databases, storage, who plays, when, and the hidden truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ballots.roll.rights import RollKeys
from demo.calendar import Calendar
from demo.cast import Player
from demo.fieldwork import Work
from demo.world import World
from rounds.kinds import Kinds
from storage.folder import Storage
from units.unit import Unit
from units.year import Year

MAKER, CHECKER, APPROVER = "office", "office-check", "office-approve"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the operator chose: seed, "alias" or "real" names, and how many units (None: all)."""

    seed: int
    names: str = "alias"
    units: int | None = None

    def story(self, told: str) -> str:
        """What is told beside something bad: nothing where it falls on a real name."""
        return told if self.names == "alias" else "演示"


@dataclass(frozen=True)
class Play:
    """One year on stage.

    until: the instant up to which things have happened: the close, or now. works: the fieldwork to be done.
    with_files: whether entries get attachments. tell: prints a line of progress.
    """

    choice: Choice
    storage: Storage
    kinds: Kinds
    roll_keys: RollKeys
    year: int
    players: Sequence[Player]
    calendar: Calendar
    until: datetime
    world: World
    works: Sequence[Work]
    with_files: bool
    tell: Callable[[str], None]

    def at(self, share: float) -> datetime:
        """The instant when a share (0 to 1) of the window so far has passed; never its end."""
        return self.calendar.opens + (self.until - self.calendar.opens) * min(share, 0.999)

    def code(self, kind: str) -> str:
        """The code of one of the year's rounds: q1 -> q1-2016."""
        return f"{kind}-{self.year}"


def year_row(session: Session, year: int) -> Year:
    """The row of a year that was set on stage."""
    return session.scalars(select(Year).where(Year.year == year)).one()


def unit_rows(session: Session, year: int) -> list[Unit]:
    """The units of a year in protocol order: the same positions as in the world's lists."""
    wanted = select(Unit).join(Year, Year.id == Unit.year_id).where(Year.year == year).order_by(Unit.position)
    return list(session.scalars(wanted))
