"""A whole year played on an empty database, and how well its standings recover the hidden truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scipy.stats import kendalltau
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from demo import scenes
from demo.accounts import passwords_for, write_accounts
from demo.calendar import Calendar, calendar_of
from demo.cast import Person, Player, cast_units, experts, people
from demo.entering import indicators
from demo.fieldwork import FULL_YEAR, Work, scaled
from demo.play import Choice, Play, year_row
from demo.truth import write_truth
from demo.world import World, make_world
from scoring.standings import Standing, standings_of
from units.year import Year
from webapp.extensions import House

LEAST_TAU = 0.7
FIRST_YEAR_WITH_FILES = 2016
"""The kept year is rows alone: no attachment could be restored with it."""


@dataclass
class AlreadyLoaded(Exception):
    """The database holds evaluation years."""

    years: str


@dataclass(frozen=True)
class Played:
    """What a simulation came to. digests: round code -> digest of its tally; tau: see `agreement`."""

    year: int
    digests: Mapping[str, str]
    version: int
    standings_digest: str
    tau: float


def simulate_year(
    house: House, choice: Choice, *, year: int, scale: float, tell: Callable[[str], None], archived: bool = False
) -> Played:
    """Play a year from its preparation to its approved standings, in one transaction; writes truth and accounts.

    scale: times the answers of a full year. Raises AlreadyLoaded on a database that holds a year.
    """
    calendar = calendar_of(year)
    play = make_play(house, choice, year, calendar, calendar.closes, scaled(FULL_YEAR, scale), tell)
    everybody = cast_people(play)
    tell(f"passwords for {len(everybody)} accounts")
    passwords = passwords_for(everybody)
    with house.writing() as session:
        refuse_loaded(session)
        scenes.prepare(session, play, everybody, {name: pair[1] for name, pair in passwords.items()})
        scenes.collect(session, play, all_done=True)
        scenes.freeze(session, play, seeded_salts=True)
        scenes.answer(session, play)
        scenes.review(session, play, all_done=True)
        scenes.close(session, play)
        digests = scenes.count(session, play)
        version = scenes.show_provisional(session, play)
        scenes.approve(session, play, version)
        if archived:
            scenes.archive(session, play, version)
        standings_digest = standings_of(session, year_row(session, year), version).digest
        tau = agreement(session, play, version)
    write_accounts(
        everybody, {name: pair[0] for name, pair in passwords.items()}, house.settings.var / "demo-accounts.csv"
    )
    write_truth(play.world, list(experts(play.players)), house.settings.var / "demo-truth.json")
    return Played(year, digests, version, standings_digest, tau)


def agreement(session: Session, play: Play, version: int) -> float:
    """Kendall's τ-b between a version's totals and the hidden truth, over units with a total; NaN below two."""
    year = year_row(session, play.year)
    wanted = select(Standing.unit_code, Standing.total).where(
        Standing.year_id == year.id, Standing.version == version
    )
    totals = session.execute(wanted).all()
    truth = dict(zip(play.world.codes, play.world.truth(), strict=True))
    both = [(float(total), truth[code]) for code, total in totals if total is not None]
    if len(both) < 2:
        return float("nan")
    return float(kendalltau(*zip(*both, strict=True)).statistic)


def refuse_loaded(session: Session) -> None:
    """Raise AlreadyLoaded where the database holds a year."""
    if session.scalar(select(exists().where(Year.id.is_not(None)))):
        years = session.scalars(select(Year.year).order_by(Year.year))
        raise AlreadyLoaded(", ".join(str(year) for year in years))


def make_play(
    house: House,
    choice: Choice,
    year: int,
    calendar: Calendar,
    until: datetime,
    works: Sequence[Work],
    tell: Callable[[str], None],
) -> Play:
    """Cast the units and draw the hidden truth; the same choice and year give the same ones."""
    players = cast_units(choice.names, choice.seed, choice.units)
    return Play(
        choice=choice,
        storage=house.storage,
        kinds=house.kinds,
        roll_keys=house.roll_keys,
        year=year,
        players=players,
        calendar=calendar,
        until=until,
        world=_world(choice.seed + year, players),
        works=works,
        with_files=year >= FIRST_YEAR_WITH_FILES,
        tell=tell,
    )


def _world(seed: int, players: Sequence[Player]) -> World:
    return make_world(
        seed,
        [player.code for player in players],
        [player.line.category for player in players],
        [bool(player.topics) for player in players],
        [place for place, player in enumerate(players) if player.sample],
        sum(player.nominates for player in players),
    )


def cast_people(play: Play) -> list[Person]:
    """Everybody with an account, the lead departments' included."""
    leads = {code: lead["zh"] for code, lead in indicators()["lead_departments"].items()}
    return list(people(play.players, leads))
