"""What the agency may see of a round: the doors through which it takes forms down, and their words."""

from rounds.instants import state_at
from rounds.life import rounds_of
from rounds.round import Round
from surveys.fieldwork.surveying import DoorFacts
from webapp.clock import clock
from webapp.extensions import db
from webapp.language import listed
from webapp.questionnaire.known import Known, known_surveys
from webapp.words.fieldwork import CHANNELS, GROUPS, STRATA

SPOKEN = ("C4_PHONE", "C5_WINDOW", "C6_STREET")
"""Channels in which an interviewer reads the questions out."""
AT_WORK = ("frozen", "open", "closed", "tallied")


def taken_down(known: Known) -> list[DoorFacts]:
    """The doors of a survey whose forms the agency types."""
    return [door for door in known.survey.doors.values() if door.degree == "taken_down"]


def door_words(channel: str, group: str | None, stratum: str | None) -> str:
    """A door as people name it: channel, group, else the stratum."""
    who = GROUPS.get(group or "", group) if group else STRATA.get(stratum or "", stratum)
    return listed([str(CHANNELS.get(channel, channel)), *([str(who)] if who else [])])


def surveys_at_work() -> list[Known]:
    """Surveys that have a door for the agency, from the freeze to the publication; those open now first."""
    known = [known_surveys().get(db.session(), round_.code, now=clock()) for round_ in _unpublished()]
    mine = [survey for survey in known if taken_down(survey)]
    return sorted(mine, key=lambda survey: survey.state(clock()) != "open")


def _unpublished() -> list[Round]:
    surveys = [round_ for round_ in rounds_of(db.session()) if round_.kind == "survey"]
    return [round_ for round_ in surveys if state_at(round_, clock()) in AT_WORK]
