"""Entries: writing, handing in, verifying, publishing."""

from itertools import product

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from audit.events import Entry
from storage.folder import FolderStorage
from tests.factories import NOW, make_unit, make_year
from tests.units.entries import FIELDS, make_entry
from tests.units.files import samples
from units.errors import AlreadyHandedIn, HandInLacks, RemarkMissing, StepNotPossible, TextTooLong, TooManyEntries
from units.materials import materials_of, public_file, public_submissions, reviewed_file
from units.submissions import (
    LONGEST,
    STATES,
    TRANSITIONS,
    attach_to_submission,
    begin_submission,
    hand_in_submission,
    move,
    save_submission,
    submission_of,
)
from units.verification import decide_submission, show_submission, verification_queue


@pytest.fixture
def unit(session):
    return make_unit(session, make_year(session))


def decide(session, unit, entry, act, remark=""):
    decide_submission(session, unit, entry, act, remark=remark, by="office", now=NOW)


def test_an_entry_goes_from_draft_over_a_return_to_publication(session, unit):
    entry = begin_submission(session, unit, "innovation", FIELDS, now=NOW)
    hand_in_submission(session, unit, entry, secrecy_checked=True, by="unit001", now=NOW)
    decide(session, unit, entry, "return", "效益数据没有来源")
    save_submission(session, unit, entry, "innovation", FIELDS | {"result": "据统计月报，办结3万笔"}, now=NOW)
    hand_in_submission(session, unit, entry, secrecy_checked=True, by="unit001", now=NOW)
    decide(session, unit, entry, "verify")
    decide(session, unit, entry, "publish")
    assert entry.state == "published"
    assert [remark.act for remark in entry.remarks] == ["hand_in", "return", "hand_in", "verify", "publish"]
    events = list(session.scalars(select(Entry).order_by(Entry.number)))
    assert [event.kind for event in events] == ["SubmissionMoved"] * 5
    assert "效益数据没有来源" in events[1].facts


@pytest.mark.parametrize(
    ("state", "act"), sorted(set(product(STATES, {act for _, act in TRANSITIONS})) - set(TRANSITIONS))
)
def test_a_step_that_is_not_in_the_table_is_refused(session, unit, state, act):
    entry = make_entry(session, unit, state=state)
    with pytest.raises(StepNotPossible):
        move(session, unit.code, entry, act, by="office", now=NOW)
    assert entry.state == state


@pytest.mark.parametrize("act", ["return", "verify_with_remark", "reject"])
def test_what_a_unit_must_learn_needs_a_remark(session, unit, act):
    entry = make_entry(session, unit, state="submitted")
    with pytest.raises(RemarkMissing):
        decide(session, unit, entry, act, "  ")
    assert entry.state == "submitted"


def test_handing_in_names_every_missing_field(session, unit):
    entry = begin_submission(session, unit, "innovation", {"title": "题"}, now=NOW)
    with pytest.raises(HandInLacks) as refusal:
        hand_in_submission(session, unit, entry, secrecy_checked=False, by="unit001", now=NOW)
    assert refusal.value.fields == ["period", "problem", "actions", "result", "beneficiaries", "secrecy_checked"]


@pytest.mark.parametrize("field", LONGEST)
def test_each_field_has_its_length(session, unit, field):
    most = LONGEST[field]
    assert begin_submission(session, unit, "innovation", FIELDS | {field: "字" * most}, now=NOW)
    with pytest.raises(TextTooLong) as refusal:
        begin_submission(session, unit, "innovation", FIELDS | {field: "字" * (most + 1)}, now=NOW)
    assert refusal.value.field == field


def test_three_entries_fit_and_a_rejected_one_leaves_its_place(session, unit):
    entries = [begin_submission(session, unit, "innovation", FIELDS, now=NOW) for _ in range(3)]
    with pytest.raises(TooManyEntries):
        begin_submission(session, unit, "innovation", FIELDS, now=NOW)
    hand_in_submission(session, unit, entries[0], secrecy_checked=True, by="unit001", now=NOW)
    decide(session, unit, entries[0], "reject", "与他单位重复申报")
    assert begin_submission(session, unit, "innovation", FIELDS, now=NOW)


def test_the_year_sets_how_many_entries_fit(session):
    unit = make_unit(session, make_year(session, rules={"submissions_per_unit": 1}))
    begin_submission(session, unit, "innovation", FIELDS, now=NOW)
    with pytest.raises(TooManyEntries):
        begin_submission(session, unit, "innovation", FIELDS, now=NOW)


def test_what_was_handed_in_can_not_be_edited(session, unit, tmp_path):
    entry = make_entry(session, unit, state="submitted")
    with pytest.raises(AlreadyHandedIn):
        save_submission(session, unit, entry, "innovation", FIELDS, now=NOW)
    with pytest.raises(AlreadyHandedIn):
        attach_to_submission(
            session, FolderStorage(tmp_path), unit, entry, "a.png", samples.picture(), by="unit001", now=NOW
        )


def test_reviewers_see_what_was_handed_in_verified_or_not(session, unit):
    by_state = {state: make_entry(session, unit, state=state, title=state) for state in STATES}
    shown = materials_of(session, unit.id)
    assert [entry.title for entry in shown.submissions] == [
        "submitted",
        "verified",
        "verified_with_remark",
        "published",
    ]
    assert shown.unverified == 1
    assert by_state["draft"].title == "draft"


def test_the_public_sees_an_entry_only_once_it_was_switched_on(session, unit, tmp_path):
    entry = make_entry(session, unit)
    file = attach_to_submission(
        session, FolderStorage(tmp_path), unit, entry, "a.png", samples.picture(), by="unit001", now=NOW
    )
    assert reviewed_file(session, unit.id, file.public_id) is None
    hand_in_submission(session, unit, entry, secrecy_checked=True, by="unit001", now=NOW)
    assert reviewed_file(session, unit.id, file.public_id) is file
    decide(session, unit, entry, "verify")
    decide(session, unit, entry, "publish")
    assert public_submissions(session, unit.id) == () and public_file(session, file.public_id) is None
    show_submission(session, entry, "public", by="office", now=NOW)
    assert [shown.title for shown in public_submissions(session, unit.id)] == [FIELDS["title"]]
    assert public_file(session, file.public_id) is file
    decide(session, unit, entry, "return", "涉密核查")
    assert public_submissions(session, unit.id) == ()


def test_another_unit_does_not_find_an_entry(session, unit):
    entry = make_entry(session, unit)
    other = make_unit(session, make_year(session, 2015), "U002")
    assert submission_of(session, other, entry.public_id) is None
    assert submission_of(session, unit, entry.public_id) is entry


def test_the_queue_shows_no_draft_and_counts_returns(session, unit):
    make_entry(session, unit)
    entry = make_entry(session, unit, state="submitted")
    decide(session, unit, entry, "return", "补充佐证")
    (row,) = verification_queue(session, unit.year_id)
    assert (row.public_id, row.state, row.files, row.times_returned) == (entry.public_id, "returned", 0, 1)
    assert verification_queue(session, unit.year_id, "submitted") == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("state = 'submitted'", "handed_in_after_the_secrecy_check"),
        ("visibility = 'public'", "only_published_is_public"),
        ("state = 'lost', secrecy_checked = true", "state_is_known"),
        ("kind = 'other'", "kind_is_known"),
    ],
)
def test_the_database_holds_what_must_always_hold(each_session, change, name):
    make_entry(each_session, make_unit(each_session, make_year(each_session)))
    with pytest.raises(IntegrityError, match=name):
        each_session.execute(text(f"UPDATE submission SET {change}"))
