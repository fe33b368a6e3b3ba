"""What pages read of standings and entries: one function a page."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.explain import Explained, Extra, Part, explain
from scoring.specials import BONUS, DEDUCTION
from scoring.standings import Standing, Standings, standings_of
from scoring.tree import LEAD, PANEL, SURVEY, Lead
from tallies.disclosure import LEADER_OBJECTS
from units.unit import CATEGORIES, Unit
from units.visibility import shown_items, time_of
from units.year import Year

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Placed:
    """One unit in the standings. places: decimals to show: two, or three where another's total looks the same."""

    code: str
    short_name_zh: str
    name_zh: str
    name_en: str
    category: str
    total: Decimal | None
    basic: Decimal | None
    bonus: Decimal
    bonus_uncapped: Decimal
    deduction: Decimal
    deduction_uncapped: Decimal
    rank_category: int | None
    rank_overall: int | None
    missing: tuple[str, ...]
    places: int


@dataclass(frozen=True)
class StandingsList:
    """One version of the standings. placed: in the order of ranks. apart: units without a total or not ranked.

    categories: each category that has units, in protocol order, with their number. versions: of all there are.
    """

    standings: Standings
    placed: tuple[Placed, ...]
    apart: tuple[Placed, ...]
    categories: Mapping[str, int]
    versions: tuple[int, ...]


def standings_list(
    session: Session, year: Year, *, category: str | None = None, version: int | None = None, overall: bool = False
) -> StandingsList:
    """The standings of a category, or of all units; newest version unless one is named. Raises NoStandings.

    overall: order by the rank over all units, else by category and the rank within. Equal ranks stand in protocol
    order. Rule: docs/rules.md, "Ranks".
    """
    standings = standings_of(session, year, version)
    wanted = (
        select(Standing, Unit)
        .join(Unit, (Unit.year_id == Standing.year_id) & (Unit.code == Standing.unit_code))
        .where(Standing.year_id == year.id, Standing.version == standings.version)
        .order_by(Unit.position)
    )
    found = [(standing, unit) for standing, unit in session.execute(wanted)]
    sizes = Counter(standing.category for standing, _ in found)
    chosen = [(standing, unit) for standing, unit in found if category in (None, standing.category)]
    alike = Counter(_shown(standing.total) for standing, _ in chosen if standing.total is not None)
    rows = [_placed(standing, unit, alike) for standing, unit in chosen]
    ranked = [row for row in rows if row.rank_overall is not None]
    if overall:
        ranked.sort(key=lambda row: row.rank_overall or 0)
    else:
        ranked.sort(key=lambda row: (CATEGORIES.index(row.category), row.rank_category or 0))
    versions = session.scalars(
        select(Standings.version).where(Standings.year_id == year.id).order_by(Standings.version)
    )
    return StandingsList(
        standings=standings,
        placed=tuple(ranked),
        apart=tuple(row for row in rows if row.rank_overall is None),
        categories={code: sizes[code] for code in CATEGORIES if sizes[code]},
        versions=tuple(versions),
    )


def _placed(standing: Standing, unit: Unit, alike: Mapping[Decimal, int]) -> Placed:
    tied = standing.total is not None and alike[_shown(standing.total)] > 1
    return Placed(
        code=unit.code,
        short_name_zh=unit.short_name_zh,
        name_zh=unit.name_zh,
        name_en=unit.name_en,
        category=standing.category,
        total=standing.total,
        basic=standing.basic,
        bonus=standing.bonus,
        bonus_uncapped=standing.bonus_uncapped,
        deduction=standing.deduction,
        deduction_uncapped=standing.deduction_uncapped,
        rank_category=standing.rank_category,
        rank_overall=standing.rank_overall,
        missing=tuple(standing.missing),
        places=3 if tied else 2,
    )


def _shown(total: Decimal) -> Decimal:
    return total.quantize(_CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Lost:
    """Points that a lead took from a unit on one item, with what it says about it."""

    indicator: str
    name_zh: str
    name_en: str
    most: Decimal
    lost: Decimal
    reason: str
    basis: str
    lead: Lead


@dataclass(frozen=True)
class OwnResult:
    """What a unit may see of its own result now; what isn't shown to it is empty or None.

    parts: the indicators whose points are shown. lost: deductions by leads. bonuses, deductions: special items.
    """

    standings: Standings
    parts: tuple[Part, ...]
    lost: tuple[Lost, ...]
    bonuses: tuple[Extra, ...]
    deductions: tuple[Extra, ...]
    total: Decimal | None
    rank_category: int | None
    rank_overall: int | None


def own_result(session: Session, year: Year, unit: Unit) -> OwnResult | None:
    """A unit's own result as the year's table lets it out at this stage, or None where it lets out nothing.

    In the stage `provisional` that is what each indicator gave, without total and rank; later the total as well.
    Distributions are cut off here where the table doesn't show them. Raises NoStandings.
    Rule: docs/rules.md, "Who sees what when".
    """
    items = shown_items(session, year.id, time_of(year, counted=True), "unit", "units")
    if not items & {"lead_entries", "satisfaction", "panel_and_peers", "total_and_grade"}:
        return None
    whole = explain(session, year, unit, "internal")
    standing = whole.standing
    return OwnResult(
        standings=whole.standings,
        parts=tuple(_shown_parts(whole.root, items)),
        lost=tuple(_lost(whole.root)) if "deductions" in items else (),
        bonuses=_extras(whole, BONUS) if "additions" in items else (),
        deductions=_extras(whole, DEDUCTION) if "deductions" in items else (),
        total=standing.total if "total_and_grade" in items else None,
        rank_category=standing.rank_category if "rank_in_category" in items else None,
        rank_overall=standing.rank_overall if "rank_overall" in items else None,
    )


_ITEMS = {LEAD: "lead_entries", PANEL: "panel_and_peers", SURVEY: "satisfaction", "": "total_and_grade"}


def _shown_parts(root: Part, items: frozenset[str]) -> Iterator[Part]:
    """The parts that these items of the table let out, parents before children, each without its children."""
    for top in root.children:
        if _ITEMS[""] in items:
            yield replace(top, children=())
        for part in top.children:
            leaders = part.code in LEADER_OBJECTS
            if ("leader_satisfaction" if leaders else _ITEMS[part.source]) not in items:
                continue
            counted = part.counted if "distributions" in items and not leaders else ()
            yield replace(part, children=(), counted=counted)
            yield from part.children


def _lost(root: Part) -> Iterator[Lost]:
    for part in root.walk():
        entry = part.entered
        if entry is not None and entry.points is not None and entry.points < part.most:
            lost = part.most - entry.points
            yield Lost(part.code, part.name_zh, part.name_en, part.most, lost, entry.reason, entry.basis, entry.lead)


def _extras(whole: Explained, direction: str) -> tuple[Extra, ...]:
    return tuple(extra for extra in whole.extras if extra.direction == direction)
