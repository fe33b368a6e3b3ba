"""Tables of answers. No column holds a clock time, an account, an address, an order or a way back to a code."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base

PACES = ("fast", "normal", "slow")


class Response(Base):
    """One response under its commitment, which its nonce alone ties to a receipt.

    door_id: the way in, with its channel and group. day: the finest time kept. pace: how the form was filled in.
    batch_id: for answers that were taken down. packed: the grades, as long for every response of a round.
    """

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint(f"pace IN {PACES}", name="pace_is_coarse"),
        CheckConstraint("length(commitment) = 32", name="commitment_is_a_hash"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True, autoincrement=False)
    commitment: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    door_id: Mapped[int] = mapped_column(ForeignKey("door.id"))
    day: Mapped[date]
    pace: Mapped[str] = mapped_column(String(8))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"), index=True)
    packed: Mapped[bytes] = mapped_column(LargeBinary)


class ResponseText(Base):
    """A written answer, apart from the grades under a random key, so that no text leads to the grades beside it."""

    __tablename__ = "response_text"
    __table_args__ = {"sqlite_with_rowid": False}

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True, autoincrement=False)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    item: Mapped[str] = mapped_column(String(48))
    unit_code: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)


class ResponseContact(Base):
    """Personal information that was left for a reply, apart from grades and texts; taken-down doors alone ask it."""

    __tablename__ = "response_contact"
    __table_args__ = {"sqlite_with_rowid": False}

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True, autoincrement=False)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    item: Mapped[str] = mapped_column(String(48))
    unit_code: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)


class Spent(Base):
    """The hash of a ticket or form that was used, so that it is used once; it shares no key with any answer."""

    __tablename__ = "spent"
    __table_args__ = {"sqlite_with_rowid": False}

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
