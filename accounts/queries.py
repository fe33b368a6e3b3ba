"""What pages read of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from accounts.account import Account, Holding

PAGE = 50


@dataclass(frozen=True, slots=True)
class AccountPage:
    """A page of accounts by username. page, pages: from 1; found: how many the filter lets through."""

    accounts: tuple[Account, ...]
    page: int
    pages: int
    found: int


def account_page(session: Session, *, role: str = "", words: str = "", page: int = 1) -> AccountPage:
    """Accounts that hold a role and whose username, name or scope holds some words; empty lets all through.

    page: one that doesn't exist is the last. Three statements whatever the number of accounts.
    """
    where: list[ColumnElement[bool]] = []
    if role:
        where.append(exists().where(Holding.account_id == Account.id, Holding.role == role))
    if words:
        in_scope = exists().where(Holding.account_id == Account.id, Holding.scope == words)
        fits = [column.contains(words, autoescape=True) for column in (Account.username, Account.name)]
        where.append(or_(*fits, in_scope))
    found = session.scalar(select(func.count()).select_from(Account).where(*where)) or 0
    pages = max(1, -(-found // PAGE))
    page = min(max(page, 1), pages)
    wanted = select(Account).where(*where).order_by(Account.username).offset((page - 1) * PAGE).limit(PAGE)
    return AccountPage(tuple(session.scalars(wanted)), page, pages, found)


def account_without(session: Session, public_id: str, roles: Sequence[str]) -> Account | None:
    """The account of a public id unless it holds one of these roles; None otherwise."""
    holds = exists().where(Holding.account_id == Account.id, Holding.role.in_(roles))
    return session.scalar(select(Account).where(Account.public_id == public_id, ~holds))


def people_of(session: Session, role: str, duty: str) -> dict[str, Account]:
    """By scope, the account that holds a role with a duty and may sign in; of several, the latest made."""
    wanted = (
        select(Holding.scope, Account)
        .join(Account, Account.id == Holding.account_id)
        .where(Holding.role == role, Holding.duty == duty, ~Account.disabled)
        .order_by(Account.id)
    )
    return {row.scope: row.Account for row in session.execute(wanted)}
