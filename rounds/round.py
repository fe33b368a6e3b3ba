"""Rounds and their doors."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base

KINDS = ("survey", "panel", "peers")
STATES = ("draft", "frozen", "open", "closed", "unsealed", "tallied", "published", "archived")
DEGREES = ("open", "taken_down", "sealed", "procedural", "named")


class Round(Base):
    """One questionnaire, panel or mutual evaluation of a year, from draft to archive.

    state: the last state that was recorded; ask `rounds.instants.state_at` for the state at an instant.
    instrument: the frozen document (canonical JSON) and its SHA-256; None while a draft.
    salt: 32 random bytes behind every digest over few answers; leaves only in the auditor's record.
    opens_at, closes_at: the window; at the closing instant itself the round is closed.
    """

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind_is_known"),
        CheckConstraint(f"state IN {STATES}", name="state_is_known"),
        CheckConstraint("(state = 'draft') = (instrument IS NULL)", name="frozen_has_instrument"),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint("NOT rehearsal OR state NOT IN ('published', 'archived')", name="rehearsal_stays_inside"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("evaluation_year.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    title_zh: Mapped[str] = mapped_column(String(128))
    title_en: Mapped[str] = mapped_column(String(128))
    state: Mapped[str] = mapped_column(String(16), default="draft")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    draft: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    rehearsal: Mapped[bool] = mapped_column(default=False)
    instrument: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    instrument_digest: Mapped[str | None] = mapped_column(String(64))
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(32), deferred=True)
    published_version: Mapped[int | None]
    doors: Mapped[list["Door"]] = relationship(back_populates="round", order_by="Door.id", lazy="select")


class Door(Base):
    """One way into a round: channel, group, stratum and the degree of identity, all fixed at the freeze."""

    __tablename__ = "door"
    __table_args__ = (
        UniqueConstraint("round_id", "code"),
        CheckConstraint(f"degree IN {DEGREES}", name="degree_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(48))
    channel: Mapped[str] = mapped_column(String(16))
    group: Mapped[str | None] = mapped_column("assessor_group", String(16))
    stratum: Mapped[str | None] = mapped_column(String(16))
    degree: Mapped[str] = mapped_column(String(16))
    counted: Mapped[bool] = mapped_column(default=True)
    round: Mapped[Round] = relationship(back_populates="doors")


class ClosingLeaf(Base):
    """One row that a close fixed: its key within the round and the salted hash of its content."""

    __tablename__ = "closing_leaf"
    __table_args__ = {"sqlite_with_rowid": False}

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(96), primary_key=True)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))
