"""Whether the current task reads or writes, and how a row is lodged."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.orm import Session, sessionmaker

_writing: ContextVar[bool] = ContextVar("writing", default=True)


def is_writing() -> bool:
    """Tell whether a transaction begun now may write."""
    return _writing.get()


def set_writing(writing: bool) -> None:
    """Choose for the current task (a request, say) whether its transactions may write."""
    _writing.set(writing)


@contextmanager
def reading(make_session: sessionmaker[Session]) -> Iterator[Session]:
    """Give a session whose transaction cannot write."""
    token = _writing.set(False)
    try:
        with make_session() as session:
            yield session
    finally:
        _writing.reset(token)


@contextmanager
def writing(make_session: sessionmaker[Session]) -> Iterator[Session]:
    """Give a session in one transaction, committed at the end or rolled back whole."""
    token = _writing.set(True)
    try:
        with make_session.begin() as session:
            yield session
    finally:
        _writing.reset(token)


def lodge(session: Session, statement: Insert, row: Mapping[str, Any]) -> None:
    """Insert one row of a large table in the caller's transaction.

    The one place through which answers are stored, so that rows of many requests can later share a commit.
    """
    session.execute(statement, [dict(row)])
