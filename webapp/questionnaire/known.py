"""Frozen surveys as this process knows them, so that a warm page asks the database nothing."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock

from flask import current_app
from sqlalchemy.orm import Session

from rounds.errors import UnknownRound
from rounds.instants import state_at
from rounds.life import round_named, with_instrument
from rounds.round import Round
from surveys.fieldwork.surveying import Survey, survey_of
from surveys.instruments.compiling import Plan, compile_form
from surveys.instruments.forms import Section
from surveys.instruments.freezing import UnitFacts
from units.searching import UnitCard, WorkingYear, latest_year, matching, unit_cards
from webapp.questionnaire.screens import parts

FRESH = timedelta(seconds=10)
"""How long a round's hours are believed without asking again. What is stored, the database decides."""


@dataclass(frozen=True)
class Known:
    """A frozen survey, its round (detached), the words by which its units are found, the year for the page's head."""

    round: Round
    survey: Survey
    cards: tuple[UnitCard, ...]
    year: WorkingYear | None

    @cached_property
    def units(self) -> dict[str, UnitFacts]:
        """The units by code, in the order of the list."""
        return {unit.code: unit for unit in self.survey.instrument.units}

    @cached_property
    def first(self) -> tuple[Section, ...]:
        """The sections of the first page; empty where the questionnaire has one page alone."""
        return parts(self.survey.form)[0]

    @cached_property
    def rest(self) -> tuple[Section, ...]:
        """The sections of the page that depends on what the first one was answered."""
        return parts(self.survey.form)[1]

    @cached_property
    def first_plan(self) -> Plan:
        """The table by which the first page is checked before the second is handed out."""
        return compile_form(replace(self.survey.form, sections=self.first, closing=()), tuple(self.units))

    @cached_property
    def pickers(self) -> tuple[str, ...]:
        """The questions whose units are asked about one by one."""
        return tuple(section.foreach for section in self.rest if section.foreach)

    @cached_property
    def long_grids(self) -> tuple[str, ...]:
        """The questions that ask a grade of every unit of the round."""
        return tuple(item.id for _section, item in self.survey.form.items() if item.rows_from == "all_units")

    def state(self, now: datetime) -> str:
        """The round's state at an instant, as far as this process knows."""
        return state_at(self.round, now)

    def found(self, words: str) -> list[UnitFacts]:
        """The units that `words` may mean, the likeliest first."""
        return [self.units[card.code] for card in matching(self.cards, words) if card.code in self.units]

    def found_by(self, code: str) -> str:
        """The words by which a page's script finds a unit beside the name it shows, with bars between them."""
        card = self._cards.get(code)
        words = () if card is None else (card.name_zh, card.pinyin, card.initials, *card.topics)
        return "|".join(dict.fromkeys(word.casefold() for word in words if word))

    @cached_property
    def _cards(self) -> dict[str, UnitCard]:
        return {card.code: card for card in self.cards}


@dataclass(slots=True)
class Surveys:
    """The surveys that one process has read."""

    kept: dict[str, tuple[datetime, Known]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def get(self, session: Session, code: str, *, now: datetime) -> Known:
        """The survey of a round: no statement while fresh, one to ask whether it changed, else a few to read it.

        Raises UnknownRound, also where it is a draft or no survey.
        """
        with self.lock:
            since, known = self.kept.get(code, (None, None))
        if known is not None and since is not None and since <= now < since + FRESH:
            return known
        round_ = round_named(session, code)
        if known is None or known.survey.digest != round_.instrument_digest:
            known = _read(session, code)
        else:
            session.expunge(round_)
            known = Known(round_, known.survey, known.cards, known.year)
        with self.lock:
            self.kept[code] = (now, known)
        return known


def known_surveys() -> Surveys:
    """The surveys that this application's process has read."""
    found: Surveys = current_app.extensions["pingyi_surveys"]
    return found


def _read(session: Session, code: str) -> Known:
    round_ = with_instrument(session, code)
    if round_.kind != "survey" or round_.instrument is None:
        raise UnknownRound(code)
    survey = survey_of(round_)
    cards = tuple(unit_cards(session, round_.year_id))
    session.expunge(round_)
    return Known(round_, survey, cards, latest_year(session))
