"""List, comparison, print and recusal of a desk of sheets."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from review.panel.conflicts import declare_conflict
from review.panel.queries import sheet_list
from units.year import Year
from webapp.clock import clock
from webapp.expert.forms import ConflictForm
from webapp.expert.seats import chair_here
from webapp.expert.shown import FILTERS, by_category, compared, figures, filtered
from webapp.extensions import db
from webapp.page import go, page, writes


def desk() -> Response:
    """Show how far one is, where to go on, and every unit with its totals."""
    chair = chair_here()
    listed = sheet_list(db.session(), chair)
    show = request.args.get("show", "all")
    return page(
        "expert/list.html",
        chair=chair,
        listed=listed,
        show=show if show in FILTERS else "all",
        categories=by_category(filtered(listed, show)),
        figures=figures(chair, listed),
        open=chair.takes_marks(clock()),
        year=db.session.get(Year, chair.round.year_id),
    )


def compare() -> Response:
    """Set one's own totals side by side, ordered by one object."""
    chair = chair_here()
    listed = sheet_list(db.session(), chair)
    return page(
        "expert/compare.html",
        chair=chair,
        listed=listed,
        table=compared(chair, listed, request.args.get("by", ""), request.args.get("category", "")),
        figures=figures(chair, listed),
    )


def paper() -> Response:
    """Print all totals for signature."""
    chair = chair_here()
    listed = sheet_list(db.session(), chair)
    return page("expert/paper.html", chair=chair, listed=listed, categories=by_category(listed.lines))


def conflict() -> Response:
    """Ask for which unit a conflict is declared, and why."""
    chair = chair_here()
    listed = sheet_list(db.session(), chair)
    form = ConflictForm.over(listed, unit=request.args.get("unit"))
    return page("expert/conflict.html", chair=chair, listed=listed, form=form)


@writes
def declare() -> Response:
    """Declare a conflict: at once where no mark exists, else put to the office."""
    chair = chair_here()
    listed = sheet_list(db.session(), chair)
    form = ConflictForm.over(listed)
    done: list[bool] = []
    if not form.validate_on_submit() or not form.accepts(
        lambda: done.append(
            declare_conflict(db.session(), chair.seat, form.unit.data, form.reason.data or "", now=clock())
        )
    ):
        return page("expert/conflict.html", status=422, chair=chair, listed=listed, form=form)
    flash(
        _("You are recused from this unit; it has left your list.")
        if done[0]
        else _("Your recusal has been put to the Performance Office. Until it decides, your marks stay as they are."),
        "ok",
    )
    return go(url_for(".desk"))
