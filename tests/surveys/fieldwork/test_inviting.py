"""Letters for one way in."""

import re
from datetime import UTC, datetime

import pytest

from ballots.roll.drawing import draw
from ballots.roll.rights import drawn_counts
from rounds.errors import WrongState
from rounds.round import Round
from surveys.fieldwork.errors import UnknownDoor
from surveys.fieldwork.inviting import invite
from tests.factories import NOW
from tests.surveys.rounds import KEYS, draft_round, frozen_round, open_survey


def letters(session, form="q1_public", door="g1", number=2):
    survey = open_survey(session, form, units=3)
    return survey, invite(session, survey.round_code, door, number, KEYS, by="office", now=NOW)


def test_a_letter_opens_its_own_door(each_session):
    survey, made = letters(each_session)
    assert [letter.number for letter in made] == ["g1-0001", "g1-0002"]
    round_ = each_session.get_one(Round, survey.round_id)
    assert draw(each_session, round_, made[1].code, KEYS, now=NOW).door_code == "g1"


def test_a_form_about_one_unit_gets_so_many_letters_for_each_unit(session):
    _, made = letters(session, "q2_service", "online")
    assert [letter.unit_code for letter in made] == ["U001", "U001", "U002", "U002", "U003", "U003"]


def test_a_door_that_no_code_opens_gets_no_letter(session):
    with pytest.raises(UnknownDoor):
        letters(session, door="g8")


def test_a_draft_gets_no_letter(session):
    with pytest.raises(WrongState):
        invite(session, draft_round(session).code, "g1", 1, KEYS, by="office", now=NOW)


def test_the_command_prints_each_letter_once(app):
    sessions = app.extensions["pingyi"].sessions
    with sessions.begin() as session:
        round_ = frozen_round(session, units=3)
        round_.closes_at, round_id = datetime(2100, 1, 1, tzinfo=UTC), round_.id
    told = app.test_cli_runner().invoke(args=["invite", "q1-2016", "g2", "3"])
    assert told.exit_code == 0
    assert len(re.findall(r"^g2-000[123],(?:[0-9A-Z]{4}-){4}[0-9A-Z],$", told.output, re.MULTILINE)) == 3
    with sessions() as session:
        assert [(one.door_code, one.rights) for one in drawn_counts(session, round_id)] == [("g2", 3)]
    refused = app.test_cli_runner().invoke(args=["invite", "q1-2016", "open", "3"])
    assert refused.exit_code == 1
