"""Giving an account a role, taking one away, and handing all of them over to somebody else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from accounts.account import DUTIES, ROLES, Account, Holding
from accounts.errors import NotHeld, ReasonMissing, UnknownRole
from accounts.events import AccountChanged, RolesHandedOver
from accounts.making import Role, end_sign_ins
from audit.events import record


def grant(session: Session, account: Account, role: Role, *, by: str, now: datetime) -> None:
    """Give an account a role, which ends its sign-ins; one that it holds already stays. Raises UnknownRole."""
    if role.role not in ROLES or role.duty not in DUTIES:
        raise UnknownRole(str(role))
    if role in roles_of(account):
        return
    account.holdings.append(Holding(role=role.role, duty=role.duty, scope=role.scope))
    _changed(session, account, f"+{role}", by, now)


def withdraw(session: Session, account: Account, role: Role, *, by: str, now: datetime) -> None:
    """Take a role from an account, which ends its sign-ins. Raises NotHeld."""
    if role not in roles_of(account):
        raise NotHeld(account.username)
    account.holdings = [held for held in account.holdings if _role(held) != role]
    _changed(session, account, f"-{role}", by, now)


def hand_over(session: Session, account: Account, to: Account, reason: str, *, by: str, now: datetime) -> None:
    """Hand all roles of an account over to another and disable the first; what it did stays under its name.

    Raises ReasonMissing, NotHeld where there is nothing to hand over or both are one account.
    """
    if not reason.strip():
        raise ReasonMissing
    roles = roles_of(account)
    if not roles or account.id == to.id:
        raise NotHeld(account.username)
    held_before = roles_of(to)
    account.holdings = []
    session.flush()
    to.holdings += [Holding(role=r.role, duty=r.duty, scope=r.scope) for r in roles if r not in held_before]
    account.disabled = True
    session.flush()
    for each in (account, to):
        end_sign_ins(session, each.id)
    handed = RolesHandedOver(account.username, to.username, [str(role) for role in roles], reason.strip()[:300])
    record(session, handed, by=by, now=now, subject=f"account {account.username}")


def roles_of(account: Account) -> list[Role]:
    """What an account holds, as plain values."""
    return [_role(held) for held in account.holdings]


def _role(held: Holding) -> Role:
    return Role(held.role, held.duty, held.scope)


def _changed(session: Session, account: Account, change: str, by: str, now: datetime) -> None:
    session.flush()
    end_sign_ins(session, account.id)
    event = AccountChanged(username=account.username, change=change)
    record(session, event, by=by, now=now, subject=f"account {account.username}")
