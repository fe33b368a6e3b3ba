"""An act that needs two people gets two."""

import pytest

from accounts.approvals import ask, decide, pending
from accounts.errors import MayNotApprove, NotPending, SamePerson, UsernameTaken
from accounts.making import Role
from tests.factories import NOW, make_account_for


@pytest.fixture
def office(each_session):
    make_account_for(each_session, "office", Role("office", "make"), Role("office", "check"))
    make_account_for(each_session, "office-check", Role("office", "check"))
    make_account_for(each_session, "expert01", Role("expert", scope="U004"))
    return each_session


def request(session):
    return ask(session, "freeze", "round q1-2016", {"digest": "ab"}, by="office", now=NOW)


def test_a_second_person_approves(office):
    approval = decide(office, request(office).public_id, "approved", by="office-check", now=NOW)
    assert (approval.decision, approval.decided_by) == ("approved", "office-check")
    assert pending(office) == []


def test_who_asked_cannot_approve(office):
    with pytest.raises(SamePerson):
        decide(office, request(office).public_id, "approved", by="office", now=NOW)


def test_nobody_without_the_right_approves(office):
    with pytest.raises(MayNotApprove):
        decide(office, request(office).public_id, "approved", by="expert01", now=NOW)


def test_a_decision_is_taken_once(office):
    public_id = request(office).public_id
    decide(office, public_id, "refused", by="office-check", now=NOW)
    with pytest.raises(NotPending):
        decide(office, public_id, "approved", by="office-check", now=NOW)


def test_asking_again_replaces_the_open_request(office):
    first = request(office).public_id
    second = request(office).public_id
    assert [a.public_id for a in pending(office, "freeze", "round q1-2016")] == [second] != [first]


def test_nobody_is_given_the_name_of_the_operators_commands(each_session):
    with pytest.raises(UsernameTaken):
        make_account_for(each_session, "system", Role("office", "make"))
