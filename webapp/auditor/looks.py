"""Looks at names behind scores and at raw answers: recorded with a purpose, then shown. Nothing else here writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from review.panel.looking import look_at_sheets
from review.peers.looking import look_at_ballot
from rounds.life import round_named
from rounds.queries import RoundLine, line_of, lines_after_freeze
from surveys.counting.looking import look_at_answers
from webapp.auditor.desk import auditor
from webapp.auditor.forms import LookForm
from webapp.clock import clock
from webapp.extensions import db
from webapp.page import page, writes


@dataclass(frozen=True)
class Look:
    """One kind of look: on which kind of round, what to say for whose, and the domain's act."""

    kind: str
    whose: Any
    act: Callable[..., Any]


LOOKS: Mapping[str, Look] = {
    "sheets": Look("panel", _l("Seat, for example E07"), look_at_sheets),
    "ballot": Look("peers", _l("Unit, for example U026"), look_at_ballot),
    "answers": Look("survey", _l("Way in, by its code"), look_at_answers),
}


@auditor.get("/looks")
def looks() -> Response:
    """List the rounds that can be looked into, and what such a look is."""
    lines = lines_after_freeze(db.session(), now=clock())
    by_kind = {look.kind: what for what, look in LOOKS.items()}
    return page("auditor/looks.html", lines=[(line, by_kind[line.kind]) for line in lines])


@auditor.get("/looks/<what>/<code>")
def look_page(what: str, code: str) -> Response:
    """Ask whose names or answers are wanted, and why."""
    look, line = _look(what, code)
    form = LookForm()
    form.whose.label.text = look.whose
    return page("auditor/look.html", form=form, what=what, line=line)


@auditor.post("/looks/<what>/<code>")
@writes
def look_now(what: str, code: str) -> Response:
    """Record the look with its purpose, then show what was asked for."""
    look, line = _look(what, code)
    form, seen = LookForm(), list[Any]()
    form.whose.label.text = look.whose
    if form.validate_on_submit():
        round_ = round_named(db.session(), code)
        paging = {"page": form.page.data or 1} if what == "answers" else {}

        def act() -> None:
            args = (db.session(), round_, form.whose.data, form.purpose.data)
            seen.append(look.act(*args, **paging, by=current_user.username, now=clock()))

        if form.accepts(act):
            return page("auditor/seen.html", what=what, line=line, form=form, seen=seen[0])
    return page("auditor/look.html", status=422, form=form, what=what, line=line)


def _look(what: str, code: str) -> tuple[Look, RoundLine]:
    if what not in LOOKS:
        abort(404)
    line = line_of(round_named(db.session(), code), clock())
    if line.kind != LOOKS[what].kind or line.recorded_state == "draft":
        abort(404)
    return LOOKS[what], line
