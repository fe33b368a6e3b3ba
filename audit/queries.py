"""What pages and exports read of the trail."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from audit.events import Entry
from database.canonical import canonical

PAGE = 50


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One recorded act."""

    number: int
    at: datetime
    by: str
    kind: str
    subject: str
    facts: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class TrailPage:
    """A page of the trail, the latest first. page, pages: from 1; found: how many acts the filter lets through."""

    lines: tuple[TrailLine, ...]
    page: int
    pages: int
    found: int


def trail_page(session: Session, *, kind: str = "", subject: str = "", by: str = "", page: int = 1) -> TrailPage:
    """The recorded acts of a kind, on a subject that begins so, by a person; empty lets all through.

    page: one that doesn't exist is the last. Three statements whatever the number of acts.
    """
    where = list(_filters(kind, subject, by))
    found = session.scalar(select(func.count()).select_from(Entry).where(*where)) or 0
    pages = max(1, -(-found // PAGE))
    page = min(max(page, 1), pages)
    wanted = select(Entry).where(*where).order_by(Entry.number.desc()).offset((page - 1) * PAGE).limit(PAGE)
    return TrailPage(tuple(_line(entry) for entry in session.scalars(wanted)), page, pages, found)


def kinds_recorded(session: Session) -> list[str]:
    """The kinds of acts that the trail holds, by name."""
    return list(session.scalars(select(Entry.kind).distinct().order_by(Entry.kind)))


def chain_lines(session: Session) -> Iterator[bytes]:
    """The whole chain, a line of canonical JSON for each entry with every column: enough to verify it elsewhere."""
    for entry in session.scalars(select(Entry).order_by(Entry.number).execution_options(yield_per=1000)):
        row = {column.key: getattr(entry, column.key) for column in Entry.__table__.columns}
        yield canonical(row) + b"\n"


def _filters(kind: str, subject: str, by: str) -> Iterator[ColumnElement[bool]]:
    if kind:
        yield Entry.kind == kind
    if subject:
        yield Entry.subject.startswith(subject, autoescape=True)
    if by:
        yield Entry.by == by


def _line(entry: Entry) -> TrailLine:
    facts = json.loads(entry.facts)
    return TrailLine(entry.number, entry.at, entry.by, entry.kind, entry.subject, facts, entry.hash)
