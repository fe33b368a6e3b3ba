"""Year plan and self-assessments."""

from __future__ import annotations

from flask import abort, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from units.materials import paper_shown
from units.papers import (
    PAPER_KINDS,
    Paper,
    attach_to_paper,
    detach_from_paper,
    hand_in_paper,
    paper_of,
    papers_of,
    save_paper,
)
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.page import go, page, writes
from webapp.unit.desk import unit
from webapp.unit.files import own_address
from webapp.unit.forms import PaperForm
from webapp.unit.own import own
from webapp.unit.saying import PAPER_NAMES, STATE_NAMES, said


@unit.get("/papers")
def papers() -> Response:
    """List the three papers with their states."""
    kept = {paper.kind: paper for paper in papers_of(db.session(), own().unit)}
    missing = [str(PAPER_NAMES[kind]) for kind in PAPER_KINDS if kind not in kept or kept[kind].state == "draft"]
    facts = {"kept": kept, "missing": missing, "names": PAPER_NAMES, "states": STATE_NAMES}
    return page("unit/papers.html", own=own(), **facts)


@unit.get("/papers/<kind>")
def paper(kind: str) -> Response:
    """Show one paper: its form, or what was handed in."""
    kept = _kept(kind)
    return _shown(kind, kept, PaperForm(text=kept.text if kept else ""))


@unit.post("/papers/<kind>")
@writes
def paper_post(kind: str) -> Response:
    """Save the draft with its files, or hand it in."""
    kept, form = _kept(kind), PaperForm()
    if form.validate_on_submit() and form.accepts(_keep, kind, form):
        said(form.act)
        return go(url_for("unit.paper", kind=kind))
    return _shown(kind, kept, form, status=422)


def _kept(kind: str) -> Paper | None:
    if kind not in PAPER_KINDS:
        abort(404)
    return paper_of(db.session(), own().unit, kind)


def _keep(kind: str, form: PaperForm) -> None:
    mine, who, now = own(), current_user.username, clock()
    save_paper(db.session(), mine.unit, kind, form.text.data or "", now=now)
    for name, content in form.chosen():
        attach_to_paper(db.session(), house().storage, mine.unit, kind, name, content, by=who, now=now)
    if form.removed:
        detach_from_paper(db.session(), mine.unit, kind, form.removed, now=now)
    if form.act == "hand_in":
        hand_in_paper(db.session(), mine.unit, kind, by=who, now=now)


def _shown(kind: str, kept: Paper | None, form: PaperForm, status: int = 200) -> Response:
    return page(
        "unit/paper.html",
        status=status,
        own=own(),
        kind=kind,
        name=PAPER_NAMES[kind],
        paper=kept,
        shown=paper_shown(kept) if kept else None,
        form=form,
        address=own_address,
    )
