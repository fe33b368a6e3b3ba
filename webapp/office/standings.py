"""Results: computing and approving standings, the list, one unit's score down to counts, exports."""

from __future__ import annotations

from flask import abort, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from scoring.approving import approve_standings
from scoring.queries import FIRST, explained_for, points_table, standings_list
from scoring.standings import compute_standings, newest_standings
from units.own import unit_in
from units.unit import CATEGORIES
from units.year import Year
from units.years import all_years
from webapp.clock import clock
from webapp.extensions import db
from webapp.office.desk import chosen_year, office
from webapp.office.forms import ApproveStandingsForm, EmptyForm
from webapp.office.tables import counts_document, counts_tables, standings_document, standings_tables
from webapp.page import go, page, writes
from webapp.sheets_out import download_csv, download_json, download_xlsx
from webapp.visibility import shown_now
from webapp.words.standings import GRADES, SHORT_CATEGORIES, formula, rule_in_words

KINDS = ("xlsx", "csv", "json")


@office.context_processor
def told() -> dict[str, object]:
    """Give the templates the words for how points came about."""
    return {
        "formula": formula,
        "rule_in_words": rule_in_words,
        "GRADES": GRADES,
        "SHORT_CATEGORIES": SHORT_CATEGORIES,
    }


@office.get("/standings")
def standings() -> Response:
    """The standings of one category, as far as the year's table shows them to this person."""
    return _standings_page(EmptyForm(), ApproveStandingsForm())


@office.post("/standings/compute")
@writes
def standings_compute() -> Response:
    """Compute the standings from what counts now; the same evidence adds no version."""
    year, form = chosen_year(), EmptyForm()
    if form.validate_on_submit() and form.accepts(
        compute_standings, db.session(), year, by=current_user.username, now=clock()
    ):
        return go(url_for("office.standings", year=year.year))
    return _standings_page(form, ApproveStandingsForm(), 422)


@office.post("/standings/approve")
@writes
def standings_approve() -> Response:
    """Approve the newest version, as a second person."""
    year, form = chosen_year(), ApproveStandingsForm()
    act = (approve_standings, db.session(), year, _version() or 0)
    approved = {"document_no": form.document_no.data or "", "by": current_user.username, "now": clock()}
    if form.validate_on_submit() and form.accepts(*act, **approved):
        return go(url_for("office.standings", year=year.year))
    return _standings_page(EmptyForm(), form, 422)


@office.get("/standings/export/<kind>")
def standings_export(kind: str) -> Response:
    """The standings with the points of levels 1 and 2, as a file."""
    if kind not in KINDS:
        abort(404)
    year = chosen_year()
    table = points_table(db.session(), year, _items(year), category=_category(), version=_version())
    name = f"{year.year}年度结果_第{table.listed.standings.version}版"
    if kind == "json":
        return download_json(standings_document(year, table), name)
    tables = standings_tables(table)
    return download_csv(tables[0], name) if kind == "csv" else download_xlsx(tables, name)


@office.get("/standings/<code>")
def explained(code: str) -> Response:
    """One unit's score and what it is made of; ?leaf= opens one indicator down to counts."""
    year = chosen_year()
    unit = unit_in(db.session(), year, code) or abort(404)
    whole = explained_for(db.session(), year, unit, _items(year), version=_version())
    leaf = whole.part(request.args.get("leaf", ""))
    return page("office/explained.html", year=year, unit=unit, whole=whole, leaf=leaf, items=_items(year))


@office.get("/standings/<code>/counts/<kind>")
def counts_export(code: str, kind: str) -> Response:
    """Everything behind one unit's score as a file, small cells hidden."""
    if kind not in KINDS:
        abort(404)
    year = chosen_year()
    unit = unit_in(db.session(), year, code) or abort(404)
    whole = explained_for(db.session(), year, unit, _items(year), version=_version())
    name = f"{year.year}年度得分构成_{unit.short_name_zh}"
    if kind == "json":
        return download_json(counts_document(year, whole), name)
    tables = counts_tables(whole)
    return download_csv(tables[1], name) if kind == "csv" else download_xlsx(tables, name)


def _standings_page(form: EmptyForm, approval: ApproveStandingsForm, status: int = 200) -> Response:
    year = chosen_year()
    items, overall = _items(year), _overall(year)
    listed = None
    if newest_standings(db.session(), year) is not None:
        category = None if overall else _category() or FIRST
        listed = standings_list(db.session(), year, items, category=category, version=_version(), overall=overall)
    context = {"year": year, "years": all_years(db.session()), "items": items, "overall": overall}
    return page("office/standings.html", status=status, listed=listed, form=form, approval=approval, **context)


def _items(year: Year) -> frozenset[str]:
    audience = "office_approve" if current_user.holds("office", "approve") else "office"
    return shown_now(db.session(), year, audience)


def _overall(year: Year) -> bool:
    """Whether the order over all units is asked for, and the year has it switched on."""
    return "overall" in request.args and bool(year.rules.get("overall_ranking")) and "rank_overall" in _items(year)


def _category() -> str | None:
    asked = request.args.get("category")
    return asked if asked in CATEGORIES else None


def _version() -> int | None:
    asked = request.args.get("version", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
