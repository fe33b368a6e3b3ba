"""Invitations: codes for one way in, shown once as letters to be printed, and the counts of what was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from flask import abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from ballots.crockford import grouped
from ballots.roll.rights import Letter as Issued
from ballots.roll.rights import drawn_counts, issue_letters, undrawn_letters
from rounds.life import round_named
from rounds.queries import line_of, round_lines
from rounds.round import Door, Round
from surveys.fieldwork.surveying import survey_of
from units.register import register_of
from units.year import Year
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.forms import DeskForm
from webapp.office.desk import chosen_year, office
from webapp.page import page, writes
from webapp.sheets_out import Table, download_xlsx

MOST_AT_ONCE = 1000


class IssueForm(DeskForm):
    """How many letters."""

    number = IntegerField(
        _l("How many letters"),
        [InputRequired(_l("Fill this in.")), NumberRange(min=1, max=MOST_AT_ONCE)],
        description=_l("At most a thousand at once. Where the form is about one unit: so many for each unit."),
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: its number in the register, the code in groups, the unit it is about, the code as a picture."""

    number: str
    code: str
    unit: str
    picture: Markup


@office.get("/invitations")
def invitations() -> Response:
    """List the questionnaires to which people are invited by code, with what was issued and drawn."""
    year = chosen_year()
    lines = [line for line in round_lines(db.session(), year.id, now=clock()) if line.kind == "survey"]
    frozen = [line for line in lines if line.recorded_state != "draft"]
    rounds = {line.code: round_named(db.session(), line.code) for line in frozen}
    counts = {code: {one.door_code: one for one in drawn_counts(db.session(), r.id)} for code, r in rounds.items()}
    doors = {code: _by_code(round_) for code, round_ in rounds.items()}
    return page("office/invitations.html", year=year, lines=frozen, doors=doors, counts=counts)


@office.get("/invitations/<code>/<door>")
def issue_page(code: str, door: str) -> Response:
    """Show the form that issues codes for one way in."""
    round_, found = _door(code, door)
    return _issue_page(round_, found, IssueForm())


@office.post("/invitations/<code>/<door>")
@writes
def issue(code: str, door: str) -> Response:
    """Issue codes and show their letters, this once: they are stored nowhere."""
    round_, found = _door(code, door)
    form, issued = IssueForm(), list[Issued]()
    if form.validate_on_submit():
        units = _units(round_, form.number.data)

        def act() -> None:
            by, keys = current_user.username, house().roll_keys
            issued.extend(issue_letters(db.session(), round_, found, units, keys, by=by, now=clock()))

        if len(units) > MOST_AT_ONCE:
            refused = _("That would be %(number)s letters; at most a thousand at once.", number=len(units))
            form.form_errors.append(refused)
        elif form.accepts(act):
            names = {each.code: each.short_name_zh for each in register_of(db.session(), round_.year_id)}
            letters = [_letter(each, names.get(each.unit_code or "", "")) for each in issued]
            line = line_of(round_, clock())
            return page("office/letters.html", year=_year(round_), line=line, door=found, letters=letters)
    return _issue_page(round_, found, form, status=422)


@office.get("/invitations/<code>/undrawn.xlsx")
def undrawn_list(code: str) -> Response:
    """Hand out the numbers of letters that nobody has drawn, for reminding by the register of letters."""
    round_ = round_named(db.session(), code)
    rows = [[letter] for letter in undrawn_letters(db.session(), round_.id)]
    return download_xlsx([Table(code, [_("Letter number")], rows)], f"undrawn-{code}")


def _letter(issued: Issued, unit: str) -> Letter:
    address = url_for("invited.invitation", code=issued.code, _external=True)
    drawn = segno.make(address, error="m", micro=False)
    picture = Markup(drawn.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None))  # noqa: S704
    return Letter(issued.number, grouped(issued.code), unit, picture)


def _units(round_: Round, number: int) -> list[str | None]:
    survey = survey_of(round_)
    if not survey.form.preset_unit:
        return [None] * number
    return [unit.code for unit in survey.instrument.units for _each in range(number)]


def _by_code(round_: Round) -> list[Door]:
    return [door for door in round_.doors if door.degree == "procedural"]


def _door(code: str, door: str) -> tuple[Round, Door]:
    round_ = round_named(db.session(), code)
    found = next((each for each in _by_code(round_) if each.code == door), None)
    if found is None or round_.kind != "survey" or round_.state == "draft":
        abort(404)
    return round_, found


def _year(round_: Round) -> Year:
    return db.session().get_one(Year, round_.year_id)


def _issue_page(round_: Round, door: Door, form: IssueForm, status: int = 200) -> Response:
    context: dict[str, Any] = {"year": _year(round_), "line": line_of(round_, clock()), "door": door, "form": form}
    return page("office/issue.html", status=status, **context)
