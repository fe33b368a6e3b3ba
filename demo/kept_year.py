"""2015 kept as a file: written once from a simulation, restored whenever the demonstration is loaded."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from database.keeping import keep, restore
from demo.reading import DATA
from rounds.kinds import Kinds
from rounds.life import fix_rows, rounds_of
from webapp.schema import whole_schema

KEPT = DATA / "year2015.json.xz"
LEFT_OUT = frozenset({"closing_leaf", "signed_in", "sign_in_refusal", "spent"})
"""Tables that aren't kept: leaves are made again from the rows; spent tickets of an archived round serve nobody."""
NO_PASSWORD = "!"  # noqa: S105 - what is stored where nobody can sign in


def keep_year(session: Session, path: Path) -> None:
    """Write all that the database holds of a played year."""
    keep(session, whole_schema()["main"], LEFT_OUT, path)


def restore_year(session: Session, kinds: Kinds, path: Path) -> int:
    """Restore a kept year into an empty database and return the number of rows; nobody can sign in yet."""
    count = restore(session, whole_schema()["main"], path, {"account": {"password_hash": NO_PASSWORD}})
    for round_ in rounds_of(session):
        fix_rows(session, kinds, round_)
    return count
