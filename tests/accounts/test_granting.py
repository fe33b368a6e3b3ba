"""Roles are given, taken and handed over; what was done stays under the name of who did it."""

import pytest

from accounts.account import SignedIn
from accounts.errors import NotHeld, ReasonMissing, UnknownRole
from accounts.granting import grant, hand_over, roles_of, withdraw
from accounts.making import Role
from accounts.queries import account_page, account_without, people_of
from accounts.signing_in import sign_in
from audit.events import Entry
from tests.factories import NOW, make_account_for

OFFICER = Role("unit", "officer", "U001")
ACT = {"by": "office", "now": NOW}


@pytest.fixture
def account(each_session):
    return make_account_for(each_session, "unit001", OFFICER, name="王敏")


def test_a_role_is_given_once_and_ends_what_was_signed_in(each_session, account):
    sign_in(each_session, account, now=NOW)
    head = Role("unit", "head", "U001")
    grant(each_session, account, head, **ACT)
    grant(each_session, account, head, **ACT)
    assert roles_of(account) == [OFFICER, head]
    assert each_session.query(SignedIn).count() == 0
    assert each_session.query(Entry).filter_by(kind="AccountChanged").count() == 1


def test_a_role_that_does_not_exist_or_is_not_held_is_refused(each_session, account):
    with pytest.raises(UnknownRole):
        grant(each_session, account, Role("emperor"), **ACT)
    with pytest.raises(NotHeld):
        withdraw(each_session, account, Role("unit", "head", "U001"), **ACT)
    withdraw(each_session, account, OFFICER, **ACT)
    assert roles_of(account) == []


def test_all_roles_go_over_and_the_first_account_is_disabled(each_session, account):
    to = make_account_for(each_session, "unit001-new", OFFICER, Role("agency"))
    hand_over(each_session, account, to, " 换届 ", **ACT)
    assert (roles_of(account), account.disabled) == ([], True)
    assert roles_of(to) == [OFFICER, Role("agency")]
    assert '"reason":"换届"' in each_session.query(Entry).filter_by(kind="RolesHandedOver").one().facts


def test_handing_over_needs_a_reason_something_to_hand_over_and_somebody_else(each_session, account):
    empty = make_account_for(each_session, "empty")
    with pytest.raises(ReasonMissing):
        hand_over(each_session, account, empty, "  ", **ACT)
    with pytest.raises(NotHeld):
        hand_over(each_session, account, account, "换届", **ACT)
    with pytest.raises(NotHeld):
        hand_over(each_session, empty, account, "换届", **ACT)
    assert not account.disabled


def test_accounts_are_found_by_role_words_and_scope(each_session, account):
    for number in range(2, 54):
        make_account_for(each_session, f"unit{number:03}", Role("unit", "officer", f"U{number:03}"))
    make_account_for(each_session, "office", Role("office", "make"))
    first = account_page(each_session, role="unit")
    assert (first.found, first.pages, len(first.accounts)) == (53, 2, 50)
    assert len(account_page(each_session, role="unit", page=99).accounts) == 3
    assert [a.username for a in account_page(each_session, words="王").accounts] == ["unit001"]
    assert [a.username for a in account_page(each_session, words="U007").accounts] == ["unit007"]
    assert account_page(each_session, words="%").found == 0


def test_an_account_with_a_guarded_role_is_not_found(each_session, account):
    office = make_account_for(each_session, "office", Role("office", "make"), OFFICER)
    assert account_without(each_session, office.public_id, ("office",)) is None
    assert account_without(each_session, account.public_id, ("office",)) is account


def test_of_several_officers_the_latest_who_may_sign_in_is_called(each_session, account):
    later = make_account_for(each_session, "unit001-b", OFFICER)
    assert people_of(each_session, "unit", "officer") == {"U001": later}
    later.disabled = True
    each_session.flush()
    assert people_of(each_session, "unit", "officer") == {"U001": account}
