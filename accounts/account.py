"""Accounts, what they hold, and their sign-in sessions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base
from database.columns import public_id

ROLES = ("office", "auditor", "agency", "interviewer", "expert", "unit", "lead")
DUTIES = ("", "make", "check", "approve", "officer", "head")


class Account(Base):
    """Somebody who may sign in."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(128))
    password_hash: Mapped[str] = mapped_column(String(256))
    must_change: Mapped[bool] = mapped_column(default=False)
    disabled: Mapped[bool] = mapped_column(default=False)
    holdings: Mapped[list["Holding"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", lazy="selectin", order_by="Holding.id"
    )


class Holding(Base):
    """One role of an account: for whom it is held (`scope`) and what may be done in it (`duty`).

    scope: a unit's code for `unit` and `expert` (the nominator), a lead's code for `lead`, else empty.
    duty: make, check or approve for `office`; officer or head for `unit` and `lead`; else empty.
    """

    __tablename__ = "holding"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "duty", "scope"),
        CheckConstraint(f"role IN {ROLES}", name="role_is_known"),
        CheckConstraint(f"duty IN {DUTIES}", name="duty_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(16))
    duty: Mapped[str] = mapped_column(String(16), default="")
    scope: Mapped[str] = mapped_column(String(16), default="")
    account: Mapped[Account] = relationship(back_populates="holdings")


class SignedIn(Base):
    """A sign-in that is still good; the browser holds the random id, the table its hash."""

    __tablename__ = "signed_in"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Refusal(Base):
    """Wrong passwords in a row for one username, so that guessing slows down."""

    __tablename__ = "sign_in_refusal"

    username: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime]
