"""A sign-in ends when it should, and guessing is slowed down."""

from datetime import timedelta

import pytest

from accounts.errors import TooManyTries, WeakPassword, WrongPassword
from accounts.making import Role, set_disabled, set_password
from accounts.signing_in import (
    IDLE,
    LONGEST,
    check_password,
    keep_alive,
    sign_in,
    sign_out,
    sign_out_elsewhere,
    signed_in_account,
)
from tests.factories import NOW, PASSWORD, make_account_for

SECOND = timedelta(seconds=1)


@pytest.fixture
def expert(session):
    return make_account_for(session, "expert07", Role("expert", scope="U013"))


@pytest.mark.parametrize(("after", "good"), [(IDLE, True), (IDLE + SECOND, False)])
def test_a_sign_in_ends_after_twelve_idle_hours(session, expert, after, good):
    sign_in_id = sign_in(session, expert, now=NOW)
    assert (signed_in_account(session, sign_in_id, now=NOW + after) is not None) is good


def test_a_used_sign_in_lives_on_but_never_past_a_week(session, expert):
    sign_in_id = sign_in(session, expert, now=NOW)
    for hours in range(10, 168, 10):
        keep_alive(session, sign_in_id, now=NOW + timedelta(hours=hours))
    assert signed_in_account(session, sign_in_id, now=NOW + LONGEST)
    assert signed_in_account(session, sign_in_id, now=NOW + LONGEST + SECOND) is None


@pytest.mark.parametrize("end", ["sign_out", "password", "disabled"])
def test_a_sign_in_ends_at_once(session, expert, end):
    sign_in_id = sign_in(session, expert, now=NOW)
    if end == "sign_out":
        sign_out(session, sign_in_id)
    elif end == "password":
        set_password(session, "expert07", "another-horse-8", by="office", now=NOW, must_change=True)
    else:
        set_disabled(session, "expert07", True, by="office", now=NOW)
    session.expire_all()
    assert signed_in_account(session, sign_in_id, now=NOW) is None


def test_the_own_sign_in_stays_when_all_others_end(session, expert):
    here, there = sign_in(session, expert, now=NOW), sign_in(session, expert, now=NOW)
    sign_out_elsewhere(session, expert, here)
    session.expire_all()
    assert signed_in_account(session, here, now=NOW)
    assert signed_in_account(session, there, now=NOW) is None


def test_a_stranger_slows_the_owner_down_for_five_minutes_only(session, expert):
    for _ in range(10):
        with pytest.raises(WrongPassword):
            check_password(session, "expert07", "guess-guess-1", now=NOW)
    with pytest.raises(TooManyTries):
        check_password(session, "expert07", PASSWORD, now=NOW)
    assert check_password(session, "expert07", PASSWORD, now=NOW + timedelta(minutes=5)) is expert


@pytest.mark.parametrize("weak", ["short-1", "password1234567890", "expert07-expert", "aaaaaaaaaaaa", "x" * 129])
def test_a_weak_password_is_refused(session, expert, weak):
    with pytest.raises(WeakPassword):
        set_password(session, "expert07", weak, by="expert07", now=NOW, must_change=False)
