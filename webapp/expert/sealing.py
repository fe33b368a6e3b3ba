"""Checking what is missing, and sealing the set in two steps."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from review.panel.queries import Chair, sheet_list
from review.panel.sealing import seal_set
from webapp.clock import clock
from webapp.expert.forms import SealForm
from webapp.expert.seats import chair_here
from webapp.expert.shown import by_category, figures
from webapp.extensions import db
from webapp.page import go, page, writes


def missing() -> Response:
    """List every sheet that lacks an answer, with what it lacks."""
    chair = chair_here()
    listed = sheet_list(db.session(), chair)
    lines = [line for line in listed.lines if not line.done]
    return page(
        "expert/missing.html",
        chair=chair,
        listed=listed,
        categories=by_category(lines),
        open=chair.takes_marks(clock()),
    )


def seal() -> Response:
    """First what will be sealed; then, asked for with ?step=2, the confirmation."""
    return _seal_page(chair_here(), SealForm(), step=2 if request.args.get("step") == "2" else 1)


@writes
def seal_post() -> Response:
    """Seal the set."""
    chair = chair_here()
    form = SealForm()
    if not form.validate_on_submit() or not form.accepts(seal_set, db.session(), chair.seat, now=clock()):
        return _seal_page(chair, form, step=2, status=422)
    flash(_("Your sheets are sealed."), "ok")
    return go(url_for(".desk"))


def _seal_page(chair: Chair, form: SealForm, *, step: int, status: int = 200) -> Response:
    listed = sheet_list(db.session(), chair)
    return page(
        "expert/seal.html",
        status=status,
        chair=chair,
        listed=listed,
        figures=figures(chair, listed),
        form=form,
        step=1 if listed.left else step,
        open=chair.takes_marks(clock()),
    )
