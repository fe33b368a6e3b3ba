"""What a questionnaire needs before its freeze, and what the freeze fixes."""

import json

import pytest
from sqlalchemy import delete

from accounts.making import Role
from rounds.errors import Lack, NotComplete
from rounds.life import freeze_round
from rounds.round import Door
from surveys.counting.kind import SurveyKind
from surveys.fieldwork.surveying import load_survey
from tests.factories import NOW, make_account_for
from tests.surveys.rounds import KINDS, POINTS, draft_round, frozen_round
from units.unit import Unit


def lacks(session, round_):
    return [(lack.what, lack.place) for lack in SurveyKind().complete(session, round_)]


def test_a_complete_draft_lacks_nothing(session):
    assert lacks(session, draft_round(session)) == []


def test_a_missing_language_refuses_the_freeze(session):
    round_ = draft_round(session)
    draft = json.loads(json.dumps(round_.draft))
    draft["form"]["sections"][0]["items"][0]["label"]["en"] = ""
    round_.draft = draft
    make_account_for(session, "office", Role("office", "make"))
    make_account_for(session, "office-approve", Role("office", "approve"))
    with pytest.raises(NotComplete) as refused:
        freeze_round(session, KINDS, round_.code, by="office", approved_by="office-approve", now=NOW)
    assert refused.value.lacks == [Lack("language_missing", "q1_public: intro.notice (en)")]


def test_everything_that_is_missing_is_told_at_once(session):
    round_ = draft_round(session, points={k: v for k, v in POINTS.items() if k != "SAT_PUBLIC_2"})
    session.execute(delete(Unit))
    draft = json.loads(json.dumps(round_.draft))
    draft["form"]["design"]["random_block_size"] = 0
    round_.draft = draft
    round_.doors[1].group = "G9"
    round_.doors.append(Door(code="x", channel="C4_PHONE", degree="sealed", counted=False))
    session.flush()
    assert lacks(session, round_) == [
        ("no_units", "q1-2016"),
        ("channel_not_of_form", "q1-2016: x"),
        ("degree_not_of_survey", "q1-2016: x"),
        ("group_without_weight", "q1-2016: g1"),
        ("dimension_without_points", "q1_public: rate_dealt.rd_fair"),
        ("no_block_size", "q1_public: rate_block.rb_overall"),
    ]


def test_a_draft_without_a_form_or_with_faulty_rules_is_told(session):
    round_ = draft_round(session)
    round_.rules = {"weights": {"G1": "x"}}
    assert lacks(session, round_) == [("rules_faulty", "weights")]
    round_.draft = {}
    assert lacks(session, round_)[0] == ("form_faulty", "? (not_a_code None)")


def test_the_frozen_survey_is_what_was_drafted(session):
    round_ = frozen_round(session)
    survey = load_survey(session, round_.code)
    assert (survey.form.id, survey.digest, survey.open_door().code) == ("q1_public", round_.instrument_digest, "open")
    assert [unit.code for unit in survey.instrument.units] == [f"U{n:03}" for n in range(1, 10)]
    assert survey.instrument.units[0].short_name_zh == "市U001局"
