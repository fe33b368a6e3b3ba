"""Files on the unit desk: one's own, and those of other units that may be read in mutual evaluation."""

from __future__ import annotations

from flask import Response, url_for

from units.materials import own_file
from webapp.extensions import db
from webapp.files import send_attachment, send_page
from webapp.unit.desk import unit
from webapp.unit.own import own


@unit.get("/files/<public_id>")
def file(public_id: str) -> Response:
    """Hand out a file of one's own unit."""
    return send_attachment(own_file(db.session(), own().unit.id, public_id))


@unit.get("/files/<public_id>/pages/<int:number>")
def file_page(public_id: str, number: int) -> Response:
    """Show a page of a PDF of one's own unit."""
    return send_page(own_file(db.session(), own().unit.id, public_id), number)


def own_address(public_id: str, number: int | None = None) -> str:
    """Where a file of one's own unit, or a page of it, is fetched."""
    if number is None:
        return url_for("unit.file", public_id=public_id)
    return url_for("unit.file_page", public_id=public_id, number=number)
