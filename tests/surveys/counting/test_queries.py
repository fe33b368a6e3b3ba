"""Counts, batches and comments as pages list them."""

import pytest
from sqlalchemy import event

from rounds.round import Round
from surveys.counting.casting import cast_open, type_in
from surveys.counting.queries import BatchLine, Comment, Returned, batches_of, comments, returned
from surveys.fieldwork.batches import open_batch, void_batch
from surveys.fieldwork.submissions import new_submission
from surveys.instruments.checking import check
from tests.factories import NOW
from tests.surveys.rounds import open_survey

PUBLIC = {"agree": ["y"], "dealt_any": ["n"]}


@pytest.fixture
def survey(each_session):
    return open_survey(each_session)


def send(session, survey, batch=None, **more):
    checked = check(survey.plan, PUBLIC | more)
    submission = new_submission(survey.round_code, "g8" if batch else "open", [], now=NOW)
    if batch is None:
        cast_open(session, survey, submission, checked, now=NOW)
    else:
        type_in(session, survey, batch, submission, checked, now=NOW)


def begin(session, survey, by="interviewer01"):
    return open_batch(session, session.get_one(Round, survey.round_id), survey.doors["g8"], by=by, now=NOW)


def test_returns_are_counted_by_door_and_voided_forms_apart(each_session, survey):
    send(each_session, survey)
    kept, voided = begin(each_session, survey), begin(each_session, survey)
    send(each_session, survey, kept)
    send(each_session, survey, kept)
    send(each_session, survey, voided)
    void_batch(each_session, voided, "空白卷", by="agency", now=NOW)
    assert returned(each_session, survey.round_id) == [
        Returned("open", "C2_ONLINE", None, "S6_PUBLIC", "open", False, 1, 0),
        Returned("g1", "C2_ONLINE", "G1_PARTY_DEL", "S6_PUBLIC", "procedural", True, 0, 0),
        Returned("g2", "C2_ONLINE", "G2_NPC_DEP", "S6_PUBLIC", "procedural", True, 0, 0),
        Returned("g8", "C6_STREET", "G8_RESIDENT", "S6_PUBLIC", "taken_down", True, 3, 1),
    ]


def test_an_interviewer_lists_own_batches_and_the_agency_all(each_session, survey):
    first, second = begin(each_session, survey), begin(each_session, survey, by="interviewer02")
    send(each_session, survey, first)
    line = BatchLine(first.public_id, 1, "g8", "interviewer01", NOW.date(), "open", "", 1)
    assert batches_of(each_session, survey.round_id, by="interviewer01") == [line]
    every = batches_of(each_session, survey.round_id)
    assert [(one.public_id, one.forms) for one in every] == [(second.public_id, 0), (first.public_id, 1)]


def test_lists_take_one_statement_whatever_their_length(session):
    survey = open_survey(session)
    for _ in range(3):
        send(session, survey, begin(session, survey))
    statements = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *call: statements.append(call[2]))
    batches_of(session, survey.round_id)
    returned(session, survey.round_id)
    assert len(statements) == 2


def test_comments_are_shown_from_the_threshold_on(each_session, survey):
    send(each_session, survey, comment=["停车难"], comment_unit=["U003"])
    assert comments(each_session, survey.round_id, least=2) == []
    assert comments(each_session, survey.round_id, least=1) == [Comment("comment", "U003", "停车难")]
    assert comments(each_session, survey.round_id, least=1, unit_code="U004") == []
