"""The roll knows who may draw and that it was drawn, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from audit.events import Entry
from ballots.crockford import grouped
from ballots.errors import CodeMistyped, CodeUnknown, TicketInvalid
from ballots.roll.drawing import draw, read_ticket, spell_ticket
from ballots.roll.rights import Drawn, Right, RollKeys, drawn_counts, issue_rights, undrawn_letters
from rounds.errors import RoundNotOpen, WrongState
from rounds.round import Door
from tests.factories import NOW
from tests.surveys.rounds import KEYS, frozen_round


@pytest.fixture
def round_(each_session):
    return frozen_round(each_session)


def issue(session, round_, number=3, door="g1", units=None, now=NOW):
    found = session.scalar(select(Door).where(Door.code == door))
    return issue_rights(session, round_, found, units or [None] * number, KEYS, by="office", now=now)


def test_only_a_keyed_hash_of_a_code_is_stored(each_session, round_):
    codes = issue(each_session, round_)
    stored = repr(each_session.execute(select(Right.__table__)).all())
    assert not [code for code in codes if code in stored]
    hashes = set(each_session.scalars(select(Right.key_hash)))
    other = RollKeys(b"x" * 32, KEYS.tickets)
    with pytest.raises(CodeUnknown):
        draw(each_session, round_, codes[0], other, now=NOW)
    assert len(hashes) == 3


def test_letters_are_numbered_on_and_tell_the_office_whom_to_remind(each_session, round_):
    issue(each_session, round_, 2)
    [code] = issue(each_session, round_, 1)
    draw(each_session, round_, code, KEYS, now=NOW)
    assert undrawn_letters(each_session, round_.id) == ["g1-0001", "g1-0002"]
    assert drawn_counts(each_session, round_.id) == [Drawn("g1", "G1_PARTY_DEL", "S6_PUBLIC", 3, 1)]


def test_the_same_code_draws_the_same_ticket_again(each_session, round_):
    [code] = issue(each_session, round_, 1)
    first = draw(each_session, round_, code, KEYS, now=NOW)
    again = draw(each_session, round_, grouped(code).lower(), KEYS, now=NOW + timedelta(hours=5))
    assert first == again
    assert [drawn.drawn for drawn in drawn_counts(each_session, round_.id)] == [1]


def test_two_codes_draw_different_tickets_and_a_draw_is_no_event(each_session, round_):
    codes = issue(each_session, round_, 2)
    before = each_session.scalars(select(Entry.kind)).all()
    tickets = [draw(each_session, round_, code, KEYS, now=NOW) for code in codes]
    assert tickets[0].number != tickets[1].number
    assert each_session.scalars(select(Entry.kind)).all() == before


def test_a_right_carries_its_door_and_the_unit_that_the_sample_fixed(each_session, round_):
    codes = issue(each_session, round_, door="g2", units=["U004", "U007"])
    tickets = [draw(each_session, round_, code, KEYS, now=NOW) for code in codes]
    assert [(ticket.door_code, ticket.unit_code) for ticket in tickets] == [("g2", "U004"), ("g2", "U007")]


def test_a_wrong_code_is_told_from_a_mistyped_one(each_session, round_):
    [code] = issue(each_session, round_, 1)
    with pytest.raises(CodeMistyped):
        draw(each_session, round_, code[:-1] + ("0" if code[-1] != "0" else "1"), KEYS, now=NOW)
    with pytest.raises(CodeUnknown):
        draw(each_session, round_, "0" * 17, KEYS, now=NOW)


def test_nothing_is_drawn_at_the_closing_instant_and_nothing_issued_after_it(each_session, round_):
    [code] = issue(each_session, round_, 1)
    with pytest.raises(RoundNotOpen):
        draw(each_session, round_, code, KEYS, now=round_.closes_at)
    with pytest.raises(WrongState):
        issue(each_session, round_, 1, now=round_.closes_at)


def test_a_spelt_ticket_is_read_back_and_any_other_text_is_refused(each_session, round_):
    [code] = issue(each_session, round_, 1)
    ticket = draw(each_session, round_, code, KEYS, now=NOW)
    text = spell_ticket(ticket, KEYS)
    assert read_ticket(text, KEYS, round_.code) == ticket
    swapped = text[:60] + ("A" if text[60] != "A" else "B") + text[61:]
    for wrong in ("", "x", "é", text[:-4], swapped, "A" * 200):
        with pytest.raises(TicketInvalid):
            read_ticket(wrong, KEYS, round_.code)
    with pytest.raises(TicketInvalid):
        read_ticket(text, KEYS, "q2-2016")
    with pytest.raises(TicketInvalid):
        read_ticket(text, RollKeys(KEYS.codes, b"y" * 32), round_.code)
