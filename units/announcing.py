"""What the public is told of a concluded year: item by item, only what was switched on and written down for it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from units.visibility import shown_items
from units.year import Year

# What may ever stand on the public page, in its order. Never a total, a rank, a level-2 score or a deduction.
PUBLIC_ITEMS = ("excellent_units", "city_satisfaction", "return_counts", "improvements")


@dataclass(frozen=True, slots=True)
class Announced:
    """One item of the result, as the office worded it: its lines in Chinese and English."""

    item: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the public page says of the latest concluded year."""

    year: int
    title_zh: str
    title_en: str
    items: tuple[Announced, ...]


def announcement(session: Session) -> Announcement | None:
    """The latest year that was approved or archived; None before the first.

    The words are the year's rule "announced": item -> list of {"zh", "en"}.
    """
    concluded = select(Year).where(Year.stage.in_(("final", "archived"))).order_by(Year.year.desc()).limit(1)
    year = session.scalar(concluded)
    if year is None:
        return None
    shown = shown_items(session, year.id, year.stage, "public")
    words = year.rules.get("announced", {})
    items = tuple(
        Announced(item, tuple((str(line.get("zh", "")), str(line.get("en", ""))) for line in words[item]))
        for item in PUBLIC_ITEMS
        if item in shown and words.get(item)
    )
    return Announcement(year.year, year.title_zh, year.title_en, items)
