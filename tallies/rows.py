"""The one contract that results travel in: rows, their versions and their digests."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    Select,
    String,
    UniqueConstraint,
    and_,
    false,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base
from database.canonical import canonical, digest
from database.columns import three_places
from rounds.kinds import Tallied
from rounds.recorded import events_of
from rounds.round import Round
from tallies import measures
from tallies.errors import BadRow, NoTally, SameCellTwice

COUNTED = "counted"
OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One number of a count, with all that is needed to check it.

    object, group, stratum, channel: "" is "all of them together". way: "counted", or "open" for answers
    that are shown beside the score. n: valid answers; dk: "don't know". counts: answers per option, best
    first. value, spread, se: 0 to 100 with at most three decimals; value is None exactly when `reason`
    says why. params: integers, text, lists and mappings; never the n or the value of another cell, which may
    be hidden. input_digest: of what was counted, under the
    round's salt (`database.canonical.digest`).
    """

    measure: str
    unit_code: str
    object: str = ""
    group: str = ""
    stratum: str = ""
    channel: str = ""
    way: str = COUNTED
    n: int
    dk: int = 0
    counts: tuple[int, ...] = ()
    value: Decimal | None
    spread: Decimal | None = None
    se: Decimal | None = None
    method: str
    params: Mapping[str, Any] = field(default_factory=dict)
    input_digest: str
    reason: str | None = None

    @property
    def cell(self) -> tuple[str, ...]:
        """What identifies the row within its count; also the order in which rows are kept."""
        return (
            self.measure,
            self.unit_code,
            self.object,
            self.group,
            self.stratum,
            self.channel,
            self.way,
        )


class Tally(Base):
    """One count of one round; never changed. The round says which version is published."""

    __tablename__ = "tally"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    row_count: Mapped[int]
    made_at: Mapped[datetime]


class TallyRow(Base):
    """A stored row; `digest` is its own, so that an altered row can be named."""

    __tablename__ = "tally_row"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "version"], ["tally.round_id", "tally.version"]),
        UniqueConstraint(
            "round_id",
            "version",
            "measure",
            "unit_code",
            "object",
            "assessor_group",
            "stratum",
            "channel",
            "way",
            name="one_row_a_cell",
        ),
    )

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    measure: Mapped[str] = mapped_column(String(32))
    unit_code: Mapped[str] = mapped_column(String(8))
    object: Mapped[str] = mapped_column(String(48))
    group: Mapped[str] = mapped_column("assessor_group", String(16))
    stratum: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(16))
    way: Mapped[str] = mapped_column(String(8))
    n: Mapped[int]
    dk: Mapped[int]
    counts: Mapped[list[int]] = mapped_column(JSON)
    value: Mapped[Decimal | None]
    spread: Mapped[Decimal | None]
    se: Mapped[Decimal | None]
    method: Mapped[str] = mapped_column(String(48))
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    input_digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))


_FIELDS = tuple(Row.__dataclass_fields__)
_DECIMALS = ("value", "spread", "se")


def write_tally(session: Session, round_id: int, rows: Iterable[Row], *, salt: bytes, now: datetime) -> Tallied:
    """Store one count of a round and return its version and digest.

    The same rows as in the newest version add nothing: a recount gives the same version and digest.
    Raises BadRow, SameCellTwice; then nothing is written. Rule: docs/rules.md, "Tallies".
    """
    ordered = _in_order(rows)
    leaves = [digest(_plain(row), salt=salt) for row in ordered]
    whole = digest(leaves, salt=salt)
    newest = newest_version(session, round_id)
    if newest is not None and newest.digest == whole:
        return Tallied(newest.version, whole)
    version = 1 if newest is None else newest.version + 1
    session.add(Tally(round_id=round_id, version=version, digest=whole, row_count=len(ordered), made_at=now))
    session.flush()
    if ordered:
        session.execute(
            insert(TallyRow),
            [
                _plain(row)
                | {name: getattr(row, name) for name in _DECIMALS}
                | {"round_id": round_id, "version": version, "position": position, "digest": leaf}
                for position, (row, leaf) in enumerate(zip(ordered, leaves, strict=True), start=1)
            ],
        )
    return Tallied(version, whole)


def newest_version(session: Session, round_id: int) -> Tally | None:
    """The newest count of a round, or None before the first."""
    return session.scalar(select(Tally).where(Tally.round_id == round_id).order_by(Tally.version.desc()).limit(1))


