"""The first pages of the office: what is to be done today, and how far everything is."""

from __future__ import annotations

from flask import abort, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.approvals import pending
from rounds.queries import RoundLine, round_lines
from scoring.specials import PROPOSED, special_entries
from units.collecting import COLLECTING_STAGES
from units.papers import PAPER_KINDS
from units.verification import verification_queue
from units.year import Year
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.office.acts import Setting, ask_for
from webapp.office.desk import chosen_year, named, office
from webapp.office.forms import ReasonForm
from webapp.office.reading import (
    ExpertLine,
    UnitLine,
    experts_of,
    returns_of,
    rounds_by_kind,
    undrawn,
    units_progress,
)
from webapp.office.tasks import round_tasks
from webapp.page import go, page, writes
from webapp.sheets_out import Table, download_xlsx


@office.get("/")
def board() -> Response:
    """Show what is to be done and how far everything is; counts, never an answer."""
    year, now = chosen_year(), clock()
    session = db.session()
    lines = round_lines(session, year.id, now=now)
    waiting = pending(session)
    surveys = [round_.id for round_ in rounds_by_kind(session, lines, "survey")]
    experts, units = _progress(year, lines)
    return page(
        "office/board.html",
        year=year,
        now=now,
        lines=lines,
        waiting=waiting,
        tasks=round_tasks(lines, {each.subject for each in waiting}, now=now),
        specials=sum(entry.state == PROPOSED for entry in special_entries(session, year)),
        to_verify=len(verification_queue(session, year.id, "submitted")),
        returns=returns_of(session, surveys),
        undrawn=undrawn(session, surveys),
        late=late_ones(year, experts, units, lines),
        experts=experts,
    )


@office.get("/progress")
def progress() -> Response:
    """Show how far every expert and every unit is, and whom to call."""
    year = chosen_year()
    lines = round_lines(db.session(), year.id, now=clock())
    experts, units = _progress(year, lines)
    return page("office/progress.html", year=year, experts=experts, units=units, papers=PAPER_KINDS)


@office.get("/progress/<who>.xlsx")
def reminders(who: str) -> Response:
    """Hand out the list of those to be reminded: names and units, never an answer."""
    year = chosen_year()
    lines = round_lines(db.session(), year.id, now=clock())
    late = late_ones(year, *_progress(year, lines), lines)
    if who not in late:
        abort(404)
    head = [_("Unit"), _("Name"), _("Username"), _("Still to do")]
    return download_xlsx([Table(who, head, late[who])], f"reminders-{who}-{year.year}")


def late_ones(
    year: Year, experts: list[ExpertLine], units: list[UnitLine], lines: list[RoundLine]
) -> dict[str, list[tuple[str, ...]]]:
    """Who is to be reminded of what, while it can still be done: rows of unit, name, username, what is left."""
    states = {line.kind: line.state for line in lines}
    late: dict[str, list[tuple[str, ...]]] = {}
    if states.get("panel") == "open":
        late["experts"] = [
            (each.unit, each.name, each.username, _("%(left)s units", left=each.units - each.done))
            for each in experts
            if each.sealed_at is None
        ]
    if states.get("peers") == "open":
        late["ballots"] = [
            (each.unit.name_zh, each.officer, each.username, named("ballot", each.ballot))
            for each in units
            if each.ballot != "confirmed"
        ]
    if year.stage in COLLECTING_STAGES:
        late["papers"] = [
            (each.unit.name_zh, each.officer, each.username, named("paper", "year_end"))
            for each in units
            if "year_end" not in each.unit.papers
        ]
    return {who: rows for who, rows in late.items() if rows}


def _progress(year: Year, lines: list[RoundLine]) -> tuple[list[ExpertLine], list[UnitLine]]:
    session = db.session()
    panel, peers = (next(iter(rounds_by_kind(session, lines, kind)), None) for kind in ("panel", "peers"))
    units = units_progress(session, year, peers)
    return experts_of(session, panel, {each.unit.unit_code: each.unit.name_zh for each in units}), units


@office.get("/progress/seats/<seat>/reopen")
def reopen_page(seat: str) -> Response:
    """Ask why a sealed set is to be opened again."""
    return page("office/reopen.html", year=chosen_year(), seat=seat, form=ReasonForm())


@office.post("/progress/seats/<seat>/reopen")
@writes
def ask_reopen(seat: str) -> Response:
    """Ask the second person to open a sealed set again."""
    year, form = chosen_year(), ReasonForm()
    panel = rounds_by_kind(db.session(), round_lines(db.session(), year.id, now=clock()), "panel")
    if not panel:
        abort(404)
    given = {"round": panel[0].code, "seat": seat[:8], "reason": form.reason.data}
    setting = Setting(db.session(), house().kinds, clock())
    subject = f"{panel[0].code} {seat[:8]}"
    if form.validate_on_submit() and form.accepts(
        ask_for, setting, "reopen", subject, given, by=current_user.username
    ):
        return go(url_for("office.progress", year=year.year))
    return page("office/reopen.html", status=422, year=year, seat=seat, form=form)
