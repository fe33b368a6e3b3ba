"""Signing in and out. A sign-in is a row, so that it can be ended from the server."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from accounts.account import Account, Refusal, SignedIn
from accounts.errors import TooManyTries, WrongPassword
from accounts.events import SignInRecorded
from accounts.passwords import password_fits
from audit.events import record

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
FREE_TRIES = 10
WAIT = timedelta(minutes=5)


def _hash(sign_in_id: str) -> str:
    return hashlib.sha256(sign_in_id.encode()).hexdigest()


def check_password(session: Session, username: str, password: str, *, now: datetime) -> Account:
    """Find the account that a username and password belong to.

    Counts the refusals in the same transaction, which the caller commits even when this raises WrongPassword.
    From the 11th wrong password in a row on, one try every five minutes: a stranger slows the owner down but cannot
    lock her out for good. Raises WrongPassword, TooManyTries.
    """
    refusal = session.get(Refusal, username[:64])
    if refusal and refusal.count >= FREE_TRIES and now < refusal.last_at + WAIT:
        raise TooManyTries(int(WAIT.total_seconds() // 60))
    account = session.scalar(select(Account).where(Account.username == username))
    if not password_fits(account.password_hash if account else None, password) or account is None or account.disabled:
        refusal = refusal or Refusal(username=username[:64], count=0)
        refusal.count, refusal.last_at = refusal.count + 1, now
        session.add(refusal)
        raise WrongPassword
    if refusal:
        session.delete(refusal)
    return account


def sign_in(session: Session, account: Account, *, now: datetime) -> str:
    """Begin a sign-in and return its random id, which only the browser keeps."""
    sign_in_id = secrets.token_urlsafe(32)
    session.add(SignedIn(id_hash=_hash(sign_in_id), account_id=account.id, made_at=now, seen_at=now))
    signed = SignInRecorded(username=account.username)
    record(session, signed, by=account.username, now=now, subject=f"account {account.username}")
    return sign_in_id


def signed_in_account(session: Session, sign_in_id: str, *, now: datetime) -> Account | None:
    """The account behind a sign-in, or None once it ended: 12 hours idle, 7 days in all, signed out, disabled."""
    wanted = select(SignedIn, Account).join(Account, Account.id == SignedIn.account_id)
    found = session.execute(wanted.where(SignedIn.id_hash == _hash(sign_in_id))).one_or_none()
    if found is None:
        return None
    row, account = found
    if now - row.seen_at > IDLE or now - row.made_at > LONGEST or account.disabled:
        return None
    return account


def keep_alive(session: Session, sign_in_id: str, *, now: datetime) -> None:
    """Note that a sign-in was used; called by requests that write anyway."""
    row = session.get(SignedIn, _hash(sign_in_id))
    if row and now - row.seen_at > timedelta(minutes=5):
        row.seen_at = now


def sign_out(session: Session, sign_in_id: str) -> None:
    """End one sign-in."""
    session.execute(delete(SignedIn).where(SignedIn.id_hash == _hash(sign_in_id)))


def sign_out_elsewhere(session: Session, account: Account, sign_in_id: str) -> None:
    """End every sign-in of an account but this one."""
    session.execute(delete(SignedIn).where(SignedIn.account_id == account.id, SignedIn.id_hash != _hash(sign_in_id)))
