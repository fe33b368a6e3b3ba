"""Seats of a panel round, and how each stands to each unit."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base

OBJECTS_OF = {
    "expert": ("routine", "other", "innovation"),
    "bianban": ("routine", "other"),
    "performance_office": ("innovation",),
}
"""Which objects each kind of seat scores. Source: docs/rules.md, "Panel"."""

STANDINGS = ("assigned", "own", "recused")


class Seat(Base):
    """One who fills sheets in a round: an expert, Bianban or the performance office.

    unit_code: the unit that nominated the expert, or that Bianban and the performance office belong to.
    sealed_at, sealed_digest: when the set was sealed, and the salted digest of what was sealed.
    """

    __tablename__ = "panel_seat"
    __table_args__ = (
        UniqueConstraint("round_id", "username", "kind"),
        UniqueConstraint("round_id", "code", "unit_code"),
        CheckConstraint(f"kind IN {tuple(OBJECTS_OF)}", name="kind_is_known"),
        CheckConstraint("(sealed_at IS NULL) = (sealed_digest IS NULL)", name="sealed_has_digest"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    username: Mapped[str] = mapped_column(String(64), index=True)
    unit_code: Mapped[str] = mapped_column(String(8))
    sealed_at: Mapped[datetime | None]
    sealed_digest: Mapped[str | None] = mapped_column(String(64))


class Standing(Base):
    """How one seat stands to one unit: a row for every pair, made at the freeze.

    `own` exactly where the unit is the seat's own; `recused` with the reason that was declared.
    """

    __tablename__ = "panel_standing"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "seat_code", "nominator"],
            ["panel_seat.round_id", "panel_seat.code", "panel_seat.unit_code"],
            name="fk_panel_standing_seat",
        ),
        ForeignKeyConstraint(["year_id", "unit_code"], ["unit.year_id", "unit.code"], name="fk_panel_standing_unit"),
        UniqueConstraint("round_id", "seat_code", "unit_code", "standing"),
        CheckConstraint(f"standing IN {STANDINGS}", name="standing_is_known"),
        CheckConstraint("(standing = 'own') = (unit_code = nominator)", name="own_unit_is_own"),
        CheckConstraint("standing <> 'recused' OR reason <> ''", name="recusal_has_reason"),
    )

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seat_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    unit_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    year_id: Mapped[int]
    nominator: Mapped[str] = mapped_column(String(8))
    standing: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text, default="")
