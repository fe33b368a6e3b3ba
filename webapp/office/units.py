"""The register of units: the list, one unit, its mandate's visibility, and reading a table in."""

from __future__ import annotations

from flask import abort, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from units.register import change_unit, register_fields, register_of, unit_in_register, units_of
from units.register_importing import COLUMNS, import_units
from units.unit import Unit
from units.verification import show_mandate
from units.year import Year
from units.years import all_years
from webapp.clock import clock
from webapp.extensions import db
from webapp.office.desk import chosen_year, office, said
from webapp.office.register_forms import TableForm, UnitForm, VisibilityForm
from webapp.page import go, page, writes
from webapp.sheets_out import Table, download_xlsx


@office.get("/units")
def units() -> Response:
    """List a year's units."""
    year = chosen_year()
    return page(
        "office/units.html", year=year, years=all_years(db.session()), lines=register_of(db.session(), year.id)
    )


@office.get("/units/<code>")
def unit_page(code: str) -> Response:
    """Show the form of one unit's entry in the register."""
    year, unit = _unit(code)
    fields = register_fields(unit)
    return _unit_page(year, unit, UnitForm(data={**fields, "topics": "；".join(fields["topics"])}))


@office.post("/units/<code>")
@writes
def edit_unit(code: str) -> Response:
    """Keep a changed entry of the register."""
    year, unit = _unit(code)
    form = UnitForm()
    if form.validate_on_submit() and form.accepts(
        change_unit, db.session(), year, unit, form.fields_of_register(), by=current_user.username, now=clock()
    ):
        said("kept")
        return go(url_for("office.unit_page", code=code, year=year.year))
    return _unit_page(year, unit, form, status=422)


@office.post("/units/<code>/visibility")
@writes
def show_or_hide_mandate(code: str) -> Response:
    """Make a unit's mandate public, or internal again."""
    year, unit = _unit(code)
    form = VisibilityForm()
    if not form.validate_on_submit() or unit.mandate is None:
        abort(422)
    show_mandate(db.session(), unit, unit.mandate, form.visibility.data, by=current_user.username, now=clock())
    return go(url_for("office.unit_page", code=code, year=year.year))


@office.post("/units/visibility")
@writes
def show_or_hide_mandates() -> Response:
    """Make all mandates of a year public, or internal again; each is recorded."""
    year, form = chosen_year(), VisibilityForm()
    if not form.validate_on_submit():
        abort(422)
    for unit in units_of(db.session(), year.id):
        if unit.mandate is not None and unit.mandate.visibility != form.visibility.data:
            show_mandate(
                db.session(), unit, unit.mandate, form.visibility.data, by=current_user.username, now=clock()
            )
    said("kept")
    return go(url_for("office.units", year=year.year))


@office.get("/units/table")
def units_table() -> Response:
    """Show the form that reads a table of units in."""
    return page("office/units_table.html", year=chosen_year(), form=TableForm(), done=None, columns=COLUMNS)


@office.post("/units/table")
@writes
def load_units() -> Response:
    """Check a table of units, or read it in; all its faults at once."""
    year, form = chosen_year(), TableForm()
    done = None
    if form.validate_on_submit():
        done = form.loads(import_units, year, by=current_user.username, now=clock())
    return page(
        "office/units_table.html", status=200 if done else 422, year=year, form=form, done=done, columns=COLUMNS
    )


@office.get("/units/table.xlsx")
def units_as_table() -> Response:
    """Hand the register out in the shape in which it is read in."""
    year = chosen_year()
    rows = [[unit.code, *_cells(unit)] for unit in units_of(db.session(), year.id)]
    return download_xlsx([Table("units", list(COLUMNS), rows)], f"units-{year.year}")


def _cells(unit: Unit) -> list[str | int]:
    fields = register_fields(unit)
    fields |= {"ranked": "是" if fields["ranked"] else "否", "topics": "；".join(fields["topics"])}
    return [fields[name] for name in list(COLUMNS.values())[1:]]


def _unit(code: str) -> tuple[Year, Unit]:
    year = chosen_year()
    unit = unit_in_register(db.session(), year.id, code)
    if unit is None:
        abort(404)
    return year, unit


def _unit_page(year: Year, unit: Unit, form: UnitForm, status: int = 200) -> Response:
    return page("office/unit.html", status=status, year=year, unit=unit, form=form)
