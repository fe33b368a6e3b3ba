"""Drafting a ballot."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from review.peers.errors import BallotNotInDraft, CommentTooLong, NotARater, NothingToUndo, NotOnTheForm
from review.peers.grading import comment_on, grade_block, grade_cell, undo_last
from review.peers.queries import ballot_view, peers_progress
from rounds.errors import RoundNotOpen
from tests.factories import NOW
from tests.review.peers.cities import open_peers


@pytest.fixture
def round_(session):
    return open_peers(session)


def give(session, round_, target, item, grade, rater="U001", now=NOW):
    grade_cell(session, round_, rater, target, item, grade, now=now)


def test_a_grade_takes_the_place_of_the_one_before(session, round_):
    give(session, round_, "U002", "p_duty", "A")
    give(session, round_, "U002", "p_duty", "B")
    assert ballot_view(session, round_, "U001").grades == {("U002", "p_duty"): "B"}


def test_undo_goes_back_step_by_step(session, round_):
    give(session, round_, "U002", "p_duty", "A")
    give(session, round_, "U002", "p_duty", "B")
    give(session, round_, "U002", "p_duty", "B")  # no change, no step
    assert undo_last(session, round_, "U001", now=NOW) == ("U002", "p_duty")
    assert ballot_view(session, round_, "U001").grades == {("U002", "p_duty"): "A"}
    undo_last(session, round_, "U001", now=NOW)
    assert ballot_view(session, round_, "U001").grades == {}
    with pytest.raises(NothingToUndo):
        undo_last(session, round_, "U001", now=NOW)


def test_a_block_fills_what_is_empty_and_is_undone_as_one_step(session, round_):
    give(session, round_, "U002", "p_duty", "A")
    assert grade_block(session, round_, "U001", ["U002", "U003"], "dk", now=NOW) == 5
    view = ballot_view(session, round_, "U001")
    assert (view.grades["U002", "p_duty"], view.grades["U002", "p_coop"], view.done, view.of) == ("A", "dk", 2, 11)
    undo_last(session, round_, "U001", now=NOW)
    assert ballot_view(session, round_, "U001").grades == {("U002", "p_duty"): "A"}


@pytest.mark.parametrize(
    ("target", "item", "grade"),
    [("U001", "p_duty", "A"), ("U999", "p_duty", "A"), ("U002", "p_other", "A"), ("U002", "p_duty", "E")],
)
def test_what_is_not_on_the_form_is_refused(session, round_, target, item, grade):
    with pytest.raises(NotOnTheForm):
        give(session, round_, target, item, grade)


def test_no_unit_can_grade_itself_even_by_raw_sql(each_session):
    open_peers(each_session)
    with pytest.raises(IntegrityError, match="no_unit_grades_itself"):
        each_session.execute(
            text(
                "INSERT INTO peer_grade (round_id, rater_unit, target_unit, item, grade)"
                " SELECT id, 'U001', 'U001', 'p_duty', 'A' FROM round"
            )
        )


def test_only_assessed_units_have_a_ballot(session, round_):
    with pytest.raises(NotARater):
        give(session, round_, "U002", "p_duty", "A", rater="U999")


@pytest.mark.parametrize(("late", "taken"), [(-1, True), (0, False), (1, False)])
def test_grades_are_taken_only_before_the_closing_instant(session, round_, late, taken):
    at = round_.closes_at + timedelta(seconds=late)
    if taken:
        give(session, round_, "U002", "p_duty", "A", now=at)
        return
    with pytest.raises(RoundNotOpen):
        give(session, round_, "U002", "p_duty", "A", now=at)


def test_a_suggestion_is_kept_replaced_and_removed(session, round_):
    comment_on(session, round_, "U001", "U002", "  请加快\n会签 ", now=NOW)
    assert ballot_view(session, round_, "U001").comments == {"U002": "请加快 会签"}
    comment_on(session, round_, "U001", "U002", "字" * 200, now=NOW)
    with pytest.raises(CommentTooLong):
        comment_on(session, round_, "U001", "U002", "字" * 201, now=NOW)
    comment_on(session, round_, "U001", "U002", " ", now=NOW)
    assert ballot_view(session, round_, "U001").comments == {}


def test_the_grid_leaves_out_the_own_unit_and_counts_by_category(session, round_):
    (section,) = ballot_view(session, round_, "U001").sections
    assert [target.code for target in section.targets] == [f"U{n:03d}" for n in range(2, 13)]
    assert (section.done, section.left) == (0, 11)


def test_the_office_sees_how_far_each_unit_is(session, round_):
    give(session, round_, "U002", "p_duty", "A")
    first, second, *_ = peers_progress(session, round_)
    assert (first.unit_code, first.state, first.graded, first.of) == ("U001", "draft", 1, 33)
    assert (second.unit_code, second.graded) == ("U002", 0)


def test_a_ballot_that_was_sent_takes_no_grade(session, round_):
    session.execute(text("UPDATE peer_ballot SET state = 'sent' WHERE rater_unit = 'U001'"))
    with pytest.raises(BallotNotInDraft):
        give(session, round_, "U002", "p_duty", "A")
