"""What pages read of standings and entries: one function a page."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.errors import NoStandings
from scoring.explain import Counted, Explained, Extra, Part, explain
from scoring.specials import BONUS, DEDUCTION
from scoring.standings import ScoreNode, Standing, Standings, newest_standings, standings_of
from scoring.tree import LEAD, PANEL, SURVEY, Lead, Node, tree_of
from tallies.disclosure import LEADER_OBJECTS, without_distribution
from tallies.measures import SAT_RATE
from units.unit import CATEGORIES, Unit
from units.visibility import APPROVED, shown_items, time_of
from units.year import Year

FIRST = ""
_CENT = Decimal("0.01")
# The item of the year's table that lets out what comes from a source; sums above level 2 belong to the total.
_ITEMS = {LEAD: "lead_entries", PANEL: "panel_and_peers", SURVEY: "satisfaction", "": "total_and_grade"}


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

    category: whose units these are, None for all. totals: whether the reader sees totals; if not, `placed` holds all
    units in protocol order without figures. categories: each category that has units, in protocol order, with their
    number. versions: of all there are.
    """

    standings: Standings
    category: str | None
    totals: bool
    placed: tuple[Placed, ...]
    apart: tuple[Placed, ...]
    categories: Mapping[str, int]
    versions: tuple[int, ...]


def standings_list(
    session: Session,
    year: Year,
    items: frozenset[str],
    *,
    category: str | None = None,
    version: int | None = None,
    overall: bool = False,
) -> StandingsList:
    """The standings of a category, or of all units; newest version unless one is named. Raises NoStandings.

    category: FIRST is the first in protocol order that has units; None is all of them. items: what the year's table
    shows to the reader. overall: order by the rank over all units, else by category and the rank within. Equal ranks
    stand in protocol order. Rule: docs/rules.md, "Ranks".
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
    categories = {code: sizes[code] for code in CATEGORIES if sizes[code]}
    wanted_category = next(iter(categories), None) if category == FIRST else category
    chosen = [(standing, unit) for standing, unit in found if wanted_category in (None, standing.category)]
    alike = Counter(_shown(standing.total) for standing, _ in chosen if standing.total is not None)
    rows = [_placed(standing, unit, alike) for standing, unit in chosen]
    versions = select(Standings.version).where(Standings.year_id == year.id).order_by(Standings.version)
    totals = "total_and_grade" in items
    return StandingsList(
        standings=standings,
        totals=totals,
        placed=tuple(_in_order(rows, overall) if totals else (_without_figures(row) for row in rows)),
        apart=tuple(row for row in rows if row.rank_overall is None) if totals else (),
        category=wanted_category,
        categories=categories,
        versions=tuple(session.scalars(versions)),
    )


def _in_order(rows: Sequence[Placed], overall: bool) -> list[Placed]:
    ranked = [row for row in rows if row.rank_overall is not None]
    if overall:
        return sorted(ranked, key=lambda row: row.rank_overall or 0)
    return sorted(ranked, key=lambda row: (CATEGORIES.index(row.category), row.rank_category or 0))


def _without_figures(row: Placed) -> Placed:
    return replace(row, total=None, basic=None, rank_category=None, rank_overall=None)


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


@dataclass(frozen=True)
class PointsTable:
    """The standings with every indicator of levels 1 and 2 that the reader may see. points: by unit and indicator."""

    listed: StandingsList
    indicators: tuple[Node, ...]
    points: Mapping[tuple[str, str], Decimal | None]


def points_table(
    session: Session, year: Year, items: frozenset[str], *, category: str | None = None, version: int | None = None
) -> PointsTable:
    """The standings as they are exported; arguments as of `standings_list`. Raises NoStandings."""
    listed = standings_list(session, year, items, category=category, version=version)
    tree = tree_of(session, year, listed.standings.inputs["tree"])
    shown = tuple(node for node in tree.walk() if node.level in (1, 2) and _item_of(node, _ITEMS[""]) in items)
    wanted = select(ScoreNode.unit_code, ScoreNode.code, ScoreNode.value).where(
        ScoreNode.year_id == year.id,
        ScoreNode.version == listed.standings.version,
        ScoreNode.code.in_([node.code for node in shown]),
    )
    return PointsTable(listed, shown, {(unit, code): value for unit, code, value in session.execute(wanted)})


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

    parts: the indicators whose points are shown, parents before children. lost: deductions by leads. bonuses,
    deductions: special items.
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

    In the stage `provisional` that is what each indicator gave, without total and rank; later the total as well, and
    then of an approved version alone: what one person computes after the approval waits for the second.
    Raises NoStandings. Rule: docs/rules.md, "Who sees what when".
    """
    items = shown_items(session, year.id, time_of(year, counted=True), "unit", "units")
    if not items & {*_ITEMS.values(), "leader_satisfaction"}:
        return None
    found = newest_standings(session, year, approved=year.stage in APPROVED)
    if found is None:
        raise NoStandings(year.year, None)
    whole = explained_for(session, year, unit, items, version=found.version)
    standing = whole.standing
    return OwnResult(
        standings=whole.standings,
        parts=tuple(replace(part, children=()) for part in whole.root.walk() if part.level and part.shown),
        lost=tuple(_lost(whole.root)),
        bonuses=tuple(extra for extra in whole.extras if extra.direction == BONUS),
        deductions=tuple(extra for extra in whole.extras if extra.direction == DEDUCTION),
        total=standing.total if whole.root.shown else None,
        rank_category=standing.rank_category if "rank_in_category" in items else None,
        rank_overall=standing.rank_overall if "rank_overall" in items else None,
    )


