"""Making and changing accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from accounts.account import DUTIES, ROLES, Account, Holding, SignedIn
from accounts.errors import UnknownAccount, UnknownRole, UsernameTaken
from accounts.events import AccountChanged, AccountMade
from accounts.passwords import hash_password, refuse_weak
from audit.events import record

# The name under which the trail keeps what an operator's command did; nobody may sign in as it.
OPERATOR = "system"


@dataclass(frozen=True)
class Role:
    """A role to be held: role, duty in it, and for whom."""

    role: str
    duty: str = ""
    scope: str = ""

    def __str__(self) -> str:
        return ":".join((self.role, self.duty, self.scope)).rstrip(":")


def make_account(
    session: Session,
    username: str,
    name: str,
    roles: Sequence[Role],
    *,
    by: str,
    now: datetime,
    password: str | None = None,
    password_hash: str | None = None,
    must_change: bool = True,
) -> Account:
    """Make an account with its roles.

    password: refused where weak; password_hash: one made beforehand (many are made side by side). One of both is
    given. Raises UsernameTaken, WeakPassword, UnknownRole; then nothing is written.
    """
    if username == OPERATOR or session.scalar(select(Account.id).where(Account.username == username)):
        raise UsernameTaken(username)
    for role in roles:
        if role.role not in ROLES or role.duty not in DUTIES:
            raise UnknownRole(str(role))
    if password_hash is None:
        refuse_weak(password or "", username)
        password_hash = hash_password(password or "")
    account = Account(
        username=username,
        name=name,
        password_hash=password_hash,
        must_change=must_change,
        holdings=[Holding(role=r.role, duty=r.duty, scope=r.scope) for r in roles],
    )
    session.add(account)
    session.flush()
    made = AccountMade(username=username, roles=[str(r) for r in roles])
    record(session, made, by=by, now=now, subject=f"account {username}")
    return account


def account_named(session: Session, username: str) -> Account:
    """The account of a username; raises UnknownAccount."""
    account = session.scalar(select(Account).where(Account.username == username))
    if account is None:
        raise UnknownAccount(username)
    return account


def set_password(
    session: Session, username: str, password: str, *, by: str, now: datetime, must_change: bool
) -> None:
    """Give an account a new password and end all its sign-ins; raises UnknownAccount, WeakPassword."""
    account = account_named(session, username)
    refuse_weak(password, username)
    account.password_hash = hash_password(password)
    account.must_change = must_change
    end_sign_ins(session, account.id)
    changed = AccountChanged(username=username, change="password")
    record(session, changed, by=by, now=now, subject=f"account {username}")


def set_disabled(session: Session, username: str, disabled: bool, *, by: str, now: datetime) -> None:
    """Disable or enable an account and end all its sign-ins; raises UnknownAccount."""
    account = account_named(session, username)
    account.disabled = disabled
    end_sign_ins(session, account.id)
    changed = AccountChanged(username=username, change="disabled" if disabled else "enabled")
    record(session, changed, by=by, now=now, subject=f"account {username}")


def end_sign_ins(session: Session, account_id: int) -> None:
    """End every sign-in of an account."""
    session.execute(delete(SignedIn).where(SignedIn.account_id == account_id))
