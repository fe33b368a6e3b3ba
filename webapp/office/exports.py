"""Exports of counts: a round's tally as XLSX, CSV or JSON, small cells hidden, each export recorded."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from rounds.life import round_named
from rounds.queries import round_lines
from tallies.disclosure import LEADER_OBJECTS, Cell, without_distribution
from tallies.exporting import Exported, export_tally, exported_document
from tallies.measures import SAT_RATE
from units.register import register_of
from units.year import Year
from units.years import all_years
from webapp.clock import clock
from webapp.extensions import db
from webapp.office.desk import chosen_year, named, office
from webapp.office.forms import EmptyForm
from webapp.page import page, writes
from webapp.sheets_out import Cell as Text
from webapp.sheets_out import Table, download_csv, download_json, download_xlsx
from webapp.visibility import COUNTED, shown_now

FORMS = ("xlsx", "csv", "json")


@office.get("/exports")
def exports() -> Response:
    """List the counts that can leave as files."""
    year = chosen_year()
    lines = round_lines(db.session(), year.id, now=clock())
    counted = [line for line in lines if line.recorded_state in COUNTED and not line.rehearsal]
    return page("office/exports.html", year=year, years=all_years(db.session()), lines=counted, forms=FORMS)


@office.post("/exports/<code>/<form>")
@writes
def export(code: str, form: str) -> Response:
    """Hand out a round's newest count as a file, and record that it left."""
    if form not in FORMS or not EmptyForm().validate_on_submit():
        abort(404)
    round_ = round_named(db.session(), code)
    year = db.session().get_one(Year, round_.year_id)
    audience = "office_approve" if current_user.holds("office", "approve") else "office"
    items = shown_now(db.session(), year, audience, counted=round_.state in COUNTED)
    if not items & {"satisfaction", "leader_satisfaction", "panel_and_peers"}:
        abort(404)
    exported = export_tally(
        db.session(), round_, lambda cell: _let_out(cell, items), form, by=current_user.username, now=clock()
    )
    return _file(exported, form, {line.code: line.short_name_zh for line in register_of(db.session(), year.id)})


def item_of(cell: Cell) -> str:
    """The item of the year's table that decides who sees a cell."""
    if not cell.measure.startswith(("sat_", "item")):
        return "panel_and_peers"
    return "leader_satisfaction" if cell.object in LEADER_OBJECTS else "satisfaction"


def _let_out(cell: Cell, items: frozenset[str]) -> Cell | None:
    """A cell as far as the year's table shows it, None where it doesn't."""
    if item_of(cell) not in items:
        return None
    if "distributions" in items:
        return cell
    return None if cell.measure == SAT_RATE else without_distribution(cell)


def _file(exported: Exported, form: str, names: Mapping[str, str]) -> Response:
    name = f"{exported.round_code}-v{exported.version}"
    if form == "json":
        return download_json(exported_document(exported), name)
    head = [
        _("Measure"),
        _("Code"),
        _("Unit"),
        _("Object"),
        _("Group"),
        _("Stratum"),
        _("Channel"),
        _("In the score"),
    ]
    head += [_("Valid answers"), _("Don't know"), _("Distribution"), _("Score"), _("Spread"), _("Standard error")]
    table = Table(name, [*head, _("Method"), _("Why there is no value")], [_row(c, names) for c in exported.cells])
    return download_csv(table, name) if form == "csv" else download_xlsx([table], name)


def _row(cell: Cell, names: Mapping[str, str]) -> list[Text]:
    return [
        cell.measure,
        cell.unit_code,
        names.get(cell.unit_code, ""),
        cell.object,
        named("group", cell.group) if cell.group else "",
        named("stratum", cell.stratum) if cell.stratum else "",
        named("channel", cell.channel) if cell.channel else "",
        _("counts") if cell.way == "counted" else _("shown beside it"),
        cell.n,
        cell.dk,
        " ".join(str(count) for count in cell.counts or ()),
        cell.value,
        cell.spread,
        cell.se,
        cell.method,
        cell.reason or "",
    ]
