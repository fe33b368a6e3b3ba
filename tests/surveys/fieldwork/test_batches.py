"""Batches are numbered, belong to their typist, and are voided with a reason that is recorded."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from audit.events import Entry
from rounds.errors import RoundNotOpen
from rounds.round import Round
from surveys.fieldwork.batches import Batch, batch_for, close_batch, open_batch, void_batch
from surveys.fieldwork.errors import BatchNotOpen, ReasonMissing, UnknownBatch
from tests.factories import NOW
from tests.surveys.rounds import open_survey


def begin(session, by="interviewer01", now=NOW):
    survey = open_survey(session) if session.scalar(select(Round)) is None else None
    round_ = session.scalars(select(Round)).one()
    door = survey.doors["g8"] if survey else next(d for d in round_.doors if d.code == "g8")
    return open_batch(session, round_, door, by=by, now=now)


def test_batches_of_a_round_are_numbered_on(each_session):
    assert [begin(each_session).number for _ in range(3)] == [1, 2, 3]


def test_an_interviewer_finds_only_the_own_batches_and_the_agency_all(session):
    batch = begin(session)
    assert batch_for(session, batch.public_id, by="interviewer01") is batch
    assert batch_for(session, batch.public_id, by="agency", whole_agency=True) is batch
    for other in (batch.public_id, "nothing"):
        with pytest.raises(UnknownBatch):
            batch_for(session, other, by="interviewer02")


def test_a_batch_is_closed_once(session):
    batch = begin(session)
    close_batch(session, batch)
    with pytest.raises(BatchNotOpen):
        close_batch(session, batch)


def test_a_batch_is_voided_with_a_reason_and_the_act_is_recorded(each_session):
    batch = begin(each_session)
    with pytest.raises(ReasonMissing):
        void_batch(each_session, batch, "  ", by="agency", now=NOW)
    void_batch(each_session, batch, "同一笔迹", by="agency", now=NOW)
    [facts] = each_session.scalars(select(Entry.facts).where(Entry.kind == "BatchVoided"))
    assert json.loads(facts) == {"round_code": "q1-2016", "number": 1, "reason": "同一笔迹"}
    with pytest.raises(BatchNotOpen):
        void_batch(each_session, batch, "again", by="agency", now=NOW)


def test_after_the_close_the_agency_begins_and_voids_nothing(session):
    batch = begin(session)
    closes_at = session.scalars(select(Round.closes_at)).one()
    with pytest.raises(RoundNotOpen):
        void_batch(session, batch, "late", by="agency", now=closes_at)
    with pytest.raises(RoundNotOpen):
        begin(session, now=closes_at)


def test_no_batch_is_void_without_a_reason_in_the_database(session):
    begin(session)
    session.commit()
    session.scalars(select(Batch)).one().state = "void"
    with pytest.raises(IntegrityError, match="void_has_a_reason"):
        session.flush()
