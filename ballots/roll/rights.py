"""Who may draw a ballot, and that it was drawn: never what was answered, nor when."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from audit.events import AuditEvent, record
from ballots.crockford import new_code
from database.base import Base
from rounds.errors import WrongState
from rounds.instants import state_at
from rounds.round import Door, Round


class Right(Base):
    """A right to one ballot.

    key_hash: HMAC-SHA256 of round and code under a key outside the database; rows lie in its order, which is random.
    letter: the number printed on the letter, by which the office reminds; the code is printed nowhere else.
    unit_code: the unit that the right is about, where the sample fixes it. drawn: whether a ticket was asked for.
    """

    __tablename__ = "ballot_right"
    __table_args__ = (UniqueConstraint("round_id", "letter"), {"sqlite_with_rowid": False})

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True, autoincrement=False)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    letter: Mapped[str] = mapped_column(String(64))
    door_code: Mapped[str] = mapped_column(String(48))
    group: Mapped[str | None] = mapped_column("assessor_group", String(16))
    stratum: Mapped[str | None] = mapped_column(String(16))
    unit_code: Mapped[str | None] = mapped_column(String(8))
    drawn: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class RollKeys:
    """Keys of the roll, 32 bytes each, both kept outside the database."""

    codes: bytes
    tickets: bytes


@dataclass(frozen=True)
class RightsIssued(AuditEvent):
    """Rights were made for one door."""

    round_code: str
    door_code: str
    number: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many rights of a door there are, and how many were drawn."""

    door_code: str
    group: str | None
    stratum: str | None
    rights: int
    drawn: int


def key_hash(keys: RollKeys, round_code: str, code: str) -> bytes:
    """Hash a code in its one spelling as the roll keeps it, 32 bytes."""
    return hmac.digest(keys.codes, f"right\0{round_code}\0{code}".encode(), sha256)


def issue_rights(
    session: Session,
    round_: Round,
    door: Door,
    units: Sequence[str | None],
    keys: RollKeys,
    *,
    by: str,
    now: datetime,
) -> list[str]:
    """Make a right for each entry of `units` and return their codes in the same order, for the letters alone.

    units: the unit that each right is about, None where the questionnaire isn't about one. The letters are numbered
    on from those the door has, as "g1-0001". The codes are stored nowhere; lost, they are issued anew.
    Raises WrongState once the round is closed. Audited.
    """
    state = state_at(round_, now)
    if state not in ("draft", "frozen", "open"):
        raise WrongState(round_.code, state, "issue_rights")
    held = session.scalar(
        select(func.count()).where(Right.round_id == round_.id, Right.door_code == door.code).select_from(Right)
    )
    codes = [new_code() for _ in units]
    numbered = [
        (key_hash(keys, round_.code, code), f"{door.code}-{number:04}", unit)
        for number, (code, unit) in enumerate(zip(codes, units, strict=True), start=(held or 0) + 1)
    ]
    # In the order of the hashes: neither a row's place nor its number tells the letter's.
    rows = [
        {
            "round_id": round_.id,
            "key_hash": hashed,
            "letter": letter,
            "door_code": door.code,
            "group": door.group,
            "stratum": door.stratum,
            "unit_code": unit,
            "drawn": False,
        }
        for hashed, letter, unit in sorted(numbered, key=lambda one: one[0])
    ]
    if rows:
        session.execute(insert(Right), rows)
    issued = RightsIssued(round_.code, door.code, len(rows))
    record(session, issued, by=by, now=now, subject=f"round {round_.code}")
    return codes


def drawn_counts(session: Session, round_id: int) -> list[Drawn]:
    """Count rights and draws of each door, for the board of progress."""
    where = (Right.door_code, Right.group, Right.stratum)
    wanted = (
        select(*where, func.count(), func.count().filter(Right.drawn))
        .where(Right.round_id == round_id)
        .group_by(*where)
        .order_by(Right.door_code)
    )
    return [Drawn(*row) for row in session.execute(wanted)]


def undrawn_letters(session: Session, round_id: int) -> list[str]:
    """Letter numbers whose right nobody has drawn, in the order of the register: whom to remind."""
    wanted = select(Right.letter).where(Right.round_id == round_id, Right.drawn.is_(False)).order_by(Right.letter)
    return list(session.scalars(wanted))
