"""The office's pages on rounds: the list, one round, editing a draft, asking for acts, closing and counting."""

from __future__ import annotations

from flask import abort, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.approvals import pending
from rounds.editing import edit_draft
from rounds.life import close_round, round_named, tally_round
from rounds.queries import RoundSheet, round_lines, round_sheet
from units.year import Year
from units.years import all_years
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.office.acts import Setting, ask_for
from webapp.office.desk import chosen_year, office, said
from webapp.office.forms import CloseForm, DraftForm, EmptyForm, RulesForm, WindowForm, rules_form
from webapp.page import go, page, writes
from webapp.words.fieldwork import GROUPS


@office.get("/rounds")
def rounds() -> Response:
    """List a year's rounds."""
    year = chosen_year()
    lines = round_lines(db.session(), year.id, now=clock())
    return page("office/rounds.html", year=year, years=all_years(db.session()), lines=lines)


@office.get("/rounds/<code>")
def round_page(code: str) -> Response:
    """Show one round: where it stands, what it fixes, what may be done now."""
    return _round_page(code, EmptyForm())


@office.post("/rounds/<code>/ask/<act>")
@writes
def ask_act(code: str, act: str) -> Response:
    """Ask the second person for a freeze, an early opening, or the publication of a version of the tally."""
    if act not in ("freeze", "open", "publish"):
        abort(404)
    form = EmptyForm()
    given = {"version": request.form.get("version", 0, type=int)} if act == "publish" else {}
    if form.validate_on_submit() and form.accepts(ask_for, _setting(), act, code, given, by=current_user.username):
        said("asked")
        return go(url_for("office.round_page", code=code))
    return _round_page(code, form, status=422)


@office.post("/rounds/<code>/close")
@writes
def close(code: str) -> Response:
    """Close a round; before its hour only where that is said."""
    form = CloseForm()
    if form.validate_on_submit() and form.accepts(
        close_round,
        db.session(),
        house().kinds,
        code,
        by=current_user.username,
        now=clock(),
        early=form.early.data,
    ):
        said("closed")
        return go(url_for("office.round_page", code=code))
    return _round_page(code, form, status=422)


@office.post("/rounds/<code>/tally")
@writes
def tally(code: str) -> Response:
    """Count a closed round, or count it again."""
    form = EmptyForm()
    if form.validate_on_submit() and form.accepts(
        tally_round, db.session(), house().kinds, code, by=current_user.username, now=clock()
    ):
        said("tallied")
        return go(url_for("office.round_page", code=code))
    return _round_page(code, form, status=422)


@office.get("/rounds/<code>/edit")
def edit_page(code: str) -> Response:
    """Show the form of a draft's titles and window, and of its rules."""
    sheet = _sheet(code)
    return _edit_page(sheet, DraftForm(obj=round_named(db.session(), code)), _rules_form(sheet))


@office.post("/rounds/<code>/edit")
@writes
def edit(code: str) -> Response:
    """Keep a draft's titles and window."""
    form = DraftForm()
    if form.validate_on_submit() and form.accepts(
        edit_draft,
        db.session(),
        code,
        title_zh=form.title_zh.data,
        title_en=form.title_en.data,
        opens_at=form.opens_at.data,
        closes_at=form.closes_at.data,
        by=current_user.username,
        now=clock(),
    ):
        said("kept")
        return go(url_for("office.round_page", code=code))
    sheet = _sheet(code)
    return _edit_page(sheet, form, _rules_form(sheet), status=422)


@office.post("/rounds/<code>/rules")
@writes
def ask_rules(code: str) -> Response:
    """Ask the second person for other rules of the count."""
    sheet = _sheet(code)
    form = _rules_form(sheet)
    if form.validate_on_submit():
        given = form.given(sheet.rules)
        if not given or form.accepts(ask_for, _setting(), "rules", code, given, by=current_user.username):
            said("asked")
            return go(url_for("office.round_page", code=code))
    return _edit_page(sheet, DraftForm(formdata=None, obj=round_named(db.session(), code)), form, status=422)


@office.get("/rounds/<code>/window")
def window_page(code: str) -> Response:
    """Show the form that asks for other hours of a frozen or open round."""
    return page(
        "office/window.html", sheet=(sheet := _sheet(code)), year=_year(sheet), form=WindowForm(obj=sheet.line)
    )


@office.post("/rounds/<code>/window")
@writes
def ask_window(code: str) -> Response:
    """Ask the second person for other hours."""
    form = WindowForm()
    if form.validate_on_submit() and form.accepts(
        ask_for, _setting(), "move_window", code, form.given(), by=current_user.username
    ):
        said("asked")
        return go(url_for("office.round_page", code=code))
    return page("office/window.html", status=422, sheet=(sheet := _sheet(code)), year=_year(sheet), form=form)


@office.get("/rounds/<code>/confirmation")
def confirmation(code: str) -> Response:
    """Show the sheet to be printed, signed and sealed: what the freeze fixed."""
    sheet = _sheet(code)
    if sheet.instrument_digest is None:
        abort(404)
    return page("office/confirmation.html", sheet=sheet, year=_year(sheet), printed_at=clock())


def _setting() -> Setting:
    return Setting(db.session(), house().kinds, clock())


def _sheet(code: str) -> RoundSheet:
    return round_sheet(db.session(), house().kinds, code, now=clock())


def _year(sheet: RoundSheet) -> Year:
    return db.session().get_one(Year, sheet.year_id)


def _rules_form(sheet: RoundSheet) -> RulesForm:
    return rules_form(sheet, GROUPS)


def _round_page(code: str, form: EmptyForm | CloseForm, status: int = 200) -> Response:
    sheet = _sheet(code)
    asked = {approval.act: approval for approval in pending(db.session(), subject=code)}
    return page(
        "office/round.html",
        status=status,
        sheet=sheet,
        year=_year(sheet),
        asked=asked,
        form=form,
        close_form=form if isinstance(form, CloseForm) else CloseForm(formdata=None),
    )


def _edit_page(sheet: RoundSheet, form: DraftForm, rules: RulesForm, status: int = 200) -> Response:
    if sheet.line.recorded_state != "draft":
        abort(409)
    return page("office/round_edit.html", status=status, sheet=sheet, year=_year(sheet), form=form, rules=rules)
