"""Who may draw a ballot, and that it was drawn: never what was answered, nor when."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from operator import itemgetter

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from audit.events import AuditEvent, record
from ballots.crockford import new_code
from database.base import Base
from rounds.errors import WrongState
from rounds.instants import state_at
from rounds.life import round_named
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


@dataclass(frozen=True, slots=True)
class Letter:
    """What one letter says: its number, its code, and the unit it is about. It is shown once and stored nowhere."""

    number: str
    code: str
    unit_code: str | None


def key_hash(keys: RollKeys, round_code: str, code: str) -> bytes:
    """Hash a code in its one spelling as the roll keeps it, 32 bytes."""
    return hmac.digest(keys.codes, f"right\0{round_code}\0{code}".encode(), sha256)


def issue_letters(
    session: Session,
    round_: Round,
    door: Door,
    units: Sequence[str | None],
    keys: RollKeys,
    *,
    by: str,
    now: datetime,
) -> list[Letter]:
    """Make a right for each entry of `units` and return their letters in the same order.

    units: the unit that each right is about, None where the questionnaire isn't about one. The letters are numbered
    on from those the door has, as "g1-0001". The codes are stored nowhere; lost, they are issued anew.
    Raises WrongState once the round is closed. Audited.
    """
    # Locked, so that two who issue at once don't number alike.
    state = state_at(round_named(session, round_.code, lock=True), now)
    if state not in ("draft", "frozen", "open"):
        raise WrongState(round_.code, state, "issue_rights")
    of_door = select(func.count(Right.key_hash)).where(Right.round_id == round_.id, Right.door_code == door.code)
    held = session.scalar(of_door) or 0
    letters = [
        Letter(f"{door.code}-{number:04}", new_code(), unit) for number, unit in enumerate(units, start=held + 1)
    ]
    rows = [
        {
            "round_id": round_.id,
            "key_hash": key_hash(keys, round_.code, letter.code),
            "letter": letter.number,
            "door_code": door.code,
            "group": door.group,
            "stratum": door.stratum,
            "unit_code": letter.unit_code,
            "drawn": False,
        }
        for letter in letters
    ]
    if rows:
        # In the order of the hashes: neither a row's place nor its number tells the letter's.
        session.execute(insert(Right), sorted(rows, key=itemgetter("key_hash")))
    issued = RightsIssued(round_.code, door.code, len(rows))
    record(session, issued, by=by, now=now, subject=f"round {round_.code}")
    return letters


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
    """Make rights as `issue_letters` does and return their codes alone."""
    return [letter.code for letter in issue_letters(session, round_, door, units, keys, by=by, now=now)]


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
