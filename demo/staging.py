"""The loaded year played on, stage by stage, by the same functions as the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from demo import scenes
from demo.calendar import Calendar
from demo.entering import decide_specials, enter_leads
from demo.fieldwork import FULL_YEAR, scaled
from demo.loading import ALL_UNITS, SHARE_SO_FAR
from demo.material import finish_material
from demo.play import Choice, Play
from demo.reading import STAGES
from demo.reviewing import cast_ballots, review_all
from demo.simulating import make_play
from rounds.life import rounds_of
from rounds.round import Round
from scoring.standings import newest_standings
from units.year import Year
from webapp.extensions import House

UNDER_WAY = ("assessing", "provisional", "final")


class NotLoaded(Exception):
    """No demonstrated year stands between assessing and archived."""


def play_on(house: House, name: str, *, now: datetime, tell: Callable[[str], None]) -> None:
    """Play the year that is under way on to one of STAGES, in one transaction; what was reached before stays.

    Raises NotLoaded.
    """
    with house.writing() as session:
        wanted = select(Year).where(Year.demonstration, Year.stage.in_(UNDER_WAY)).order_by(Year.year.desc())
        year = session.scalars(wanted.limit(1)).one_or_none()
        if year is None:
            raise NotLoaded
        rounds = rounds_of(session, year.id)
        play = _play(house, year, rounds, now, tell)
        reached = _reached(year, rounds)
        for step in STAGES[reached : STAGES.index(name) + 1]:
            _step(session, play, year, step)


def _reached(year: Year, rounds: list[Round]) -> int:
    """How many of STAGES lie behind."""
    if year.stage != "assessing":
        return STAGES.index(year.stage) + 1
    states = {round_.state for round_ in rounds}
    return 2 if states <= {"published"} else 1 if states <= {"closed", "tallied", "published"} else 0


def _step(session: Session, play: Play, year: Year, step: str) -> None:
    newest = newest_standings(session, year)
    version = newest.version if newest else 0
    match step:
        case "closed":
            finish(session, play)
            scenes.close(session, play)
        case "tallied":
            scenes.count(session, play)
        case "provisional":
            scenes.show_provisional(session, play)
        case "final":
            scenes.approve(session, play, version)
        case "archived":
            scenes.archive(session, play, version)


def finish(session: Session, play: Play) -> None:
    """Let everybody do what is left: answer, review, grade, enter, decide, hand in."""
    finish_material(session, play)
    scenes.answer(session, play)
    play.tell("experts, units and leads finish")
    review_all(session, play)
    cast_ballots(session, play, all_done=True)
    enter_leads(session, play, all_done=True)
    decide_specials(session, play)


def _play(house: House, year: Year, rounds: list[Round], now: datetime, tell: Callable[[str], None]) -> Play:
    choice = Choice(**year.rules["demonstration"])
    opens = min(round_.opens_at for round_ in rounds)
    calendar = Calendar(
        begins=opens,
        collects=opens,
        freezes=opens,
        opens=opens,
        closes=now,
        counted=now,
        provisional=now,
        final=now,
        archived=now,
    )
    rest = (1 - SHARE_SO_FAR) * (choice.units or ALL_UNITS) / ALL_UNITS
    play = make_play(house, choice, year.year, calendar, now, scaled(FULL_YEAR, rest, wave=2), tell)
    return replace(play, with_files=False)
