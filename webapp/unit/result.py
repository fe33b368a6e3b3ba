"""The unit's own result, by the year's table of who sees what when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import abort, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from review.peers.frozen import frozen_form
from review.peers.queries import peers_round
from scoring.explain import Part
from scoring.queries import own_result
from tallies.disclosure import Cell, Rules, disclosed
from tallies.measures import PEER_ITEM, SAT_SCORE
from units.own import years_of
from units.unit import Unit
from units.year import Year
from webapp.extensions import db
from webapp.page import page
from webapp.unit.desk import unit
from webapp.unit.own import own
from webapp.visibility import COUNTED, shows

WITH_RESULTS = ("provisional", "final", "archived")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of counts; shown is False where too few answered. counts: best first, or none."""

    name_zh: str
    name_en: str
    shown: bool
    n: int | None
    dk: int | None
    value: Decimal | None
    counts: Sequence[int] | None = None


@unit.get("/result")
def result() -> Response:
    """Show what may be seen of the own result, of the latest year that has one or of ?year=."""
    years = years_of(db.session(), own().code)
    year, in_year = _chosen(years)
    found = own_result(db.session(), year, in_year) if year.stage in WITH_RESULTS else None
    shown = {
        "result": found,
        "surveys": _surveys(found.parts) if found else (),
        "peers": _peers(db.session(), year, in_year) if found else (),
    }
    return page("unit/result.html", own=own(), of=year, unit=in_year, years=[each for each, _ in years], **shown)


def _chosen(years: list[tuple[Year, Unit]]) -> tuple[Year, Unit]:
    wanted = request.args.get("year")
    if wanted is not None:
        return next((pair for pair in years if str(pair[0].year) == wanted), None) or abort(404)
    return next((pair for pair in years if pair[0].stage in WITH_RESULTS), years[0])


def _surveys(parts: Sequence[Part]) -> list[Line]:
    """The satisfaction of each questionnaire as a whole, where its distribution may be shown."""
    cells = ((part, count.whole(SAT_SCORE)) for part in parts for count in part.counted)
    return [_line(part.name_zh, part.name_en, cell) for part, cell in cells if cell is not None]


def _peers(session: Session, year: Year, in_year: Unit) -> list[Line]:
    """The unit's own means in mutual evaluation: each item and the total, never how often each grade was given."""
    round_ = peers_round(session, year.id)
    if round_ is None or round_.state not in COUNTED or not shows(session, year, "panel_and_peers", "unit"):
        return []
    rules = Rules.of(round_.rules)
    cells = {cell.object: cell for cell in disclosed(session, round_.id, "internal", rules, unit_code=in_year.code)}
    items = [_line(item.name_zh, item.name_en, cells[item.code]) for item in frozen_form(round_).items]
    return [*items, _line("合计", "Total", cells[""])]


def _line(name_zh: str, name_en: str, cell: Cell) -> Line:
    counts = None if cell.measure == PEER_ITEM else cell.counts
    return Line(name_zh, name_en, cell.hidden is None, cell.n, cell.dk, cell.value, counts or None)
