"""Mutual evaluation through the life of a round."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from review.peers.confirming import confirm, send_for_confirmation
from review.peers.grading import grade_cells
from rounds.errors import NotComplete
from rounds.life import close_round, freeze_round, tally_round
from rounds.round import ClosingLeaf
from tallies.rows import read_rows
from tests.factories import NOW, make_account_for, make_round, make_unit, make_year
from tests.review.peers.cities import KINDS, grade_all, open_peers
from tests.review.peers.forms import PLAIN


def confirmed(session, round_, rater, grade="B", units=12, **single):
    grade_all(session, round_, rater, grade, units)
    grade_cells(session, round_, rater, {(target, "p_duty"): code for target, code in single.items()}, now=NOW)
    send_for_confirmation(session, round_, rater, by="officer", now=NOW)
    confirm(session, round_, rater, by="head", now=NOW)


def test_the_freeze_fixes_form_and_units_and_gives_each_a_ballot(session):
    round_ = open_peers(session)
    document = json.loads(round_.instrument)
    assert len(document["units"]) == 12
    assert document["block_percent"] == {"A": 30, "D": 10}
    assert [door.degree for door in round_.doors] == ["named"]
    assert session.scalar(text("SELECT count(*) FROM peer_ballot WHERE state = 'draft'")) == 12


@pytest.mark.parametrize(
    ("draft", "units", "lack"),
    [
        ({}, 2, "peers_form"),
        ({"form": PLAIN | {"items": PLAIN["items"][:2]}}, 2, "peers_weights"),
        ({"form": PLAIN}, 1, "peers_units"),
    ],
)
def test_an_incomplete_draft_does_not_freeze(session, draft, units, lack):
    from accounts.making import Role

    year = make_year(session)
    for number in range(1, units + 1):
        make_unit(session, year, f"U{number:03d}")
    make_account_for(session, "office-approve", Role("office", "approve"))
    make_round(session, year, "peers-2016", "peers", draft=draft)
    with pytest.raises(NotComplete) as refusal:
        freeze_round(session, KINDS, "peers-2016", by="office", approved_by="office-approve", now=NOW)
    assert [each.what for each in refusal.value.lacks] == [lack]


def test_only_confirmed_ballots_are_counted(each_session):
    session, round_ = each_session, open_peers(each_session)
    confirmed(session, round_, "U001", U002="A")
    confirmed(session, round_, "U003", "dk", U002="C")
    grade_all(session, round_, "U004", "D")  # a draft
    close_round(session, KINDS, "peers-2016", by="office", now=round_.closes_at)
    tally_round(session, KINDS, "peers-2016", by="office", now=round_.closes_at)
    rows = {row.object: row for row in read_rows(session, round_.id, units=["U002"])}
    duty, coop, whole = rows["p_duty"], rows["p_coop"], rows[""]
    assert (duty.n, duty.dk, duty.counts, duty.value) == (2, 0, (1, 0, 1, 0), Decimal("85.000"))
    assert (coop.n, coop.dk, coop.value) == (1, 1, Decimal("85.000"))
    assert (whole.n, whole.dk, whole.value) == (2, 0, Decimal("85.000"))


def test_a_unit_that_nobody_knows_has_no_score_and_a_reason(session):
    round_ = open_peers(session)
    confirmed(session, round_, "U001", "dk")
    close_round(session, KINDS, "peers-2016", by="office", now=round_.closes_at)
    tally_round(session, KINDS, "peers-2016", by="office", now=round_.closes_at)
    rows = {row.object: row for row in read_rows(session, round_.id, units=["U002"])}
    assert (rows["p_duty"].value, rows["p_duty"].reason) == (None, "no_valid_grade")
    assert (rows[""].value, rows[""].reason) == (None, "item_without_grade")


def test_a_recount_gives_the_same_version_and_digest(each_session):
    session, round_ = each_session, open_peers(each_session)
    confirmed(session, round_, "U001")
    first = tally_round(session, KINDS, "peers-2016", by="office", now=round_.closes_at)
    assert tally_round(session, KINDS, "peers-2016", by="office", now=round_.closes_at) == first
    assert KINDS["peers"].verify(session, round_) is None


def test_the_close_fixes_each_pair_of_confirmed_ballots(session):
    round_ = open_peers(session)
    confirmed(session, round_, "U001")
    closed = close_round(session, KINDS, "peers-2016", by="office", now=round_.closes_at)
    assert closed.accepted == 12  # the ballot and its eleven pairs
    keys = set(session.scalars(select(ClosingLeaf.key)))
    assert keys == {"U001"} | {f"U001 U{n:03d}" for n in range(2, 13)}
