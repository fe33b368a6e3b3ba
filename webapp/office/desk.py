"""The office's blueprint, the year that its pages speak of, and the names of codes in its templates."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, request

from accounts.approvals import Approval
from units.year import Year
from units.years import year_of
from webapp.extensions import db
from webapp.words import fieldwork, surveys
from webapp.words import office as words
from webapp.words.categories import CATEGORIES
from webapp.words.events import EVENTS
from webapp.words.states import STATES

office = Blueprint("office", __name__, url_prefix="/office")

NAMES: dict[str, Mapping[str, Any]] = {
    "state": STATES,
    "kind": words.KINDS,
    "degree": words.DEGREES,
    "act": words.ACTS,
    "fact": {**words.FACTS, **fieldwork.GROUPS},
    "life": EVENTS,
    "lack": {**words.LACKS, **surveys.LACKS},
    "stage": words.YEAR_STAGES,
    "item": words.ITEMS,
    "audience": words.AUDIENCES,
    "answer": words.ANSWERS,
    "category": CATEGORIES,
    "visibility": words.VISIBILITIES,
    "entry_state": words.ENTRY_STATES,
    "entry_act": words.ENTRY_ACTS,
    "table_fault": words.TABLE_FAULTS,
    "ballot": words.BALLOTS,
    "paper": words.PAPERS,
    "late": words.LATE,
    "direction": words.DIRECTIONS,
    "special": words.SPECIALS,
    "said": words.SAID,
    "role": words.ROLES,
    "duty": words.DUTIES,
    "group": fieldwork.GROUPS,
    "stratum": fieldwork.STRATA,
    "channel": fieldwork.CHANNELS,
}


def named(what: str, code: str | None) -> str:
    """The name of a code in the page's language; a code that has none stands for itself."""
    return str(NAMES[what].get(code or "", code or "—"))


def about(approval: Approval) -> str:
    """What a request is about, in words: a round or year by its code, a cell of the year's table, a seat."""
    if approval.act == "showing":
        year, item, time, audience = approval.subject.split()
        return f"{year} {named('item', item)} · {named('stage', time)} · {named('audience', audience)}"
    given = approval.facts.get("given", approval.facts)
    if "seat" in given:
        return " ".join(given[part] for part in ("round", "seat", "unit") if part in given)
    return approval.subject


@office.context_processor
def names() -> dict[str, Any]:
    """Give the desk's templates the names of codes."""
    return {"named": named, "about": about}


def said(act: str) -> None:
    """Tell on the next page what was done."""
    flash(named("said", act), "ok")


def chosen_year() -> Year:
    """The year that `?year=` names, else the latest; a 404 page where there is none."""
    asked = request.args.get("year", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    year = year_of(db.session(), number)
    if year is None or (asked and number is None):
        abort(404)
    return year
