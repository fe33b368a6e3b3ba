"""The assessed units of a year and their mandates."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base
from database.columns import public_id

CATEGORIES = (
    "party",
    "congress_judicial",
    "gov_general",
    "gov_service",
    "vertical",
    "mass_party",
    "institution",
)
VISIBILITIES = ("internal", "public")


class Unit(Base):
    """An assessed unit in one year; its code (U001 …) is stable over the years and never reused.

    position: protocol order. pinyin, initials: sort and search keys. ranked: False for one assessed but not ranked.
    """

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("year_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("evaluation_year.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(8))
    name_zh: Mapped[str] = mapped_column(String(128))
    short_name_zh: Mapped[str] = mapped_column(String(64))
    name_en: Mapped[str] = mapped_column(String(192))
    category: Mapped[str] = mapped_column(String(32), index=True)
    position: Mapped[int]
    pinyin: Mapped[str] = mapped_column(String(192))
    initials: Mapped[str] = mapped_column(String(64))
    ranked: Mapped[bool] = mapped_column(default=True)
    mandate: Mapped["Mandate | None"] = relationship(back_populates="unit", lazy="raise")
    topics: Mapped[list["Topic"]] = relationship(lazy="raise", order_by="Topic.id")


class Mandate(Base):
    """A unit's three-determinations mandate (三定规定); internal until the office makes it public."""

    __tablename__ = "mandate"
    __table_args__ = (CheckConstraint(f"visibility IN {VISIBILITIES}", name="visibility_is_known"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True)
    functions_zh: Mapped[str] = mapped_column(Text)
    functions_en: Mapped[str] = mapped_column(Text, default="")
    internal_bodies_zh: Mapped[str] = mapped_column(Text, default="")
    staffing: Mapped[str] = mapped_column(String(64), default="")
    document_no: Mapped[str] = mapped_column(String(64), default="")
    visibility: Mapped[str] = mapped_column(String(16), default="internal")
    unit: Mapped[Unit] = relationship(back_populates="mandate", lazy="raise")


class Topic(Base):
    """A word by which citizens look for a unit."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    topic_zh: Mapped[str] = mapped_column(String(32))


class UnitAct(Base):
    """A dated act that renames, merges, splits, founds or abolishes a unit and links it to its successor."""

    __tablename__ = "unit_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    unit_code: Mapped[str] = mapped_column(String(8))
    successor_code: Mapped[str | None] = mapped_column(String(8))
    on: Mapped[date]
    document_no: Mapped[str] = mapped_column(String(64))
