"""Special items: additions and deductions, each with its document, proposed by one and decided by another."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from flask import url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from scoring.specials import BONUS, counting, decide_special, propose_special, special_entries, special_items
from units.register import register_of
from units.years import all_years
from webapp.clock import clock
from webapp.extensions import db
from webapp.office.desk import chosen_year, office, said
from webapp.office.forms import DecisionForm
from webapp.office.special_forms import SpecialForm, special_form
from webapp.page import go, page, writes


@office.get("/special")
def specials() -> Response:
    """List the year's additions and deductions by unit, with the caps."""
    return _specials(_form())


@office.post("/special")
@writes
def propose() -> Response:
    """Enter an addition or deduction; it counts once a second person has approved it."""
    year, form = chosen_year(), _form()
    if form.validate_on_submit() and form.accepts(
        propose_special,
        db.session(),
        year,
        form.unit.data,
        form.item.data,
        form.points.data,
        matter=form.matter.data,
        document_no=form.document_no.data,
        direction=form.direction.data,
        remark=form.remark.data or "",
        by=current_user.username,
        now=clock(),
    ):
        said("asked")
        return go(url_for("office.specials", year=year.year))
    return _specials(form, status=422)


@office.post("/special/<public_id>")
@writes
def decide_on_special(public_id: str) -> Response:
    """Let a proposed entry count, or refuse it, as a second person."""
    year, form = chosen_year(), DecisionForm()
    if form.validate_on_submit() and form.accepts(
        decide_special,
        db.session(),
        public_id,
        counts=form.decision.data == "approved",
        by=current_user.username,
        now=clock(),
    ):
        return go(url_for("office.specials", year=year.year))
    return _specials(_form(), decision=form, status=409)


def _form() -> SpecialForm:
    year = chosen_year()
    return special_form(register_of(db.session(), year.id), special_items(db.session(), year))


def _specials(form: SpecialForm, decision: DecisionForm | None = None, status: int = 200) -> Response:
    year = chosen_year()
    entries = special_entries(db.session(), year)
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for entry in counting(entries):
        sums[entry.unit_code][entry.direction] += entry.points
    return page(
        "office/specials.html",
        status=status,
        year=year,
        years=all_years(db.session()),
        form=form,
        decision=decision or DecisionForm(formdata=None),
        entries=entries,
        sums=sums,
        names={line.code: line for line in register_of(db.session(), year.id)},
        items={item.code: item for item in special_items(db.session(), year)},
        caps={direction: Decimal(year.rules.get(f"cap_{direction}", "10")) for direction in (BONUS, "deduction")},
        bonus=BONUS,
    )