def newest_versions(session: Session, round_ids: Sequence[int]) -> dict[int, Tally]:
    """The newest count of each round that has one, by round id; one statement."""
    newest = (
        select(Tally.round_id, func.max(Tally.version).label("version"))
        .where(Tally.round_id.in_(round_ids))
        .group_by(Tally.round_id)
        .subquery()
    )
    found = session.scalars(
        select(Tally).join(newest, (Tally.round_id == newest.c.round_id) & (Tally.version == newest.c.version))
    )
    return {tally.round_id: tally for tally in found}


def read_rows(
    session: Session,
    round_id: int,
    *,
    version: int | None = None,
    measure: str | None = None,
    units: Sequence[str] = (),
) -> list[Row]:
    """The rows of one count in their order; without a version, of the newest; of these units, or of all.

    Raises NoTally where there is none.
    """
    tally = _tally(session, round_id, version)
    statement = select(TallyRow).where(TallyRow.round_id == round_id, TallyRow.version == tally.version)
    if measure is not None:
        statement = statement.where(TallyRow.measure == measure)
    if units:
        statement = statement.where(TallyRow.unit_code.in_(units))
    return [_row(stored) for stored in _stored(session, statement)]


def read_totals(session: Session, versions: Mapping[int, int]) -> list[Row]:
    """The counted rows over all groups, strata and channels of several counts; one statement.

    versions: round id -> version.
    """
    counts = [
        and_(TallyRow.round_id == round_id, TallyRow.version == version) for round_id, version in versions.items()
    ]
    whole = (TallyRow.group == "", TallyRow.stratum == "", TallyRow.channel == "", TallyRow.way == COUNTED)
    found = session.scalars(select(TallyRow).where(or_(false(), *counts), *whole))
    return [_row(stored) for stored in found]


def verify_tally(session: Session, round_: Round) -> str | None:
    """Recompute every recorded count of a round and name the first altered place, or None.

    Compares the rows with their own digests, these with the count's, and that with the audit chain.
    """
    for told in events_of(session, round_.code, "RoundTallied"):
        tally = session.get(Tally, (round_.id, told["version"]), populate_existing=True)
        place = "missing" if tally is None else _altered(session, tally, told["digest"], round_.salt or b"")
        if place is not None:
            return f"version {told['version']}, {place}"
    return None


def _altered(session: Session, tally: Tally, recorded: str, salt: bytes) -> str | None:
    leaves: list[str] = []
    wanted = select(TallyRow).where(TallyRow.round_id == tally.round_id, TallyRow.version == tally.version)
    for expected, stored in enumerate(_stored(session, wanted), start=1):
        if stored.position != expected:
            return f"row {expected}"
        row = _row(stored)
        leaf = digest(_plain(row), salt=salt)
        if stored.digest != leaf:
            return f"row {expected} ({' '.join(part for part in row.cell if part)})"
        leaves.append(leaf)
    if len(leaves) != tally.row_count:
        return f"row {len(leaves) + 1}" if len(leaves) < tally.row_count else "number of rows"
    return None if digest(leaves, salt=salt) == tally.digest == recorded else "digest"


def _tally(session: Session, round_id: int, version: int | None) -> Tally:
    found = newest_version(session, round_id) if version is None else session.get(Tally, (round_id, version))
    if found is None:
        raise NoTally(round_id, version)
    return found


def _stored(session: Session, wanted: Select[TallyRow]) -> Iterable[TallyRow]:
    return session.scalars(wanted.order_by(TallyRow.position).execution_options(populate_existing=True))


def _row(stored: TallyRow) -> Row:
    facts = {name: getattr(stored, name) for name in _FIELDS}
    return Row(**(facts | {"counts": tuple(stored.counts)}))


def _plain(row: Row) -> dict[str, object]:
    """The row as integers, text and 3-place decimal text, which is what digests cover."""
    plain: dict[str, object] = json.loads(canonical(asdict(row)))
    return plain


def _in_order(rows: Iterable[Row]) -> list[Row]:
    ordered = sorted(rows, key=lambda row: row.cell)
    for row in ordered:
        _check(row)
    for one, next_one in pairwise(ordered):
        if one.cell == next_one.cell:
            raise SameCellTwice(one.cell)
    return ordered


def _check(row: Row) -> None:
    if row.measure not in measures.ALL:
        raise BadRow("measure", "unknown")
    if row.way not in (COUNTED, OPEN):
        raise BadRow("way", "unknown")
    if (row.value is None) == (row.reason is None):
        raise BadRow("reason", "needed_exactly_when_there_is_no_value")
    if row.n < 0 or row.dk < 0 or any(count < 0 for count in row.counts):
        raise BadRow("n", "negative")
    for name in _DECIMALS:
        number = getattr(row, name)
        if number is not None and number != three_places(number):
            raise BadRow(name, "more_than_three_decimals")
