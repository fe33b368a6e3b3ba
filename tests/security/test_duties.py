"""A duty is held for the unit or lead under which it was given, and for no other."""

import pytest

from accounts.making import Role, make_account
from tests.factories import NOW
from webapp.actor import Actor


@pytest.mark.parametrize("role", ["unit", "lead"])
def test_the_head_of_one_is_not_the_head_of_another_for_whom_she_writes(session, role):
    holds = [Role(role, "officer", "U001"), Role(role, "head", "U002")]
    account = make_account(session, "both", "both", holds, by="system", now=NOW, password_hash="x")
    actor = Actor(account, "")
    assert actor.scope(role) == "U001"
    assert actor.holds(role, "officer")
    assert not actor.holds(role, "head")
