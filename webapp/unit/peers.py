"""The grid of mutual evaluation: a category at a time, each grade kept as it is given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from review.peers.form import DONT_KNOW, Target
from review.peers.grading import comment_on, grade_block, grade_cells, undo_last
from review.peers.queries import BallotView, Section, ballot_view
from rounds.instants import state_at
from units.attachments import Attachment
from units.materials import Materials, materials_of, reviewed_file
from units.own import unit_in
from webapp.clock import clock
from webapp.extensions import db
from webapp.files import send_attachment, send_page
from webapp.language import either
from webapp.page import go, page, writes
from webapp.unit.desk import unit
from webapp.unit.forms import CommentForm
from webapp.unit.grades import cell_name, posted_grades
from webapp.unit.own import own, own_peers


@unit.get("/peers")
def peers() -> Response:
    """Show the first category that is not finished, or how the ballot stands where nothing can be graded."""
    if own().peers is None:
        return page("unit/peers_later.html", own=own())
    view = _view()
    return _grid(view, next((each for each in view.sections if each.left), view.sections[0]))


@unit.get("/peers/<category>")
def peers_section(category: str) -> Response:
    """Show one category's grid."""
    view = _view()
    return _grid(view, _section(view, category))


@unit.post("/peers/<category>")
@writes
def peers_section_post(category: str) -> Response:
    """Keep the grades of a whole category, as a browser without JavaScript sends them; "block" fills the rest."""
    view = _view()
    section = _section(view, category)
    _keep(view, section.targets)
    if request.form.get("act") == "block":
        codes = [target.code for target in section.targets]
        filled = grade_block(db.session(), own_peers(), own().code, codes, DONT_KNOW, now=clock())
        flash(_("Marked as not known: %(num)s cells. One step back undoes it.", num=filled), "ok")
    return go(url_for("unit.peers_section", category=category))


@unit.get("/peers/about/<code>")
def peer(code: str) -> Response:
    """Show another unit's mandate and entries beside its grades and the suggestion."""
    view = _view()
    return _peer(view, _target(view, code), CommentForm(comment=view.comments.get(code, "")))


@unit.post("/peers/about/<code>")
@writes
def peer_post(code: str) -> Response:
    """Keep the grades of one unit with the suggestion, and lead back to its row."""
    view, form = _view(), CommentForm()
    target = _target(view, code)
    if not form.validate_on_submit():
        return _peer(view, target, form, status=422)
    _keep(view, [target])
    comment_on(db.session(), own_peers(), own().code, code, form.comment.data or "", now=clock())
    return go(url_for("unit.peers_section", category=target.category, _anchor=code))


@unit.post("/peers/rows/<code>")
@writes
def peers_row_post(code: str) -> Response:
    """Keep the grades of one row as they are given (htmx), and answer what changed around the grid."""
    view = _view()
    target = _target(view, code)
    _keep(view, [target])
    kept = _view()
    return page("unit/_peers_kept.html", **_facts(kept), open=_section(kept, target.category), at=clock())


@unit.post("/peers/undo")
@writes
def peers_undo() -> Response:
    """Take the last step back and show the unit that it touched."""
    code, _item = undo_last(db.session(), own_peers(), own().code, now=clock())
    category = _target(_view(), code).category
    return go(url_for("unit.peers_section", category=category, _anchor=code))


@unit.get("/peers/about/<code>/files/<public_id>")
def peer_file(code: str, public_id: str) -> Response:
    """Hand out a file that another unit handed in."""
    return send_attachment(_peer_file(code, public_id))


@unit.get("/peers/about/<code>/files/<public_id>/pages/<int:number>")
def peer_file_page(code: str, public_id: str, number: int) -> Response:
    """Show a page of a PDF that another unit handed in."""
    return send_page(_peer_file(code, public_id), number)


def _view() -> BallotView:
    return ballot_view(db.session(), own_peers(), own().code)


def _section(view: BallotView, category: str) -> Section:
    return next((each for each in view.sections if each.category == category), None) or abort(404)


def _target(view: BallotView, code: str) -> Target:
    others = view.form.others(view.rater)
    return next((each for each in others if each.code == code), None) or abort(404)


def _keep(view: BallotView, targets: Iterable[Target]) -> None:
    grades = posted_grades(request.form, view.form, targets)
    grade_cells(db.session(), own_peers(), own().code, grades, now=clock())


def _gradable(view: BallotView) -> bool:
    return state_at(own_peers(), clock()) == "open" and view.state == "draft"


def _facts(view: BallotView) -> dict[str, Any]:
    round_ = own_peers()
    options = [(grade.code, either(grade.name_zh, grade.name_en)) for grade in view.form.scale]
    facts = {"own": own(), "view": view, "round": round_, "state": state_at(round_, clock())}
    return facts | {"scale_options": options, "cell_name": cell_name}


def _grid(view: BallotView, section: Section) -> Response:
    if not (_gradable(view) and current_user.holds("unit", "officer")):
        return page("unit/peers_state.html", **_facts(view))
    only_left = request.args.get("show") == "left"
    targets = [each for each in section.targets if not (only_left and view.is_done(each))]
    return page("unit/peers.html", **_facts(view), open=section, targets=targets, only_left=only_left, at=None)


def _materials(code: str) -> Materials:
    other = unit_in(db.session(), own().year, code) or abort(404)
    return materials_of(db.session(), other.id)


def _peer(view: BallotView, target: Target, form: CommentForm, status: int = 200) -> Response:
    def address(public_id: str, number: int | None = None) -> str:
        where = {"code": target.code, "public_id": public_id}
        if number is None:
            return url_for("unit.peer_file", **where)
        return url_for("unit.peer_file_page", **where, number=number)

    shown = {"target": target, "form": form, "materials": _materials(target.code), "address": address}
    return page("unit/peer.html", status=status, **_facts(view), **shown, gradable=_gradable(view))


def _peer_file(code: str, public_id: str) -> Attachment | None:
    other = unit_in(db.session(), own().year, _target(_view(), code).code) or abort(404)
    return reviewed_file(db.session(), other.id, public_id)
