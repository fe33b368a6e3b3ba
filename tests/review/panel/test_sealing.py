"""A set is sealed when nothing is missing and opened again by two people with a reason."""

import pytest
from sqlalchemy import select

from accounts.errors import SamePerson
from audit.events import Entry
from review.panel.casting import cast_mark, cast_marks
from review.panel.errors import Missing, NoSeat, ReasonMissing, SetIncomplete, SetNotSealed, SetSealed
from review.panel.marks import EMPTY, UNABLE, points
from review.panel.sealing import reopen_set, seal_set
from tests.factories import NOW
from tests.review.panel.panels import fill_all, make_panel, sheet_of, whole_sheet
from units.submissions import Submission


def test_a_set_with_gaps_is_refused_with_the_list_of_them(each_session):
    panel = make_panel(each_session)
    expert = panel.experts[0]
    fill_all(each_session, expert, panel.units)
    cast_mark(each_session, expert, "U002", "other", "coop", EMPTY, now=NOW)
    cast_marks(each_session, expert, sheet_of("U003", "innovation", EMPTY, EMPTY, points(1), EMPTY), now=NOW)
    with pytest.raises(SetIncomplete) as refused:
        seal_set(each_session, expert, now=NOW)
    assert refused.value.missing == [
        Missing("U002", "other", ("coop",)),
        Missing("U003", "innovation", ("novelty", "difficulty", "reach")),
    ]
    assert expert.sealed_at is None


def test_a_full_set_is_sealed_once(each_session):
    panel = make_panel(each_session)
    fill_all(each_session, panel.experts[0], panel.units)
    digest = seal_set(each_session, panel.experts[0], now=NOW)
    assert (panel.experts[0].sealed_at, panel.experts[0].sealed_digest) == (NOW, digest)
    with pytest.raises(SetSealed):
        seal_set(each_session, panel.experts[0], now=NOW)
    entry = each_session.scalars(select(Entry).where(Entry.kind == "SheetsSealed")).one()
    assert entry.by == "expert01"


def test_cant_judge_is_an_answer(session):
    panel = make_panel(session)
    fill_all(session, panel.experts[0], panel.units)
    cast_mark(session, panel.experts[0], "U002", "other", "coop", UNABLE, now=NOW)
    assert seal_set(session, panel.experts[0], now=NOW)


def test_the_digest_tells_any_other_mark(session):
    panel = make_panel(session)
    expert = panel.experts[0]
    fill_all(session, expert, panel.units)
    first = seal_set(session, expert, now=NOW)
    reopen_set(session, panel.round.code, "E01", "看错一行", by="office", approved_by="office-check", now=NOW)
    assert seal_set(session, expert, now=NOW) == first
    reopen_set(session, panel.round.code, "E01", "看错一行", by="office", approved_by="office-check", now=NOW)
    cast_mark(session, expert, "U002", "routine", "duty", points(39), now=NOW)
    assert seal_set(session, expert, now=NOW) != first


@pytest.mark.parametrize(
    ("seat", "reason", "approver", "error"),
    [
        ("E01", " ", "office-check", ReasonMissing),
        ("E01", "x", "office", SamePerson),
        ("E99", "x", "office-check", NoSeat),
        ("E02", "x", "office-check", SetNotSealed),
    ],
)
def test_reopening_needs_a_reason_two_people_and_a_sealed_set(session, seat, reason, approver, error):
    panel = make_panel(session)
    fill_all(session, panel.experts[0], panel.units)
    seal_set(session, panel.experts[0], now=NOW)
    with pytest.raises(error):
        reopen_set(session, panel.round.code, seat, reason, by="office", approved_by=approver, now=NOW)


@pytest.mark.parametrize(("state", "needed"), [("published", True), ("submitted", True), ("draft", False)])
def test_innovation_of_a_unit_without_an_entry_needs_no_marks(session, state, needed):
    panel = make_panel(session)
    expert = panel.experts[0]
    session.query(Submission).filter_by(unit_id=panel.units[1].id).update({"state": state})
    others = [panel.units[2]]
    fill_all(session, expert, others)
    for object_ in ("routine", "other"):
        cast_marks(session, expert, whole_sheet("U002", object_, 80), now=NOW)
    if needed:
        with pytest.raises(SetIncomplete) as refused:
            seal_set(session, expert, now=NOW)
        assert [(m.unit_code, m.object) for m in refused.value.missing] == [("U002", "innovation")]
    else:
        assert seal_set(session, expert, now=NOW)
