"""The register of a year's units: reading it, and changing one entry of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from audit.events import record
from units.register_errors import WrongUnit
from units.register_events import UnitChanged
from units.sorting import sort_keys
from units.unit import CATEGORIES, Mandate, Topic, Unit
from units.year import Year

LONGEST = {"name_zh": 128, "short_name_zh": 64, "name_en": 192, "staffing": 64, "document_no": 64}
OF_UNIT = ("name_zh", "short_name_zh", "name_en", "category", "position", "ranked")
OF_MANDATE = ("functions_zh", "functions_en", "internal_bodies_zh", "staffing", "document_no")
LONGEST_TOPIC = 32


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One unit in the list. visibility: of its mandate, empty where it has none."""

    code: str
    position: int
    short_name_zh: str
    name_en: str
    category: str
    ranked: bool
    visibility: str
    topics: tuple[str, ...]


def units_of(session: Session, year_id: int) -> list[Unit]:
    """A year's units in protocol order, each with its mandate and topics; two statements."""
    return list(session.scalars(_wanted(year_id).order_by(Unit.position, Unit.code)))


def register_of(session: Session, year_id: int) -> list[RegisterLine]:
    """A year's units as a list shows them."""
    return [_line(unit) for unit in units_of(session, year_id)]


def unit_in_register(session: Session, year_id: int, code: str) -> Unit | None:
    """A unit of a year with its mandate and topics; None where the year has no such unit."""
    return session.scalar(_wanted(year_id).where(Unit.code == code))


def _wanted(year_id: int) -> Select[Unit]:
    with_all = (joinedload(Unit.mandate), selectinload(Unit.topics))
    return select(Unit).where(Unit.year_id == year_id).options(*with_all)


def register_fields(unit: Unit) -> dict[str, Any]:
    """What the register holds of a unit, by field; topics as a list of words."""
    mandate = unit.mandate or Mandate(**dict.fromkeys(OF_MANDATE, ""))
    return (
        {name: getattr(unit, name) for name in OF_UNIT}
        | {name: getattr(mandate, name) for name in OF_MANDATE}
        | {"topics": [topic.topic_zh for topic in unit.topics]}
    )


def change_unit(
    session: Session, year: Year, unit: Unit, fields: Mapping[str, Any], *, by: str, now: datetime
) -> None:
    """Give a unit other names, category, place, mandate or topics; what is left out of `fields` stays.

    Raises WrongUnit naming the first field that can't be taken. Nothing is recorded where nothing changes.
    """
    was = register_fields(unit)
    changed = {name: value for name, value in fields.items() if was[name] != value}
    refuse_wrong_fields(changed)
    if not changed:
        return
    write_fields(session, unit, changed)
    event = UnitChanged(year.year, unit.code, {name: was[name] for name in changed}, changed)
    record(session, event, by=by, now=now, subject=f"unit {unit.code}")


def refuse_wrong_fields(fields: Mapping[str, Any]) -> None:
    """Raise WrongUnit on the first field that holds what it can't hold."""
    for name, value in fields.items():
        long = isinstance(value, str) and len(value) > LONGEST.get(name, 20_000)
        empty = name in ("name_zh", "short_name_zh", "name_en") and not value
        strange = name == "category" and value not in CATEGORIES
        topics = name == "topics" and any(not 0 < len(topic) <= LONGEST_TOPIC for topic in value)
        if long or empty or strange or topics or (name == "position" and not 0 < value < 10_000):
            raise WrongUnit(name)


def write_fields(session: Session, unit: Unit, fields: Mapping[str, Any]) -> None:
    """Write fields that were checked into a unit, its mandate and its topics."""
    for name in OF_UNIT:
        if name in fields:
            setattr(unit, name, fields[name])
    unit.pinyin, unit.initials = sort_keys(unit.short_name_zh)
    given = {name: fields[name] for name in OF_MANDATE if name in fields}
    if given and unit.mandate is None and any(given.values()):
        unit.mandate = Mandate(**{"functions_zh": "", **given})
    elif unit.mandate is not None:
        for name, value in given.items():
            setattr(unit.mandate, name, value)
    if "topics" in fields:
        _set_topics(session, unit, fields["topics"])
    session.flush()


def _set_topics(session: Session, unit: Unit, topics: Sequence[str]) -> None:
    for topic in unit.topics:
        session.delete(topic)
    unit.topics = [Topic(topic_zh=topic) for topic in topics]


def _line(unit: Unit) -> RegisterLine:
    return RegisterLine(
        unit.code,
        unit.position,
        unit.short_name_zh,
        unit.name_en,
        unit.category,
        unit.ranked,
        unit.mandate.visibility if unit.mandate else "",
        tuple(topic.topic_zh for topic in unit.topics),
    )
