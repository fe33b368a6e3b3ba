"""Assigned matters and their answers."""

from __future__ import annotations

from flask import abort, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from units.matters import (
    AssignedMatter,
    answer_matter,
    attach_to_matter,
    detach_from_matter,
    matter_of,
    matters_of,
)
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.language import today
from webapp.page import go, page, writes
from webapp.unit.desk import unit
from webapp.unit.files import own_address
from webapp.unit.forms import MatterForm
from webapp.unit.own import own
from webapp.unit.saying import said


@unit.get("/matters")
def matters() -> Response:
    """List the matters, the nearest deadline first."""
    found = matters_of(db.session(), own().unit)
    return page("unit/matters.html", own=own(), matters=found, today=today(clock()))


@unit.get("/matters/<public_id>")
def matter(public_id: str) -> Response:
    """Show a matter with the form of its answer."""
    found = _found(public_id)
    return _shown(found, MatterForm(result=found.result))


@unit.post("/matters/<public_id>")
@writes
def matter_post(public_id: str) -> Response:
    """Keep the answer and its files."""
    found, form = _found(public_id), MatterForm()
    if form.validate_on_submit() and form.accepts(_keep, found, form):
        said("answer")
        return go(url_for("unit.matter", public_id=public_id))
    return _shown(found, form, status=422)


def _found(public_id: str) -> AssignedMatter:
    return matter_of(db.session(), own().unit, public_id) or abort(404)


def _keep(found: AssignedMatter, form: MatterForm) -> None:
    mine, who, now = own(), current_user.username, clock()
    for name, content in form.chosen():
        attach_to_matter(db.session(), house().storage, mine.unit, found, name, content, by=who, now=now)
    if form.removed:
        detach_from_matter(db.session(), mine.unit, found, form.removed)
    answer_matter(db.session(), mine.unit, found, form.result.data or "", by=who, now=now)


def _shown(found: AssignedMatter, form: MatterForm, status: int = 200) -> Response:
    return page("unit/matter.html", status=status, own=own(), matter=found, form=form, address=own_address)
