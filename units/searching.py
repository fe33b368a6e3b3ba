"""What everybody may read about the units: finding them, and a unit's own page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased, joinedload, raiseload, selectinload

from units.errors import UnknownUnit, UnknownYear
from units.submissions import Submission
from units.unit import Unit
from units.year import Year

LONGEST_SEARCH = 40


@dataclass(frozen=True, slots=True)
class YearShown:
    """A year as public pages name it. common_topics: what people look for most, as the office lists it."""

    id: int
    year: int
    stage: str
    title_zh: str
    title_en: str
    common_topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkingYear:
    """The latest year past its preparation, and whether any year here belongs to the demonstration."""

    year: int
    stage: str
    demonstration: bool


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit in a list. pinyin, initials: of its short name, lower case, without blanks."""

    code: str
    name_zh: str
    short_name_zh: str
    name_en: str
    category: str
    pinyin: str
    initials: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """The units of one category, in protocol order."""

    code: str
    units: tuple[UnitCard, ...]


@dataclass(frozen=True, slots=True)
class MandateShown:
    """A unit's three-determinations mandate, where the office has made it public."""

    functions_zh: str
    functions_en: str
    internal_bodies: tuple[str, ...]
    staffing: str
    document_no: str


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry that was verified, published, and made public by the office."""

    public_id: str
    kind: str
    title: str
    period: str
    problem: str
    actions: str
    result: str
    beneficiaries: str
    used_elsewhere: str


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit's public page. years: those in which it is or was assessed, the latest first."""

    card: UnitCard
    year: YearShown
    years: tuple[int, ...]
    alike: int  # units of its category
    mandate: MandateShown | None
    entries: tuple[EntryShown, ...]


def year_shown(session: Session, wanted: int | None = None) -> YearShown | None:
    """The year of that number, else the latest that is past its preparation; None where there is none yet.

    Raises UnknownYear where one is wanted that doesn't exist or is still being prepared.
    """
    query = select(Year).where(Year.stage != "preparing").order_by(Year.year.desc()).limit(1)
    year = session.scalar(query if wanted is None else query.where(Year.year == wanted))
    if year is None:
        if wanted is not None:
            raise UnknownYear(wanted)
        return None
    topics = tuple(str(topic) for topic in year.rules.get("common_topics", ()))
    return YearShown(year.id, year.year, year.stage, year.title_zh, year.title_en, topics)


def latest_year(session: Session) -> WorkingYear | None:
    """The year that is worked on, in one statement for every page's head; None before the first."""
    marked = aliased(Year)
    row = session.execute(
        select(Year.year, Year.stage, exists().where(marked.demonstration))
        .where(Year.stage != "preparing")
        .order_by(Year.year.desc())
        .limit(1)
    ).one_or_none()
    return WorkingYear(*row) if row else None


def unit_cards(session: Session, year_id: int) -> list[UnitCard]:
    """All units of a year in protocol order, each with its topics."""
    wanted = select(Unit).where(Unit.year_id == year_id).order_by(Unit.position).options(selectinload(Unit.topics))
    return [_card(unit) for unit in session.scalars(wanted)]


def by_category(cards: Iterable[UnitCard]) -> list[Category]:
    """The cards of each category; the categories in the order of their first unit."""
    found: dict[str, list[UnitCard]] = {}
    for card in cards:
        found.setdefault(card.category, []).append(card)
    return [Category(code, tuple(units)) for code, units in found.items()]


def matching(cards: Sequence[UnitCard], words: str) -> list[UnitCard]:
    """The units that `words` may mean, the likeliest first; of equals, in protocol order.

    words: a Chinese or English name or part of it, a code, a topic, pinyin or its initials; more than LONGEST_SEARCH
    characters are cut, blanks and case don't matter. Nothing matches nothing.
    """
    key = _key(words[:LONGEST_SEARCH])
    if not key:
        return []
    ranked = [(rank, number, card) for number, card in enumerate(cards) if (rank := _rank(card, key)) is not None]
    return [card for _rank_, _number, card in sorted(ranked, key=lambda found: found[:2])]


def unit_shown(session: Session, year: YearShown | None, code: str) -> UnitShown:
    """What the public page of a unit shows of a year. Raises UnknownUnit, also where there is no year yet."""
    if year is None or not (code.isascii() and code.isalnum()):
        raise UnknownUnit(code)
    unit = session.scalar(
        select(Unit)
        .where(Unit.year_id == year.id, Unit.code == code)
        .options(joinedload(Unit.mandate), selectinload(Unit.topics))
    )
    if unit is None:
        raise UnknownUnit(code)
    years = session.scalars(
        select(Year.year)
        .join(Unit, Unit.year_id == Year.id)
        .where(Unit.code == code, Year.stage != "preparing")
        .order_by(Year.year.desc())
    )
    alike = session.scalars(select(Unit.id).where(Unit.year_id == year.id, Unit.category == unit.category))
    entries = session.scalars(
        select(Submission)
        .where(Submission.unit_id == unit.id, Submission.state == "published", Submission.visibility == "public")
        .order_by(Submission.id)
        .options(raiseload(Submission.attachments), raiseload(Submission.remarks))
    )
    return UnitShown(
        card=_card(unit),
        year=year,
        years=tuple(years),
        alike=len(alike.all()),
        mandate=_mandate(unit),
        entries=tuple(_entry(entry) for entry in entries),
    )


def _card(unit: Unit) -> UnitCard:
    return UnitCard(
        unit.code,
        unit.name_zh,
        unit.short_name_zh,
        unit.name_en,
        unit.category,
        unit.pinyin,
        unit.initials,
        tuple(topic.topic_zh for topic in unit.topics),
    )


def _mandate(unit: Unit) -> MandateShown | None:
    mandate = unit.mandate
    if mandate is None or mandate.visibility != "public":
        return None
    bodies = tuple(body for body in mandate.internal_bodies_zh.replace("；", ";").split(";") if body)
    return MandateShown(mandate.functions_zh, mandate.functions_en, bodies, mandate.staffing, mandate.document_no)


def _entry(entry: Submission) -> EntryShown:
    return EntryShown(
        entry.public_id,
        entry.kind,
        entry.title,
        entry.period,
        entry.problem,
        entry.actions,
        entry.result,
        entry.beneficiaries,
        entry.used_elsewhere,
    )


def _key(words: str) -> str:
    """Words as they are compared: full-width letters made plain, case and blanks dropped."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def _rank(card: UnitCard, key: str) -> int | None:
    """How well a unit fits: 0 the name itself, then part of it, a topic, pinyin, initials; None not at all."""
    names = [_key(name) for name in (card.short_name_zh, card.name_zh, card.name_en, card.code)]
    topics = [_key(topic) for topic in card.topics]
    steps = (
        key in names or key in topics,
        any(key in name for name in names[:2]),
        any(key in topic or topic in key for topic in topics),
        card.initials.startswith(key) or card.pinyin.startswith(key),
        len(key) > 1 and (key in card.initials or key in card.pinyin or key in names[2]),
    )
    return next((rank for rank, fits in enumerate(steps) if fits), None)
