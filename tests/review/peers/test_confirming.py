"""From draft to confirmed."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from accounts.errors import SamePerson
from audit.events import Entry
from review.peers.ballot import PeerStep
from review.peers.confirming import confirm, confirm_on_paper, send_for_confirmation, take_back
from review.peers.errors import BallotLacks, BallotNotInDraft, BallotNotSent
from review.peers.grading import grade_cell, grade_cells
from rounds.errors import RoundNotOpen
from storage.folder import FolderStorage
from tests.factories import NOW
from tests.review.peers.cities import grade_all, open_peers
from tests.units.files import samples
from units.files.errors import FileKindRefused


@pytest.fixture
def round_(session):
    return open_peers(session)


def send(session, round_, rater="U001"):
    return send_for_confirmation(session, round_, rater, by="unit001", now=NOW)


def test_an_unfinished_ballot_names_every_unit_that_lacks_a_grade(session, round_):
    grade_all(session, round_, "U001")
    session.execute(text("DELETE FROM peer_grade WHERE target_unit = 'U005' AND item = 'p_coop'"))
    session.execute(text("DELETE FROM peer_grade WHERE target_unit = 'U009'"))
    with pytest.raises(BallotLacks) as refusal:
        send(session, round_)
    assert refusal.value.unfinished == ["U005", "U009"]
    assert refusal.value.exceeded == []


@pytest.mark.parametrize(("grade", "most"), [("A", 3), ("D", 1)])  # of 11 others: 30 % and 10 %, rounded down
def test_a_quota_lets_the_last_allowed_grade_pass_and_stops_the_next(session, round_, grade, most):
    grade_all(session, round_, "U001")
    chosen = {(f"U{n:03d}", "p_duty"): grade for n in range(2, 2 + most + 1)}
    grade_cells(session, round_, "U001", chosen, now=NOW)
    with pytest.raises(BallotLacks) as refusal:
        send(session, round_)
    (quota,) = refusal.value.exceeded
    assert (quota.item, quota.grade, quota.used, quota.most) == ("p_duty", grade, most + 1, most)
    grade_cell(session, round_, "U001", "U002", "p_duty", "B", now=NOW)
    assert send(session, round_).state == "sent"


def test_too_many_dont_knows_only_warn(session, round_):
    grade_all(session, round_, "U001", "dk")
    assert send(session, round_).state == "sent"


def test_the_head_confirms_what_the_officer_sent_and_then_nothing_changes(session, round_):
    grade_all(session, round_, "U001")
    sent = send(session, round_)
    fixed = sent.digest
    ballot = confirm(session, round_, "U001", by="unit001-head", now=NOW)
    assert (ballot.state, ballot.confirmed_way, ballot.confirmed_by, ballot.digest) == (
        "confirmed",
        "account",
        "unit001-head",
        fixed,
    )
    assert session.scalar(select(func.count()).select_from(PeerStep)) == 0
    with pytest.raises(BallotNotInDraft):
        grade_cell(session, round_, "U001", "U002", "p_duty", "A", now=NOW)
    with pytest.raises(BallotNotSent):
        take_back(session, round_, "U001", by="unit001", now=NOW)
    kinds = list(session.scalars(select(Entry.kind).where(Entry.subject == "ballot peers-2016 U001")))
    assert kinds == ["BallotSent", "BallotConfirmed"]


def test_the_trail_holds_no_grade(session, round_):
    grade_all(session, round_, "U001")
    send(session, round_)
    facts = "".join(session.scalars(select(Entry.facts).where(Entry.kind == "BallotSent")))
    assert "U002" not in facts and "p_duty" not in facts


def test_paper_needs_a_scan(session, round_, tmp_path):
    grade_all(session, round_, "U001")
    send(session, round_)
    storage = FolderStorage(tmp_path)
    with pytest.raises(FileKindRefused):
        confirm_on_paper(session, storage, round_, "U001", ("a.docx", samples.docx()), by="unit001", now=NOW)
    scan = samples.picture("JPEG")
    ballot = confirm_on_paper(session, storage, round_, "U001", ("签字.jpg", scan), by="unit001", now=NOW)
    assert (ballot.state, ballot.confirmed_way) == ("confirmed", "paper")
    assert storage.get(ballot.scan) == scan


def test_the_database_refuses_paper_without_a_scan(each_session):
    open_peers(each_session)
    with pytest.raises(IntegrityError, match="paper_has_scan"):
        each_session.execute(
            text(
                "UPDATE peer_ballot SET state = 'confirmed', confirmed_at = '2016-12-15 00:00:00',"
                " confirmed_way = 'paper', confirmed_by = 'unit001'"
            )
        )


def test_a_sent_ballot_can_be_taken_back_and_sent_again(session, round_):
    grade_all(session, round_, "U001")
    first = send(session, round_).digest
    take_back(session, round_, "U001", by="unit001", now=NOW)
    grade_cell(session, round_, "U001", "U002", "p_duty", "C", now=NOW)
    assert send(session, round_).digest != first


def test_who_sent_can_not_confirm(session, round_):
    grade_all(session, round_, "U001")
    send(session, round_)
    with pytest.raises(SamePerson):
        confirm(session, round_, "U001", by="unit001", now=NOW)


def test_a_draft_can_not_be_confirmed(session, round_):
    with pytest.raises(BallotNotSent):
        confirm(session, round_, "U001", by="unit001-head", now=NOW)


def test_nothing_is_confirmed_after_the_close(session, round_):
    grade_all(session, round_, "U001")
    send(session, round_)
    with pytest.raises(RoundNotOpen):
        confirm(session, round_, "U001", by="unit001-head", now=round_.closes_at)
