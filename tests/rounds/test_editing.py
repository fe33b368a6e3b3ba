"""A draft is edited, its rules by two people; a frozen round is not."""

from datetime import timedelta

import pytest

from accounts.errors import MayNotApprove, SamePerson
from accounts.making import Role
from audit.events import Entry
from rounds.editing import change_rules, edit_draft
from rounds.errors import FrozenRound, LowerThreshold, WindowReversed
from tests.factories import NOW, make_account_for, make_round, make_year

LEAST = {"public": 10, "internal": 5, "guarded": 10}
HOUR = timedelta(hours=1)


@pytest.fixture
def draft(session):
    for username, duty in (("office", "make"), ("office-check", "check")):
        make_account_for(session, username, Role("office", duty))
    return make_round(session, make_year(session), rules={"min_raters": 10, "k": {"internal": 7}})


def change(session, changes, by="office", approved_by="office-check"):
    return change_rules(session, "q1-2016", changes, least_k=LEAST, by=by, approved_by=approved_by, now=NOW)


def edit(session, opens=NOW, closes=NOW + HOUR):
    hours = {"opens_at": opens, "closes_at": closes}
    return edit_draft(session, "q1-2016", title_zh="问卷", title_en="Form", **hours, by="office", now=NOW)


def test_named_rules_are_replaced_and_the_others_stay(session, draft):
    change(session, {"min_raters": 12})
    assert draft.rules == {"min_raters": 12, "k": {"internal": 7}}
    entry = session.query(Entry).filter_by(kind="RulesChanged").one()
    assert '"was":{"min_raters":10}' in entry.facts and '"now":{"min_raters":12}' in entry.facts


@pytest.mark.parametrize(("name", "value"), [("public", 9), ("internal", 6), ("guarded", 9), ("internal", 5)])
def test_a_threshold_falls_below_neither_the_least_nor_what_the_round_has(session, draft, name, value):
    with pytest.raises(LowerThreshold):
        change(session, {"k": {name: value}})
    assert draft.rules["k"] == {"internal": 7}


def test_a_threshold_may_be_raised(session, draft):
    change(session, {"k": {"internal": 8}})
    assert draft.rules["k"] == {"internal": 8}


@pytest.mark.parametrize(
    ("by", "approved_by", "refusal"),
    [("office-check", "office-check", SamePerson), ("office-check", "office", MayNotApprove)],
)
def test_rules_need_a_second_person_with_the_right(session, draft, by, approved_by, refusal):
    with pytest.raises(refusal):
        change(session, {"min_raters": 12}, by=by, approved_by=approved_by)


@pytest.mark.parametrize("closes", [NOW, NOW - HOUR])
def test_a_round_opens_before_it_closes(session, draft, closes):
    with pytest.raises(WindowReversed):
        edit(session, closes=closes)


def test_a_frozen_round_keeps_titles_and_rules(session, draft):
    draft.instrument, draft.state = b"{}", "frozen"
    with pytest.raises(FrozenRound):
        edit(session)
    with pytest.raises(FrozenRound):
        change(session, {"min_raters": 12})
