"""Sheets, their cells with history, and private notes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.columns import public_id
from review.panel.marks import ANSWERS
from review.rubrics.rubric import PANEL_OBJECTS


class Sheet(Base):
    """One seat's sheet on one object of one unit.

    Its foreign key takes in the standing, which can only be `assigned`: the database holds no sheet on one's
    own unit or under a declared conflict.
    """

    __tablename__ = "panel_sheet"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "seat_code", "unit_code", "standing"],
            [
                "panel_standing.round_id",
                "panel_standing.seat_code",
                "panel_standing.unit_code",
                "panel_standing.standing",
            ],
            name="fk_panel_sheet_assigned_standing",
        ),
        CheckConstraint("standing = 'assigned'", name="only_assigned_units"),
        CheckConstraint(f"object IN {PANEL_OBJECTS}", name="object_is_known"),
    )

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seat_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    unit_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    object: Mapped[str] = mapped_column(String(16), primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    standing: Mapped[str] = mapped_column(String(16), default="assigned")


class SheetCell(Base):
    """What was entered for one criterion of a sheet; a change is a new version, and the latest counts."""

    __tablename__ = "panel_cell"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "seat_code", "unit_code", "object"],
            ["panel_sheet.round_id", "panel_sheet.seat_code", "panel_sheet.unit_code", "panel_sheet.object"],
            name="fk_panel_cell_sheet",
        ),
        CheckConstraint(f"answer IN {ANSWERS}", name="answer_is_known"),
        CheckConstraint("(answer = 'points') = (points IS NOT NULL)", name="only_points_carry_points"),
        CheckConstraint("points >= 0", name="points_not_negative"),
        CheckConstraint("version >= 1", name="versions_count_from_one"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seat_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    unit_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    object: Mapped[str] = mapped_column(String(16), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(24), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    answer: Mapped[str] = mapped_column(String(8))
    points: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class Note(Base):
    """A seat's private note on a unit; nobody else is shown it."""

    __tablename__ = "panel_note"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "seat_code", "unit_code"],
            ["panel_standing.round_id", "panel_standing.seat_code", "panel_standing.unit_code"],
            name="fk_panel_note_standing",
        ),
    )

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seat_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    unit_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
