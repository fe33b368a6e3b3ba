"""Evaluation years and what each audience is shown at each stage."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base

STAGES = ("preparing", "collecting", "assessing", "provisional", "final", "archived")


class Year(Base):
    """One evaluation year. rules: caps, limits and defaults of the year, as data (docs/rules.md)."""

    __tablename__ = "evaluation_year"
    __table_args__ = (CheckConstraint(f"stage IN {STAGES}", name="stage_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    stage: Mapped[str] = mapped_column(String(16), default="preparing")
    title_zh: Mapped[str] = mapped_column(String(128))
    title_en: Mapped[str] = mapped_column(String(128))
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    demonstration: Mapped[bool] = mapped_column(default=False)


class Showing(Base):
    """One cell of the year's visibility table: whether an audience is shown an item at a stage.

    What has no row is internal: not shown.
    """

    __tablename__ = "showing"

    year_id: Mapped[int] = mapped_column(ForeignKey("evaluation_year.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(32), primary_key=True)
    stage: Mapped[str] = mapped_column(String(16), primary_key=True)
    audience: Mapped[str] = mapped_column(String(16), primary_key=True)
    shown: Mapped[bool] = mapped_column(default=False)
