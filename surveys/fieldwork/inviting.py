"""Letters with codes for one way into a frozen questionnaire."""

from datetime import datetime

from sqlalchemy.orm import Session

from ballots.roll.rights import Letter, RollKeys, issue_letters
from rounds.life import with_instrument
from rounds.round import Door
from surveys.fieldwork.surveying import survey_of


def invite(
    session: Session, round_code: str, door_code: str, number: int, keys: RollKeys, *, by: str, now: datetime
) -> list[Letter]:
    """Make `number` letters for a door; where the questionnaire is about one unit, so many for each unit.

    The letters are shown once: no code is stored. Raises UnknownRound, UnknownDoor where codes don't open that door,
    WrongState while the round is a draft or once it is closed. Audited.
    """
    round_ = with_instrument(session, round_code)
    survey = survey_of(round_)
    door = session.get_one(Door, survey.door(door_code, "procedural").id)
    units = [unit.code for unit in survey.instrument.units] if survey.form.preset_unit else [None]
    return issue_letters(session, round_, door, [unit for unit in units for _ in range(number)], keys, by=by, now=now)
