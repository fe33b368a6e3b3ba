"""A frozen survey as its pages and desks use it: read once, kept in memory, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from rounds.errors import WrongState
from rounds.life import with_instrument
from rounds.round import Door, Round
from surveys.fieldwork.errors import UnknownDoor
from surveys.fieldwork.rules import SurveyRules, read_rules
from surveys.instruments.compiling import Plan, compile_form
from surveys.instruments.forms import Form
from surveys.instruments.freezing import Instrument, thaw
from surveys.instruments.reading import read_form


@dataclass(frozen=True, slots=True)
class DoorFacts:
    """A door as plain values. counted: whether its answers enter the score, or stand beside it."""

    id: int
    code: str
    channel: str
    group: str | None
    stratum: str | None
    degree: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """A frozen questionnaire with its doors and rules, compiled; safe to share between threads."""

    round_id: int
    round_code: str
    digest: str
    instrument: Instrument
    plan: Plan
    rules: SurveyRules
    doors: Mapping[str, DoorFacts]

    @property
    def form(self) -> Form:
        """The questionnaire."""
        return self.instrument.form

    def door(self, code: str, *degrees: str) -> DoorFacts:
        """Return a door of one of these degrees. Raises UnknownDoor."""
        found = self.doors.get(code)
        if found is None or found.degree not in degrees:
            raise UnknownDoor(self.round_code, code)
        return found

    def open_door(self) -> DoorFacts | None:
        """The door of the open link, or None where the round has none."""
        return next((door for door in self.doors.values() if door.degree == "open"), None)


def load_survey(session: Session, round_code: str) -> Survey:
    """Read a frozen survey; two statements, so keep the result as long as its digest stands.

    Raises UnknownRound; WrongState while the round is a draft.
    """
    return survey_of(with_instrument(session, round_code))


def survey_of(round_: Round) -> Survey:
    """Compile a frozen round. Raises WrongState while it is a draft."""
    if round_.instrument is None:
        raise WrongState(round_.code, round_.state, "load_survey")
    instrument = thaw(round_.instrument)
    return Survey(
        round_id=round_.id,
        round_code=round_.code,
        digest=round_.instrument_digest or "",
        instrument=instrument,
        plan=compile_form(instrument.form, [unit.code for unit in instrument.units]),
        rules=read_rules(round_.rules),
        doors={door.code: _facts(door) for door in round_.doors},
    )


def drafted_form(round_: Round) -> Form:
    """Read the form in a round's draft, put there as `form_document(form)`. Raises FormFaulty."""
    return read_form(round_.draft.get("form", {}), round_.draft.get("scales", {}))


def _facts(door: Door) -> DoorFacts:
    return DoorFacts(door.id, door.code, door.channel, door.group, door.stratum, door.degree, door.counted)
