"""One unit: its material beside the sheet of one object, saved field by field or as a whole."""

from functools import partial
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from review.panel.casting import cast_marks, write_note
from review.panel.errors import NoSheet
from review.panel.queries import Chair, UnitSheets, unit_sheets
from review.rubrics.rubric import Rubric
from units.attachments import Attachment
from units.materials import reviewed_file
from webapp.clock import clock
from webapp.expert.forms import SheetForm
from webapp.expert.material import material_for
from webapp.expert.seats import chair_here
from webapp.extensions import db
from webapp.files import send_attachment, send_page
from webapp.page import asks_for_part, go, page, writes


def unit(code: str, object_: str | None = None) -> Response:
    """Show a unit's material beside one sheet: the one asked for, else the first that lacks something."""
    chair = chair_here()
    found = unit_sheets(db.session(), chair, code)
    rubric = _rubric(chair, code, object_ or found.line.first_open)
    form = SheetForm.of(rubric, found.line)
    return page("expert/unit.html", **_shown(chair, found, rubric, form))


@writes
def save(code: str, object_: str) -> Response:
    """Keep what was typed: one field where htmx sends one, else the whole sheet with its note."""
    chair = chair_here()
    found = unit_sheets(db.session(), chair, code)
    rubric = _rubric(chair, code, object_)
    form = SheetForm.of(rubric, found.line, only=request.form.get("only"))
    kept = form.validate_on_submit() and form.accepts(_keep, chair, found, form)
    if asks_for_part():
        fresh = unit_sheets(db.session(), chair, code) if kept else found
        shown: dict[str, Any] = {
            "chair": chair,
            "found": fresh,
            "rubric": rubric,
            "form": form,
            "kept": kept,
            "now": clock(),
        }
        return page("expert/_kept.html", status=200 if kept else 422, **shown)
    if not kept:
        return page("expert/unit.html", status=422, **_shown(chair, found, rubric, form))
    return go(
        _onward(chair, found, rubric)
        if request.form.get("then") == "on"
        else url_for(".sheet", code=code, object_=object_)
    )


def file(code: str, public_id: str) -> Response:
    """A file among the unit's material."""
    return send_attachment(_file(code, public_id))


def file_page(code: str, public_id: str, number: int) -> Response:
    """The picture of one page of a PDF among the unit's material."""
    return send_page(_file(code, public_id), number)


def _keep(chair: Chair, found: UnitSheets, form: SheetForm) -> None:
    cast_marks(db.session(), chair.seat, form.entered(found.line.code), now=clock())
    if form.note is not None and form.note.data != found.line.note:
        write_note(db.session(), chair.seat, found.line.code, (form.note.data or "").strip(), now=clock())


def _rubric(chair: Chair, code: str, object_: str) -> Rubric:
    rubric = next((one for one in chair.own_rubrics if one.object == object_), None)
    if rubric is None:
        raise NoSheet(code)
    return rubric


def _file(code: str, public_id: str) -> Attachment | None:
    found = unit_sheets(db.session(), chair_here(), code)
    return reviewed_file(db.session(), found.unit_id, public_id)


def _address(code: str, public_id: str, number: int | None = None) -> str:
    """Where a file of a unit's material is fetched, or the picture of one of its pages."""
    if number is None:
        return url_for(".file", code=code, public_id=public_id)
    return url_for(".file_page", code=code, public_id=public_id, number=number)


def _onward(chair: Chair, found: UnitSheets, rubric: Rubric) -> str:
    """Where "save and go on" leads: the unit's next sheet, then the next unit, then back to the list."""
    objects = [one.object for one in chair.own_rubrics]
    after = objects[objects.index(rubric.object) + 1 :]
    if after:
        return url_for(".sheet", code=found.line.code, object_=after[0])
    if found.next:
        return url_for(".sheet", code=found.next, object_=objects[0])
    return url_for(".desk")


def _shown(chair: Chair, found: UnitSheets, rubric: Rubric, form: SheetForm) -> dict[str, Any]:
    objects = [one.object for one in chair.own_rubrics]
    return {
        "chair": chair,
        "found": found,
        "rubric": rubric,
        "form": form,
        "material": material_for(db.session(), found, rubric.object),
        "address": partial(_address, found.line.code),
        "open": chair.takes_marks(clock()),
        "next_object": next(iter(objects[objects.index(rubric.object) + 1 :]), None),
    }