def explained_for(
    session: Session, year: Year, unit: Unit, items: frozenset[str], *, version: int | None = None
) -> Explained:
    """A unit's score, explained as far as these items of the year's table reach. Raises NoStandings.

    What they don't reach is still in the tree, without a figure. Sums above level 2 belong to the total.
    """
    whole = explain(session, year, unit, "internal", version=version)
    extras = {BONUS: "additions", DEDUCTION: "deductions"}
    return replace(
        whole,
        root=_let_out(whole.root, items, _ITEMS[""]),
        extras=tuple(extra for extra in whole.extras if extras[extra.direction] in items),
    )


def _let_out(part: Part, items: frozenset[str], item: str) -> Part:
    """A part and those below it; what the items don't let out loses its figures."""
    below = [_let_out(child, items, _item_of(child, item)) for child in part.children]
    if item not in items:
        kept = replace(part, value=None, rule="", facts={}, entered=None, counted=(), shown=False)
    elif item == "lead_entries" and "deductions" not in items and part.entered is not None:
        kept = replace(part, entered=replace(part.entered, reason="", basis=""))
    elif "distributions" not in items or item == "leader_satisfaction":
        kept = replace(part, counted=tuple(_scores_alone(counted) for counted in part.counted))
    else:
        kept = part
    return replace(kept, children=tuple(below))


def _item_of(part: Part | Node, above: str) -> str:
    if part.level == 3:
        return above
    return "leader_satisfaction" if part.code in LEADER_OBJECTS else _ITEMS[part.source]


def _scores_alone(counted: Counted) -> Counted:
    """The counts without any breakdown or distribution."""
    whole = (cell for cell in counted.cells if not (cell.group or cell.stratum or cell.channel))
    return replace(counted, cells=tuple(without_distribution(cell) for cell in whole if cell.measure != SAT_RATE))


def _lost(root: Part) -> Iterator[Lost]:
    for part in root.walk():
        entry = part.entered
        if entry is not None and entry.reason and entry.points is not None and entry.points < part.most:
            lost = part.most - entry.points
            yield Lost(part.code, part.name_zh, part.name_en, part.most, lost, entry.reason, entry.basis, entry.lead)
