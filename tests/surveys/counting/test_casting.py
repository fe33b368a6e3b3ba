"""An answer is stored once, and only while the round is open."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import sessionmaker

from ballots.roll.drawing import draw, read_ticket, spell_ticket
from ballots.roll.rights import Right, issue_rights
from database.base import Base
from database.transactions import writing
from rounds.errors import RoundNotOpen
from rounds.life import close_round
from rounds.round import Door, Round
from rounds.verifying import verify_rounds
from surveys.counting.casting import cast_invited, cast_open, type_in
from surveys.counting.errors import AlreadyAnswered, FormEnded
from surveys.counting.receipts import commit, is_listed
from surveys.counting.responses import Response, ResponseContact, ResponseText, Spent
from surveys.fieldwork.batches import open_batch, void_batch
from surveys.fieldwork.errors import BatchNotOpen, SubmissionInvalid, UnknownDoor
from surveys.fieldwork.submissions import new_submission
from surveys.instruments.checking import check
from tests.factories import NOW
from tests.surveys.rounds import KEYS, KINDS, open_survey

PUBLIC = {"agree": ["y"], "dealt_any": ["n"]}


def answers(survey, *, block=(), grade="s", **more):
    raw = PUBLIC | {f"rb_overall.{unit}": [grade] for unit in block} | more
    return check(survey.plan, raw, block=block)


def form(survey, door="open", begun=NOW, block=()):
    return new_submission(survey.round_code, door, block, now=begun)


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def invited(session, survey, door="g1"):
    round_ = session.get_one(Round, survey.round_id)
    found = session.scalar(select(Door).where(Door.code == door))
    [code] = issue_rights(session, round_, found, [None], KEYS, by="office", now=NOW)
    return draw(session, round_, code, KEYS, now=NOW)


def test_an_open_answer_is_stored_under_its_commitment(each_session):
    survey = open_survey(each_session)
    submission, checked = form(survey), answers(survey)
    receipt = cast_open(each_session, survey, submission, checked, now=NOW)
    stored = each_session.scalars(select(Response)).one()
    assert stored.commitment == receipt.commitment == commit(receipt.nonce, "open", checked.packed)
    assert (stored.door_id, stored.day, stored.batch_id, stored.packed) == (
        survey.doors["open"].id,
        NOW.date(),
        None,
        checked.packed,
    )
    assert is_listed(each_session, survey.round_id, receipt.code.lower())
    assert not is_listed(each_session, survey.round_id, "0000-0000-0000-0000")
    assert not is_listed(each_session, survey.round_id, "' OR 1=1")


def test_the_same_form_sent_twice_is_one_response_with_the_same_receipt(each_session):
    survey = open_survey(each_session)
    submission, checked = form(survey), answers(survey)
    first = cast_open(each_session, survey, submission, checked, now=NOW)
    tomorrow = NOW + timedelta(days=1)
    assert cast_open(each_session, survey, submission, checked, now=tomorrow) == first
    assert count(each_session, Response) == 1


def test_a_form_sent_again_with_other_answers_is_refused_and_the_first_stand(each_session):
    survey = open_survey(each_session)
    submission, first = form(survey), answers(survey)
    cast_open(each_session, survey, submission, first, now=NOW)
    with pytest.raises(AlreadyAnswered):
        cast_open(each_session, survey, submission, answers(survey, city_overall=["vd"]), now=NOW)
    assert each_session.scalars(select(Response.packed)).all() == [first.packed]


@pytest.mark.parametrize(("late", "accepted"), [(-1, True), (0, False), (1, False)])
def test_an_answer_counts_only_before_the_closing_instant(each_session, late, accepted):
    survey = open_survey(each_session)
    now = each_session.get_one(Round, survey.round_id).closes_at + timedelta(microseconds=late)
    if accepted:
        cast_open(each_session, survey, form(survey), answers(survey), now=now)
    else:
        with pytest.raises(RoundNotOpen):
            cast_open(each_session, survey, form(survey), answers(survey), now=now)
    assert count(each_session, Response) == count(each_session, Spent) == accepted


def test_an_acknowledged_answer_sent_again_after_the_close_gets_its_receipt_again(each_session):
    survey = open_survey(each_session)
    submission, checked = form(survey), answers(survey)
    first = cast_open(each_session, survey, submission, checked, now=NOW)
    close_round(each_session, KINDS, survey.round_code, by="office", now=NOW, early=True)
    assert cast_open(each_session, survey, submission, checked, now=NOW) == first


def test_who_declines_leaves_nothing(session):
    survey = open_survey(session)
    declined = check(survey.plan, {"agree": ["n"]})
    with pytest.raises(FormEnded) as refused:
        cast_open(session, survey, form(survey), declined, now=NOW)
    assert refused.value.outcome == "refused"
    assert count(session, Response) == count(session, Spent) == 0


def test_a_door_is_entered_only_its_own_way(session):
    survey = open_survey(session)
    for door in ("g1", "g8", "nowhere"):
        with pytest.raises(UnknownDoor):
            cast_open(session, survey, form(survey, door), answers(survey), now=NOW)
    ticket = invited(session, survey)
    with pytest.raises(SubmissionInvalid):
        cast_invited(session, survey, ticket, form(survey, "g2"), answers(survey), now=NOW)
    with pytest.raises(UnknownDoor):
        cast_invited(session, survey, replace(ticket, door_code="g8"), form(survey, "g8"), answers(survey), now=NOW)


def test_a_ticket_is_spent_once_whatever_form_it_comes_with(each_session):
    survey = open_survey(each_session)
    ticket = invited(each_session, survey)
    submission = form(survey, "g1")
    receipt = cast_invited(each_session, survey, ticket, submission, answers(survey), now=NOW)
    again = read_ticket(spell_ticket(ticket, KEYS), KEYS, survey.round_code)
    assert cast_invited(each_session, survey, again, submission, answers(survey), now=NOW) == receipt
    with pytest.raises(AlreadyAnswered):
        cast_invited(each_session, survey, again, form(survey, "g1"), answers(survey), now=NOW)
    assert count(each_session, Response) == 1


def test_a_ticket_about_one_unit_takes_no_answer_about_another(session):
    survey = open_survey(session, "q2_service")
    round_, door = session.get_one(Round, survey.round_id), session.get_one(Door, survey.doors["online"].id)
    [code] = issue_rights(session, round_, door, ["U004"], KEYS, by="office", now=NOW)
    ticket = draw(session, round_, code, KEYS, now=NOW)
    other = check(survey.plan, CALL, preset="U005")
    with pytest.raises(SubmissionInvalid):
        cast_invited(session, survey, ticket, form(survey, "online"), other, now=NOW)
    cast_invited(session, survey, ticket, form(survey, "online"), check(survey.plan, CALL, preset="U004"), now=NOW)
    assert count(session, Response) == 1


def test_sixteen_threads_with_one_invitation_store_exactly_one_answer(each_engine):
    make = sessionmaker(each_engine)
    with writing(make) as session:
        survey = open_survey(session)
        ticket = invited(session, survey)

    def send(_):
        try:
            with writing(make) as session:
                return cast_invited(session, survey, ticket, form(survey, "g1"), answers(survey), now=NOW)
        except AlreadyAnswered:
            return None

    with ThreadPoolExecutor(16) as threads:
        receipts = [receipt for receipt in threads.map(send, range(16)) if receipt is not None]
    with make() as session:
        assert [receipt.commitment for receipt in receipts] == session.scalars(select(Response.commitment)).all()
        assert count(session, Spent) == len(receipts) == 1


def test_every_receipt_given_while_another_thread_closes_is_in_the_closed_list(each_engine):
    make = sessionmaker(each_engine)
    with writing(make) as session:
        survey = open_survey(session)

    def send(number):
        try:
            with writing(make) as session:
                if number == 12:
                    return close_round(session, KINDS, survey.round_code, by="office", now=NOW, early=True).accepted
                cast_open(session, survey, form(survey), answers(survey), now=NOW)
        except RoundNotOpen:
            return "refused"
        return "received"

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(send, range(32)))
    with make() as session:
        assert count(session, Response) == told.count("received") == told[12]


@pytest.mark.parametrize("way", ["open", "invited"])
def test_a_cast_without_text_takes_two_statements(session, way):
    survey = open_survey(session)
    ticket, submission = invited(session, survey), form(survey, "open" if way == "open" else "g1")
    checked = answers(survey)
    session.commit()
    session.connection()
    statements = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *call: statements.append(call[2]))
    if way == "open":
        cast_open(session, survey, submission, checked, now=NOW)
    else:
        cast_invited(session, survey, ticket, submission, checked, now=NOW)
    assert [statement.split()[2] for statement in statements] == ["spent", "response"]


def test_a_comment_lies_apart_and_shares_no_key_with_the_grades(session):
    survey = open_survey(session)
    cast_open(session, survey, form(survey), answers(survey, comment=["停车难"], comment_unit=["U003"]), now=NOW)
    text = session.scalars(select(ResponseText)).one()
    assert (text.item, text.unit_code, text.text) == ("comment", "U003", "停车难")
    assert text.key not in session.scalars(select(Response.commitment)).one()


def test_no_column_of_an_answer_holds_a_time_an_order_an_account_or_an_address():
    text = "round_id INTEGER, key BLOB, item VARCHAR(48), unit_code VARCHAR(8), text TEXT"
    assert {table: columns_of(table) for table in ANSWERS} == {
        "response": "round_id INTEGER, commitment BLOB, door_id INTEGER, day DATE, pace VARCHAR(8), "
        "batch_id INTEGER, packed BLOB",
        "response_text": text,
        "response_contact": text,
        "spent": "round_id INTEGER, hash BLOB",
        "ballot_right": "round_id INTEGER, key_hash BLOB, letter VARCHAR(64), door_code VARCHAR(48), "
        "assessor_group VARCHAR(16), stratum VARCHAR(16), unit_code VARCHAR(8), drawn BOOLEAN",
    }


ANSWERS = ("response", "response_text", "response_contact", "spent", "ballot_right")


def columns_of(table):
    return ", ".join(f"{column.name} {column.type}" for column in Base.metadata.tables[table].columns)


def test_sqlite_keeps_answers_in_the_order_of_their_hashes_and_without_row_numbers(session):
    survey = open_survey(session)
    for _ in range(20):
        cast_open(session, survey, form(survey), answers(survey), now=NOW)
    stored = session.execute(select(Response.commitment)).scalars().all()
    assert stored == sorted(stored)
    for table in ANSWERS:
        [made] = session.connection().exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE name = '{table}'").one()
        assert made.rstrip().endswith("WITHOUT ROWID")


def test_nothing_stored_leads_from_a_code_to_an_answer(session):
    """With every key at hand: hashes of the code, ticket, form and nonce occur where they must and nowhere else."""
    survey = open_survey(session)
    ticket, submission = invited(session, survey), form(survey, "g1")
    receipt = cast_invited(session, survey, ticket, submission, answers(survey), now=NOW)
    response = session.execute(select(Response.__table__)).one()
    right = session.execute(select(Right.__table__)).one()
    held = [value for value in response if isinstance(value, bytes)]
    for mark in (ticket.number, ticket.spent_hash(), submission.key, submission.spent_hash(), receipt.nonce):
        assert mark not in held
    assert not set(held) & {value for value in right if isinstance(value, bytes)}
    assert session.scalars(select(Spent.hash)).all() == [ticket.spent_hash()]


@pytest.mark.parametrize(
    ("seconds", "pace"), [(0, "fast"), (3, "fast"), (4, "normal"), (3599, "normal"), (3600, "slow")]
)
def test_of_the_time_taken_only_the_coarse_pace_is_kept(session, seconds, pace):
    survey = open_survey(session)
    block = ("U001", "U002", "U003", "U004")
    submission = form(survey, begun=NOW - timedelta(seconds=seconds), block=block)
    cast_open(session, survey, submission, answers(survey, block=block), now=NOW)
    assert session.scalar(select(Response.pace)) == pace


def typed(session, survey, batch, raw, *, door="phone", preset="U001"):
    checked = check(survey.plan, raw, preset=preset, contact=True, closing=True)
    return type_in(session, survey, batch, form(survey, door), checked, now=NOW)


def phone_batch(session, survey, by="interviewer01"):
    return open_batch(session, session.get_one(Round, survey.round_id), survey.doors["phone"], by=by, now=NOW)


CALL = {"agree": ["y"], "confirm_dealt": ["y"], "service_way": ["phone"], "disposition": ["done"]} | {
    f"r_{name}": ["s"] for name in ("clear", "attitude", "speed", "ability", "fair", "outcome", "overall")
}


def test_an_interview_is_kept_with_its_batch_also_when_it_was_refused(session):
    survey = open_survey(session, "q2_service")
    batch = phone_batch(session, survey)
    typed(session, survey, batch, CALL)
    typed(session, survey, batch, {"agree": ["n"], "disposition": ["refused"]})
    assert session.scalars(select(Response.batch_id)).all() == [batch.id] * 2


def test_a_telephone_number_lies_apart_from_grades_and_texts(session):
    survey = open_survey(session, "q2_service")
    raw = CALL | {"comment": ["快一点"], "reply_wanted": ["y"], "reply_phone": ["0512-1234"]}
    typed(session, survey, phone_batch(session, survey), raw)
    contact = session.scalars(select(ResponseContact)).one()
    assert (contact.item, contact.unit_code, contact.text) == ("reply_phone", "U001", "0512-1234")
    assert [text.text for text in session.scalars(select(ResponseText))] == ["快一点"]
    assert contact.key != session.scalars(select(ResponseText.key)).one()


def test_a_batch_that_was_voided_or_is_of_another_door_takes_no_form(each_session):
    survey = open_survey(each_session, "q2_service")
    batch = phone_batch(each_session, survey)
    with pytest.raises(UnknownDoor):
        typed(each_session, survey, batch, CALL, door="online")
    void_batch(each_session, batch, "抽查录音与答案不符", by="agency", now=NOW)
    with pytest.raises(BatchNotOpen):
        typed(each_session, survey, batch, CALL)
    assert count(each_session, Response) == 0


def test_any_changed_column_of_a_closed_answer_is_found_and_named(session):
    survey = open_survey(session, "q2_service")
    batch = phone_batch(session, survey)
    typed(session, survey, batch, CALL)
    close_round(session, KINDS, survey.round_code, by="office", now=NOW, early=True)
    assert list(verify_rounds(session, KINDS)) == []
    session.commit()
    stored = session.scalars(select(Response)).one()
    place = f"round {survey.round_code}, answer {stored.commitment.hex()}"
    changes = {
        "door_id": survey.doors["online"].id,
        "day": NOW.date() - timedelta(days=1),
        "pace": "slow",
        "batch_id": None,
        "packed": stored.packed[:-1] + b"\x07",
    }
    for column, value in changes.items():
        setattr(session.scalars(select(Response)).one(), column, value)
        assert [fault.place for fault in verify_rounds(session, KINDS)] == [place], column
        session.rollback()
    batch = session.merge(batch)
    batch.state, batch.reason = "void", "x"
    assert [fault.place for fault in verify_rounds(session, KINDS)] == [place]
